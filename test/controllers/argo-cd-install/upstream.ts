import type { KubeObject } from '../../../lib/manifests/rendered.ts';
import { buildFolder } from '../../../lib/manifests/kustomize/build.ts';
import { kustomization } from '../../../lib/manifests/kustomization.ts';
import { objectFileName } from '../../../lib/manifests/layout.ts';
import type { ControllerFolder } from '../../../lib/controllers/controller.ts';
import { argoCdInstall } from '../../../lib/controllers/argo-cd/install/install.ts';
import type { ArgoCdOptions } from '../../../lib/model/argo-cd-options.ts';
import { clusterWith, hostedBy } from './richest.ts';

/**
 * The bones of Argo CD's manifests (3.2.6 to 3.5.1 agree on them): names, main containers, and which settings each process reads at start.
 * The same tests run over the whole manifests where those are vendored.
 */
const workloads: readonly { kind: string; name: string; label?: string; ha?: boolean; replicas?: { plain?: number; ha?: number }; containers: Readonly<Record<string, { image: string; reads?: readonly string[]; env?: Readonly<Record<string, string>> }>> }[] = [
  { kind: 'Deployment', name: 'argocd-applicationset-controller', containers: { 'argocd-applicationset-controller': { image: 'quay.io/argoproj/argocd', reads: ['applicationsetcontroller.enable.leader.election', 'applicationsetcontroller.repo.server.timeout.seconds'] } } },
  { kind: 'Deployment', name: 'argocd-dex-server', containers: { dex: { image: 'ghcr.io/dexidp/dex' } } },
  { kind: 'Deployment', name: 'argocd-notifications-controller', containers: { 'argocd-notifications-controller': { image: 'quay.io/argoproj/argocd' } } },
  { kind: 'Deployment', name: 'argocd-redis', ha: false, containers: { redis: { image: 'public.ecr.aws/docker/library/redis' } } },
  { kind: 'StatefulSet', name: 'argocd-redis-ha-server', label: 'argocd-redis-ha', ha: true, replicas: { ha: 3 }, containers: { redis: { image: 'public.ecr.aws/docker/library/redis' }, sentinel: { image: 'public.ecr.aws/docker/library/redis' } } },
  { kind: 'Deployment', name: 'argocd-redis-ha-haproxy', ha: true, replicas: { ha: 3 }, containers: { haproxy: { image: 'public.ecr.aws/docker/library/haproxy' } } },
  {
    kind: 'Deployment', name: 'argocd-repo-server', replicas: { ha: 2 }, containers: {
      'argocd-repo-server': { image: 'quay.io/argoproj/argocd', reads: ['reposerver.enable.git.submodule', 'reposerver.git.lsremote.parallelism.limit', 'reposerver.git.request.timeout', 'reposerver.max.combined.directory.manifests.size', 'reposerver.parallelism.limit', 'reposerver.repo.cache.expiration', 'timeout.reconciliation'] },
    },
  },
  { kind: 'Deployment', name: 'argocd-server', replicas: { ha: 2 }, containers: { 'argocd-server': { image: 'quay.io/argoproj/argocd', reads: ['server.insecure', 'server.repo.server.timeout.seconds'] } } },
  {
    kind: 'StatefulSet', name: 'argocd-application-controller', replicas: { plain: 1, ha: 1 }, containers: {
      'argocd-application-controller': {
        image: 'quay.io/argoproj/argocd',
        env: { ARGOCD_CONTROLLER_REPLICAS: '1' },
        reads: ['controller.diff.server.side', 'controller.kubectl.parallelism.limit', 'controller.operation.processors', 'controller.repo.server.timeout.seconds', 'controller.resource.health.persist', 'controller.self.heal.timeout.seconds', 'controller.sharding.algorithm', 'controller.status.processors', 'controller.sync.timeout.seconds', 'timeout.hard.reconciliation', 'timeout.reconciliation', 'timeout.reconciliation.jitter'],
      },
    },
  },
];

