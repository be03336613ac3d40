import type { KustomizationPatch } from '../../../manifests/kustomization.ts';
import type { ArgoCd } from '../../../model/argo-cd-options.ts';
import type { ArgoCdComponents } from '../../../model/argo-cd/components.ts';

/** Name of a part of Argo CD, as `components` has it. */
export type ComponentName = keyof ArgoCdComponents;

/** A workload of upstream's manifest. */
export interface Workload {
  readonly component: ComponentName;
  readonly kind: 'Deployment' | 'StatefulSet';
  readonly name: string;
  /** Its main container. */
  readonly container: string;
  /** `app.kubernetes.io/name` of its pods. */
  readonly label: string;
  /** Its pods unless options say otherwise. */
  readonly replicas: number;
}

function workload(component: ComponentName, kind: Workload['kind'], name: string, others: Partial<Workload> = {}): Workload {
  return { component, kind, name, container: name, label: name, replicas: 1, ...others };
}

/** An object of upstream's manifest. */
interface UpstreamName {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}

function named(apiVersion: string, kind: string, name: string): UpstreamName {
  return { apiVersion, kind, name };
}

/** What every part that can be removed consists of. */
function partOf(name: string, service: string): UpstreamName[] {
  return [
    named('apps/v1', 'Deployment', name),
    named('networking.k8s.io/v1', 'NetworkPolicy', `${name}-network-policy`),
    named('rbac.authorization.k8s.io/v1', 'Role', name),
    named('rbac.authorization.k8s.io/v1', 'RoleBinding', name),
    named('v1', 'Service', service),
    named('v1', 'ServiceAccount', name),
  ];
}

const removable = {
  applicationSet: [
    ...partOf('argocd-applicationset-controller', 'argocd-applicationset-controller'),
    named('rbac.authorization.k8s.io/v1', 'ClusterRole', 'argocd-applicationset-controller'),
    named('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', 'argocd-applicationset-controller'),
  ],
  dex: partOf('argocd-dex-server', 'argocd-dex-server'),
  notifications: [
    ...partOf('argocd-notifications-controller', 'argocd-notifications-controller-metrics'),
    named('v1', 'ConfigMap', 'argocd-notifications-cm'),
    named('v1', 'Secret', 'argocd-notifications-secret'),
  ],
} as const;

/** The workloads that an install has: those of its upstream manifest, without the parts that were removed. */
export function argoCdWorkloads(options: Pick<ArgoCd, 'components' | 'highAvailability'>): Workload[] {
  const ha = options.highAvailability;
  return [
    workload('applicationController', 'StatefulSet', 'argocd-application-controller'),
    workload('applicationSet', 'Deployment', 'argocd-applicationset-controller'),
    workload('dex', 'Deployment', 'argocd-dex-server', { container: 'dex' }),
    workload('notifications', 'Deployment', 'argocd-notifications-controller'),
    ...(ha
      ? [
          workload('redis', 'StatefulSet', 'argocd-redis-ha-server', { container: 'redis', label: 'argocd-redis-ha', replicas: 3 }),
          workload('redisProxy', 'Deployment', 'argocd-redis-ha-haproxy', { container: 'haproxy', replicas: 3 }),
        ]
      : [workload('redis', 'Deployment', 'argocd-redis', { container: 'redis' })]),
    workload('repoServer', 'Deployment', 'argocd-repo-server', { replicas: ha ? 2 : 1 }),
    workload('server', 'Deployment', 'argocd-server', { replicas: ha ? 2 : 1 }),
  ].filter((each) => options.components[each.component] !== false);
}

/** Removes the parts that aren't wanted with everything that belongs to them. Definitions stay: the server watches ApplicationSets in any case. */
export function removals(options: Pick<ArgoCd, 'components'>): KustomizationPatch[] {
  return (['applicationSet', 'dex', 'notifications'] as const).filter((name) => options.components[name] === false)
    .flatMap((name) => removable[name].map(({ apiVersion, kind, name: object }) => ({ patch: { $patch: 'delete', apiVersion, kind, metadata: { name: object } } })));
}
