import { environmentLabel } from '../constructs/workload-identity.ts';
import type { KubeObject } from '../manifests/rendered.ts';
import type { Cluster } from '../model/cluster.ts';
import { namespaceFor } from '../model/environment.ts';
import type { App, Fleet } from '../model/fleet.ts';
import { compareText } from '../values/errors.ts';

const strictness = ['privileged', 'baseline', 'restricted'] as const;

/** The namespaces of a cluster, sorted by name: each is rendered once, here, and never in an app's folder. */
export function namespacesOf(fleet: Fleet, cluster: Cluster): KubeObject[] {
  const namespaces = new Map<string, { environment: string; apps: App[] }>();
  for (const environment of fleet.environments) {
    if (!environment.clusters.some((each) => each.name === cluster.name)) continue;
    for (const app of fleet.apps) {
      if (!app.environments.includes(environment.name)) continue;
      const name = namespaceFor(environment, app);
      const namespace = namespaces.get(name) ?? { environment: environment.name, apps: [] };
      namespace.apps.push(app);
      namespaces.set(name, namespace);
    }
  }
  return [...namespaces].sort(([a], [b]) => compareText(a, b)).map(([name, { environment, apps }]) => namespace(name, environment, apps, cluster));
}

function namespace(name: string, environment: string, apps: readonly App[], cluster: Cluster): KubeObject {
  const standard = strictness.find((each) => apps.some((app) => app.podSecurity === each)) ?? 'restricted';
  const teams = [...new Set(apps.map((app) => app.team))];
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      labels: {
        'app.kubernetes.io/managed-by': 'slipway',
        'pod-security.kubernetes.io/audit': 'restricted',
        'pod-security.kubernetes.io/enforce': standard,
        'pod-security.kubernetes.io/enforce-version': `v${cluster.kubernetes}`,
        'pod-security.kubernetes.io/warn': 'restricted',
        [environmentLabel]: environment,
        ...(teams.length === 1 && { 'slipway.dev/team': teams[0] ?? '' }),
      },
      // A namespace takes everything in it along: no controller removes one by itself.
      annotations: {
        'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
        'kustomize.toolkit.fluxcd.io/prune': 'disabled',
      },
    },
  };
}
