import type { Problem } from '../values/errors.ts';

/** A problem of an app, met in one of its environments. */
export interface RenderProblem extends Problem {
  /** Where it was met. @default - in no environment: a cluster's own */
  readonly environment?: string;
  /** How many environments the app was rendered for. @default 1 */
  readonly rendered?: number;
}

/** The same mistake shows in every environment: it is told once, with the environments where it isn't in all. */
export function mergeProblems(problems: readonly RenderProblem[]): Problem[] {
  const groups = new Map<string, RenderProblem[]>();
  for (const problem of problems) {
    const key = JSON.stringify([problem.where, problem.message, problem.fix]);
    groups.set(key, [...(groups.get(key) ?? []), problem]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const environments = [...new Set(group.flatMap((problem) => problem.environment ?? []))];
    const everywhere = environments.length >= (first.rendered ?? 1);
    const { where, message, fix } = first;
    return [{ where, message: everywhere ? message : `${message} (in ${environments.join(', ')})`, ...(fix !== undefined && { fix }) }];
  });
}