function bones(ha: boolean): KubeObject[] {
  const present = workloads.filter((each) => each.ha === undefined || each.ha === ha);
  const parts = ['argocd-applicationset-controller', 'argocd-dex-server', 'argocd-notifications-controller'];
  const named = (apiVersion: string, kind: string, name: string, rest: object = {}): KubeObject => ({ apiVersion, kind, metadata: { name }, ...rest });
  const rbac = 'rbac.authorization.k8s.io/v1';
  return [
    ...['applications', 'applicationsets', 'appprojects'].map((name) => named('apiextensions.k8s.io/v1', 'CustomResourceDefinition', `${name}.argoproj.io`)),
    ...parts.flatMap((name) => [named('v1', 'ServiceAccount', name), named(rbac, 'Role', name), named(rbac, 'RoleBinding', name)]),
    named(rbac, 'ClusterRole', 'argocd-applicationset-controller'),
    named(rbac, 'ClusterRoleBinding', 'argocd-applicationset-controller'),
    ...['applicationset-controller', 'dex-server', 'notifications-controller-metrics', 'server'].map((name) => named('v1', 'Service', `argocd-${name}`)),
    ...['applicationset-controller', 'dex-server', 'notifications-controller'].map((name) => named('networking.k8s.io/v1', 'NetworkPolicy', `argocd-${name}-network-policy`)),
    named('networking.k8s.io/v1', 'NetworkPolicy', 'argocd-server-network-policy', { spec: { podSelector: {}, ingress: [{}], policyTypes: ['Ingress'] } }),
    named('v1', 'ConfigMap', 'argocd-cm', { data: { 'resource.exclusions': 'upstream', 'resource.customizations.ignoreResourceUpdates.all': 'jsonPointers:\n- /status\n' } }),
    named('v1', 'ConfigMap', 'argocd-cmd-params-cm', ha ? { data: { 'redis.server': 'argocd-redis-ha-haproxy:6379' } } : {}),
    ...['argocd-notifications-cm', 'argocd-rbac-cm', 'argocd-ssh-known-hosts-cm', 'argocd-tls-certs-cm'].map((name) => named('v1', 'ConfigMap', name)),
    ...['argocd-notifications-secret', 'argocd-secret'].map((name) => named('v1', 'Secret', name, { type: 'Opaque' })),
    ...present.map(({ kind, name, label = name, replicas, containers }) => named('apps/v1', kind, name, {
      spec: {
        ...(replicas?.[ha ? 'ha' : 'plain'] !== undefined && { replicas: replicas[ha ? 'ha' : 'plain'] }),
        selector: { matchLabels: { 'app.kubernetes.io/name': label } },
        template: {
          metadata: { labels: { 'app.kubernetes.io/name': label } },
          spec: {
            nodeSelector: { 'kubernetes.io/os': 'linux' },
            containers: Object.entries(containers).map(([container, { image, reads = [], env = {} }]) => ({
              name: container,
              image: `${image}:v1`,
              env: [...Object.entries(env).map(([key, value]) => ({ name: key, value })), ...reads.map((key) => ({ name: key.toUpperCase().replaceAll('.', '_'), valueFrom: { configMapKeyRef: { key, name: key.startsWith('timeout.') ? 'argocd-cm' : 'argocd-cmd-params-cm', optional: true } } }))],
            })),
          },
        },
      },
    })),
  ];
}

/** What an install becomes when it is built, over the bones or over the objects of a whole manifest. */
export function built(options: ArgoCdOptions, whole?: readonly KubeObject[]): { readonly folder: ControllerFolder; readonly objects: readonly KubeObject[] } {
  const folder = argoCdInstall(hostedBy(clusterWith(options)));
  const manifest = whole ?? bones(options.highAvailability === true);
  const own = new Map(folder.objects.map((object) => [objectFileName(object, folder.namespace), object]));
  const files = new Map<string, readonly KubeObject[]>([
    ['clusters/prod-eu/argo-cd/kustomization.yaml', [kustomization(['../../../upstream/argo-cd', ...own.keys()], folder.images, { patches: folder.patches, ...(folder.namespace !== undefined && { namespace: folder.namespace }) })]],
    ...[...own].map(([name, object]): [string, readonly KubeObject[]] => [`clusters/prod-eu/argo-cd/${name}`, [object]]),
    ['upstream/argo-cd/kustomization.yaml', [kustomization(['install.yaml'], [])]],
    ['upstream/argo-cd/install.yaml', manifest],
  ]);
  return { folder, objects: buildFolder('clusters/prod-eu/argo-cd', (path) => files.get(path)) };
}

/** The only object of a kind with a name. */
export function find(objects: readonly KubeObject[], kind: string, name: string): KubeObject {
  const found = objects.filter((object) => object.kind === kind && object.metadata?.name === name);
  const [first] = found;
  if (first === undefined || found.length > 1) throw new Error(`expected one ${kind} ${name}, found ${found.length}`);
  return first;
}

/** Data of a ConfigMap or a Secret. */
export function dataOf(objects: readonly KubeObject[], name: string, kind = 'ConfigMap'): Readonly<Record<string, string>> {
  return (find(objects, kind, name)['data'] ?? {}) as Readonly<Record<string, string>>;
}

/** The part of a workload that tests look at. */
export interface WorkloadView {
  readonly replicas?: number;
  readonly template: {
    readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
    readonly spec: {
      readonly containers: readonly { readonly name: string; readonly image: string; readonly env?: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: { readonly configMapKeyRef?: { readonly key: string; readonly name: string } } }[]; readonly resources?: object }[];
      readonly imagePullSecrets?: readonly { readonly name: string }[];
      readonly nodeSelector?: Readonly<Record<string, string>>;
      readonly priorityClassName?: string;
      readonly tolerations?: readonly object[];
    };
  };
}

/** All Deployments and StatefulSets, by name. */
export function workloadsOf(objects: readonly KubeObject[]): Map<string, WorkloadView> {
  return new Map(objects.filter((object) => ['Deployment', 'StatefulSet'].includes(object.kind)).map((object) => [object.metadata?.name ?? '', object['spec'] as WorkloadView]));
}
