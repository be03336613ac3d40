import type { Fleet } from '../model/fleet.ts';
import type { UpstreamReference } from '../model/upstream.ts';
import { renderFleet } from '../synth/render.ts';

/**
 * The upstream manifests on which a fleet's units stand: what they are rendered with says it. What is wrong with apps is synth's to tell: it
 * changes nothing of what clusters need.
 */
export function upstreamNeeds(fleet: Fleet): readonly UpstreamReference[] {
  let found: readonly UpstreamReference[] = [];
  const upstream = (needs: readonly UpstreamReference[]): [] => {
    found = needs;
    return [];
  };
  const units = renderFleet(fleet, { upstream }, []);
  // No unit is kept: a fleet of thousands of apps is rendered one by one.
  for (let unit = units.next(); unit.done !== true;) unit = units.next();
  return found;
}
