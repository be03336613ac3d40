import type { Tracked } from '../../controllers/tracked.ts';
import { layout } from '../../manifests/layout.ts';
import type { Cluster } from '../../model/cluster.ts';
import type { Environment } from '../../model/environment.ts';
import type { App } from '../../model/fleet.ts';
import type { DeliveredFolder } from './folder-book.ts';
import { appTrackingName } from './tracking-names.ts';

/** What an app's tracking object on a cluster is made from. */
export interface AppDelivery {
  readonly app: App;
  readonly environment: Environment;
  readonly host: Cluster;
  readonly cluster: Cluster;
  readonly folder: DeliveredFolder;
  /** Names of what must be ready first. */
  readonly dependsOn: readonly string[];
}

/** An app on a cluster, as its controller tracks it. */
export function trackedApp({ app, environment, host, cluster, folder, dependsOn }: AppDelivery): Tracked {
  const { facts, path } = folder;
  return {
    name: appTrackingName(host, cluster, app.name, environment.name),
    role: 'app',
    from: { folder: path },
    ...(facts.pre && { pre: layout.pre(path) }),
    cluster,
    team: app.team,
    environment: environment.name,
    app: app.name,
    namespace: facts.namespace,
    sync: environment.sync,
    dependsOn,
    autoscaled: facts.autoscaled,
    rollouts: facts.rollouts,
    ...(facts.ignored.length > 0 && { ignoreDifferences: facts.ignored }),
    encrypted: facts.encrypted,
  };
}
