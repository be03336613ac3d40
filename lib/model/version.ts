import { checkedText } from './schema.ts';

/** Why a text is no version such as `3.5.1`, if so. */
export function versionProblem(text: string): string | undefined {
  return /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(text) ? undefined : `expected a version such as 3.5.1, without a leading "v", got ${JSON.stringify(text)}`;
}

/** An exact version: no range, no "latest", no leading "v". */
export const versionSchema = checkedText(versionProblem);
