/** Health in the words of Argo CD, from best to worst: a whole is as healthy as its worst part. */
export const healths = ['Healthy', 'Suspended', 'Progressing', 'Missing', 'Degraded', 'Unknown'] as const;
/** Whether something works. `Suspended`: it waits for a person or a clock, such as a paused canary. `Missing`: Git has it, the cluster doesn't. */
export type Health = (typeof healths)[number];

/** Whether a cluster has what Git says. */
export type Sync = 'Synced' | 'OutOfSync' | 'Unknown';

/** An object by what identifies it on a cluster. */
export interface ResourceKey {
  /** API group; empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Empty for kinds without namespaces. */
  readonly namespace: string;
  readonly name: string;
}

/** An object of the tree, with those that it owns. */
export interface ResourceStatus extends ResourceKey {
  readonly health: Health;
  /** Why it isn't healthy, or what it waits for. @default - nothing to say */
  readonly note?: string;
  /** `OutOfSync` where the controller says that it differs from Git. @default - the controller says nothing of single objects */
  readonly sync?: Sync;
  readonly children: readonly ResourceStatus[];
}

/** What came of the last time that a controller applied something. */
export interface LastResult {
  readonly phase: 'Succeeded' | 'Failed' | 'Running';
  /** The runtime repo's commit that it was about. @default - none known */
  readonly revision?: string;
  /** When it ended, or began: an RFC 3339 time. @default - unknown */
  readonly at?: string;
  /** What the controller says. @default - nothing */
  readonly message?: string;
}

/** One tracking object, the same under every controller. */
export interface TrackedReading {
  /** Name of the tracking object. */
  readonly name: string;
  /** Names of all tracking objects of the row, in the order in which they apply: Flux has one more for what must finish before an app. */
  readonly trackers: readonly string[];
  /** Where its objects land. */
  readonly cluster: string;
  readonly role: string;
  readonly environment?: string;
  readonly app?: string;
  readonly team?: string;
  readonly health: Health;
  readonly sync: Sync;
  /** Whether a person has to ask for a change to be applied. */
  readonly byHand: boolean;
  /** The runtime repo's commit that is applied, or compared with. */
  readonly revision?: string;
  /** Folders of the repository that it follows, as the controller names them. */
  readonly folders: readonly string[];
  readonly result?: LastResult;
  /** What it applies. */
  readonly resources: readonly (ResourceKey & { readonly sync?: Sync })[];
  /** What the controller complains about. */
  readonly problems: readonly string[];
}

/** A commit of the runtime repo. */
export interface CommitNote {
  readonly author: string;
  /** The first line of its message. */
  readonly subject: string;
  /** RFC 3339. */
  readonly at: string;
}

/** A tracking object with what is alive of it. */
export interface TrackedStatus extends Omit<TrackedReading, 'resources'> {
  readonly controller: 'Argo CD' | 'Flux';
  /** The commit of `revision`. @default - the runtime repo doesn't have it, or can't be read */
  readonly commit?: CommitNote;
  readonly resources: readonly ResourceStatus[];
  /** Images of running pods, sorted. */
  readonly images: readonly string[];
  /** Where it is reached from outside, sorted: URLs, host names and IP addresses. */
  readonly addresses: readonly string[];
}

/** The worst of several; `Healthy` for none. */
export function worst(all: readonly Health[]): Health {
  return all.reduce<Health>((found, each) => (healths.indexOf(each) > healths.indexOf(found) ? each : found), 'Healthy');
}
