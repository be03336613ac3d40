import type { Fleet } from '../model/fleet.ts';

/** What is published of a workspace, and where. */
export interface PublishingPlace {
  readonly fleet: Fleet;
  /** The environments that this place has; what the others have is never in its runtime repo. @default - all of the fleet */
  readonly environments?: readonly string[];
  /** The folder whose lock and store have the upstream manifests. */
  readonly upstream: string;
  /** A runtime repo for all of it. @default - those that the fleet names */
  readonly repo?: string;
}
