import type { Tracked } from './tracked.ts';

/** What a tracking object says of what it tracks, so that people and `slipway status` find it. */
export function labelsOf(tracked: Tracked): Record<string, string> {
  const { role, cluster, team, environment, app } = tracked;
  return {
    'app.kubernetes.io/managed-by': 'slipway',
    'slipway.dev/role': role,
    'slipway.dev/cluster': cluster.name,
    ...(team !== undefined && { 'slipway.dev/team': team }),
    ...(environment !== undefined && { 'slipway.dev/environment': environment }),
    ...(app !== undefined && { 'slipway.dev/app': app }),
  };
}
