import { z } from 'zod';
import { shown } from '../values/shown.ts';
import { valueFaults } from './add-on-values.ts';

/** The values of a chart. They come to Git, in the controller's own object: nothing in them may look like a secret. */
export const chartValuesSchema = z.record(z.string(), z.json()).superRefine((values, context) => {
  for (const { path, message } of valueFaults(values)) context.addIssue({ code: 'custom', path: [...path], message });
}).default({});

/** What is wrong with a Git revision: it has to be a branch, a tag or a whole commit, named outright. */
export function gitRevisionProblem(text: string): string | undefined {
  const bad = /^$|^[-/]|[/.]$|\.\.|\/\/|@\{|[\s~^:?*[\\\x00-\x1f\x7f]|\.lock(\/|$)|(^|\/)\./.test(text);
  if (!bad && text !== 'HEAD' && !/^[<>=]/.test(text)) return undefined;
  return `expected a branch, a tag or a commit (no range, and not HEAD, which a server may move), got ${shown(text)}`;
}

/** What is wrong with the address of a chart's repository. */
export function chartRepositoryProblem(text: string): string | undefined {
  const credential = /^[a-z]+:\/\/[^/]*@/.test(text);
  if (credential) return 'expected a URL without user name and password: the controller has the credential by reference';
  if (/^(https?|oci):\/\/[^\s/?#]+(\/[^\s?#]*)?$/.test(text) && !text.endsWith('/')) return undefined;
  return `expected the URL of a chart repository (https://… or oci://…, without "/" at its end), got ${shown(text)}`;
}

/** What is wrong with the version of a chart: it has to be exact, so that the same commit installs the same chart. */
export function chartVersionProblem(text: string): string | undefined {
  return /^v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/.test(text) ? undefined : `expected an exact chart version such as 6.7.0 (no range: a new release would install itself), got ${shown(text)}`;
}
