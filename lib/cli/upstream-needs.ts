import type { UpstreamReference } from '../model/upstream.ts';
import type { Fleet } from '../model/fleet.ts';
import type { RenderProblem } from '../synth/render-problem.ts';
import { renderFleet } from '../synth/render.ts';
import { throwProblems } from '../values/errors.ts';
import { mergeProblems } from '../synth/render-problem.ts';

/** The upstream manifests on which a fleet's units stand: what they are rendered with says it. Throws when the fleet can't be rendered. */
export function upstreamNeeds(fleet: Fleet): readonly UpstreamReference[] {
  const problems: RenderProblem[] = [];
  let found: readonly UpstreamReference[] = [];
  const upstream = (needs: readonly UpstreamReference[]): [] => {
    found = needs;
    return [];
  };
  for (const unit of renderFleet(fleet, { upstream }, problems)) if (unit.files.length === 0) continue;
  throwProblems(mergeProblems(problems));
  return found;
}
