import { addOnNamespace } from '../controllers/add-ons/folder.ts';
import { environmentLabel } from '../constructs/workload-identity.ts';
import type { KubeObject } from '../manifests/rendered.ts';
import type { Cluster } from '../model/cluster.ts';
import { namespaceFor } from '../model/environment.ts';
import { compareText } from '../values/errors.ts';
import type { FleetMap } from './delivery/fleet-map.ts';

const strictness = ['privileged', 'baseline', 'restricted'] as const;

/** What is asked of a namespace by those who use it. */
interface NamespaceUse {
  /** @default - no team's: an add-on */
  readonly team?: string;
  readonly podSecurity: (typeof strictness)[number];
  /** @default - it belongs to no environment */
  readonly environment?: string;
}

/** The namespaces of a cluster, sorted by name: each is rendered once, here, and never in an app's folder. */
export function namespacesOf(map: FleetMap, cluster: Cluster): KubeObject[] {
  const namespaces = new Map<string, NamespaceUse[]>();
  const use = (name: string, each: NamespaceUse): unknown => namespaces.get(name)?.push(each) ?? namespaces.set(name, [each]);
  for (const environment of map.environmentsOn(cluster)) {
    for (const app of map.appsOn(environment, cluster)) use(namespaceFor(environment, app), { team: app.team, podSecurity: app.podSecurity, environment: environment.name });
  }
  for (const app of map.externalOn(cluster)) use(app.namespace, { team: app.team, podSecurity: app.podSecurity });
  for (const addOn of map.addOnsOn(cluster)) {
    const { name, exists, podSecurity } = addOnNamespace(addOn);
    if (!exists) use(name, { podSecurity });
  }
  return [...namespaces].sort(([a], [b]) => compareText(a, b)).map(([name, uses]) => namespace(name, uses, cluster));
}

function namespace(name: string, uses: readonly NamespaceUse[], cluster: Cluster): KubeObject {
  const standard = strictness.find((each) => uses.some((use) => use.podSecurity === each)) ?? 'restricted';
  const teams = [...new Set(uses.flatMap((use) => use.team ?? []))];
  const environment = uses.find((use) => use.environment !== undefined)?.environment;
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
        ...(environment !== undefined && { [environmentLabel]: environment }),
        ...(teams.length === 1 && { 'slipway.dev/team': teams[0] ?? '' }),
      },
      // A namespace takes everything in it along: no controller removes one by itself.
      // Nor does one that stays although Git has it no more keep the platform out of sync for ever.
      annotations: {
        'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
        'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
        'kustomize.toolkit.fluxcd.io/prune': 'disabled',
      },
    },
  };
}
