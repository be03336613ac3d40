import type { Problem } from '../../values/errors.ts';

/** Props without the fields in which something is wrong: what the checks that compare fields may look at. */
export interface SoundProps<P> {
  readonly props: Partial<P>;
  /** Whether something is wrong in a field. */
  isFaulty(field: keyof P & string): boolean;
  readonly where: string;
}

/** Leaves out the fields that the problems name. */
export function soundProps<P extends object>(props: P, problems: readonly Problem[], where: string): SoundProps<P> {
  const faulty = new Set(problems.map((problem) => /^[^.[]*/.exec(problem.where.slice(where.length + 2))?.[0] ?? ''));
  const kept = faulty.size === 0 ? props : Object.fromEntries(Object.entries(props).filter(([field]) => !faulty.has(field)));
  return { props: kept as Partial<P>, isFaulty: (field) => faulty.has(field), where };
}
