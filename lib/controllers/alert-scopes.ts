import type { Alert } from '../model/alerts.ts';
import { compareText } from '../values/errors.ts';
import type { Hosted } from './controller.ts';

/** An alert and what it covers on a host. */
export interface AlertScope {
  readonly alert: Alert;
  /** Its name on the host: unlike an alert's own it is unique there. */
  readonly name: string;
  /** Labels of the tracking objects that it covers; null: without that label. */
  readonly labels: Readonly<Record<string, string | null>>;
  /** The environment that lists it. @default - a cluster lists it */
  readonly environment?: string;
}

/** Labels of every tracking object by which alerts choose: the same under every controller. */
export const alertLabels = { app: 'slipway.dev/app', cluster: 'slipway.dev/cluster', environment: 'slipway.dev/environment' } as const;

/**
 * The alerts of a host, sorted by name: those of each environment that runs on it or its members, and those of its clusters,
 * which cover what belongs to no environment.
 */
export function alertScopes(input: Hosted): AlertScope[] {
  const names = new Set(input.clusters.map((cluster) => cluster.name));
  const environments = input.fleet.environments.filter((environment) => environment.clusters.some((cluster) => names.has(cluster.name)));
  return [
    ...environments.flatMap(({ name, alerts }) => alerts.map((alert): AlertScope => ({
      alert,
      name: `env-${name}--${alert.name}`,
      labels: { [alertLabels.environment]: name },
      environment: name,
    }))),
    ...input.clusters.flatMap(({ name, alerts }) => alerts.map((alert): AlertScope => ({
      alert,
      name: `cluster-${name}--${alert.name}`,
      labels: { [alertLabels.cluster]: name, [alertLabels.environment]: null },
    }))),
  ].sort((a, b) => compareText(a.name, b.name));
}
