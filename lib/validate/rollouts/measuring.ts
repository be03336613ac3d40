import { wholeNumber } from '../../rollouts/whole-number.ts';
import { parseDuration } from '../../values/duration.ts';
import { metricsOf, type AnalysisMetric } from '../scope/analysis.ts';
import type { KnownTemplate, KnownUse } from './analysis-book.ts';
import { argumentMeanings, filled, type ArgumentMeaning } from './arguments.ts';

/** A metric as an analysis measures it, times in milliseconds. What depends on an argument that only the cluster knows is undefined. */
export interface Measuring {
  readonly metric: AnalysisMetric;
  readonly template: KnownTemplate;
  readonly delay: number | undefined;
  /** Between the end of a measurement and the next. 0 where it is measured once. */
  readonly interval: number | undefined;
  /** How many measurements; Infinity until the analysis is stopped. */
  readonly count: number | undefined;
  readonly failureLimit: number | undefined;
  /** From the start of the analysis to its last measurement; Infinity where it is stopped from outside. */
  readonly span: number | undefined;
}

/** The metrics of an analysis, with its arguments filled in. */
export function measuringsOf(known: KnownUse): Measuring[] {
  const meanings = argumentMeanings(known);
  return known.templates.flatMap((template) => metricsOf(template.value).map((metric) => measuringOf(metric, template, meanings)));
}

/** How long an analysis takes when all goes well; Infinity where it never ends by itself, undefined where that isn't known. */
export function analysisLength(known: KnownUse): number | undefined {
  if (known.missing.length > 0) return undefined;
  const spans = measuringsOf(known).map(({ span }) => span);
  return spans.includes(undefined) ? undefined : Math.max(0, ...spans.flatMap((span) => span ?? []));
}

function measuringOf(metric: AnalysisMetric, template: KnownTemplate, meanings: ReadonlyMap<string, ArgumentMeaning>): Measuring {
  const read = <T>(name: string, absent: T, parse: (text: string) => T | undefined): T | undefined => {
    const value = metric.value[name];
    if (value === undefined || value === null || value === '') return absent;
    return parse(filled(String(value), meanings));
  };
  const delay = read('initialDelay', 0, parseDuration);
  const interval = read('interval', 0, parseDuration);
  const said = read('count', 0, wholeNumber);
  const count = said === undefined || interval === undefined ? undefined : said > 0 ? said : interval > 0 ? Number.POSITIVE_INFINITY : 1;
  const span = delay === undefined || interval === undefined || count === undefined ? undefined : count === Number.POSITIVE_INFINITY ? count : delay + (count - 1) * interval;
  return { metric, template, delay, interval, count, failureLimit: read('failureLimit', 0, wholeNumber), span };
}
