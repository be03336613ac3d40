import type { KubeObject } from '../../manifests/rendered.ts';
import { parseDuration } from '../../values/duration.ts';
import type { Problem } from '../../values/errors.ts';
import { fieldsAt, listAt, type Fields } from '../../values/fields.ts';
import { readAnalysis } from '../analysis/read.ts';
import type { AnalysisPlan } from '../analysis/run.ts';
import { templatesOf } from '../analysis/templates.ts';
import { wholeNumber } from '../whole-number.ts';

/** What reading a Rollout needs: the object, those beside it, and a place for what can't be foretold. */
export interface Reader {
  readonly rollout: KubeObject;
  readonly objects: readonly KubeObject[];
  readonly problems: Problem[];
}

/** An analysis that a Rollout names; undefined where it names no template. */
export function analysisAt(reader: Reader, use: unknown, field: string): AnalysisPlan | undefined {
  const references = listAt(use, 'templates');
  if (references.length === 0) return undefined;
  return analysisOf(reader, references, fieldsAt(use), field);
}

/** An analysis by its templates, with the arguments and rules that are given where it is used. */
export function analysisOf({ rollout, objects, problems }: Reader, references: readonly unknown[], use: Fields, field: string): AnalysisPlan {
  const templates = templatesOf(references, objects, field, problems);
  if (templates.length === 0) return { metrics: [] };
  return readAnalysis({ field, rollout, templates, args: listAt(use, 'args'), dryRun: listAt(use, 'dryRun'), retention: listAt(use, 'measurementRetention') }, problems);
}

/** A duration of Argo Rollouts: seconds as a number or as a text of digits, or a Go duration. What is none is added to the problems. */
export function durationAt(reader: Reader, value: unknown, where: string): number | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const seconds = wholeNumber(value);
  const duration = seconds === undefined ? parseDuration(String(value)) : seconds * 1000;
  if (duration === undefined || duration < 0) reader.problems.push({ where, message: `expected a duration such as 5m, got ${JSON.stringify(value)}` });
  return duration;
}

/** A number of seconds, in milliseconds. */
export function secondsAt(fields: Fields, name: string, otherwise: number): number {
  return (wholeNumber(fields[name]) ?? otherwise) * 1000;
}
