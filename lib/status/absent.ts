import type { TrackedReading, TrackedStatus } from './status.ts';

/** An app that a cluster is to run, as the fleet's files say. */
export interface Expected {
  readonly cluster: string;
  readonly environment: string;
  readonly app: string;
}

/** What says of an app that is expected and that no controller tracks: it was not published, or nobody has looked at Git since. */
export function absentRow({ cluster, environment, app }: Expected, controller: TrackedStatus['controller']): TrackedStatus {
  return {
    name: `${app}-${environment}`,
    trackers: [],
    cluster,
    role: 'app',
    environment,
    app,
    health: 'Missing',
    sync: 'OutOfSync',
    byHand: false,
    folders: [],
    resources: [],
    problems: [`${controller} doesn't track it: publish it, or wait until ${controller} has looked at the runtime repo`],
    controller,
    images: [],
    addresses: [],
  };
}

/** Those of the expected apps that nothing tracks, in their order. */
export function absentOf(expected: readonly Expected[], tracked: readonly TrackedReading[]): Expected[] {
  const key = (each: { readonly cluster: string; readonly environment?: string; readonly app?: string }): string => `${each.cluster} ${each.environment ?? ''} ${each.app ?? ''}`;
  const found = new Set(tracked.map(key));
  return expected.filter((each) => !found.has(key(each)));
}
