import { chooseDev } from '../dev/choose.ts';
import { devFleet } from '../dev/fleet.ts';
import { devPlace, type DevPlace } from '../dev/place.ts';
import { findDev, type DevState } from '../dev/state.ts';
import { shareUpstream } from '../dev/upstream.ts';
import type { Cluster } from '../model/cluster.ts';
import { SlipwayError } from '../values/errors.ts';
import { loadWorkspace } from '../workspace.ts';
import type { PublishingPlace } from './publishing-place.ts';

/** What is published to a local control plane. */
export interface DevPublishing extends PublishingPlace {
  /** The cluster as that has it. */
  readonly cluster: Cluster;
  /** The names of the environments that run there. */
  readonly environments: readonly string[];
}

/** The workspace as the local control plane has it, which has to run. */
export async function runningDev(cwd: string): Promise<PublishingPlace> {
  const place = devPlace(cwd);
  const found = await findDev(place);
  if (found.kind !== 'running') throw SlipwayError.of('--dev', 'expected a running local control plane, found none', 'start one: slipway dev up');
  return devPublishing(place, found.state, cwd);
}

/** The workspace as a local control plane has it: another fleet, upstream manifests of its own, a runtime repo of its own. */
export async function devPublishing(place: DevPlace, state: Pick<DevState, 'cluster' | 'controller' | 'url'>, cwd: string): Promise<DevPublishing> {
  const fleet = await loadWorkspace(cwd);
  shareUpstream(place, cwd);
  return { ...devFleet(fleet, chooseDev(fleet, state), state.url), upstream: place.upstream, repo: place.runtime };
}
