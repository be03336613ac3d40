import type { RenderedUnit } from '../manifests/rendered.ts';
import type { Fleet } from '../model/fleet.ts';
import { throwProblems } from '../values/errors.ts';
import { mergeProblems, type RenderProblem } from './render-problem.ts';
import { renderFleet, type RenderOptions } from './render.ts';
import type { TextFile } from './write-files.ts';

/** A unit as text. */
export interface RenderedText {
  readonly unit: string;
  /** How many folders hold a render of it. */
  readonly folders: number;
  readonly files: readonly TextFile[];
}

/** Renders a fleet and keeps of each unit what `keep` makes of it; throws everything that is wrong at once. */
export function renderChecked<T>(fleet: Fleet, options: RenderOptions, keep: (unit: RenderedUnit) => T, _say: (line: string) => void): T[] {
  const problems: RenderProblem[] = [];
  const kept: T[] = [];
  for (const unit of renderFleet(fleet, options, problems)) {
    if (problems.length === 0) kept.push(keep(unit));
  }
  throwProblems(mergeProblems(problems));
  return kept;
}
