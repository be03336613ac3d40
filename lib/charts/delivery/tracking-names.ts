import type { Cluster } from '../../model/cluster.ts';

/** The longest name of a tracking object: it is the value of a label too. */
export const longestTrackingName = 63;

/** The name of a tracking object, unique on the cluster that runs the controller: what a hub tracks for a member carries the member's name. */
export function trackingName(host: Cluster, cluster: Cluster, name: string): string {
  return host.name === cluster.name ? name : `${cluster.name}-${name}`;
}

/** The tracking object of an app in an environment. */
export function appTrackingName(host: Cluster, cluster: Cluster, app: string, environment: string): string {
  return trackingName(host, cluster, `${app}-${environment}`);
}
