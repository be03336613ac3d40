import type { KustomizationPatch } from '../../../manifests/kustomization.ts';
import type { KubeObject } from '../../../manifests/rendered.ts';
import type { Cluster } from '../../../model/cluster.ts';
import type { ControllerFolder, Hosted } from '../../controller.ts';
import { argoCdNamespace } from '../names.ts';
import { systemProjects } from '../projects.ts';

/** No controller removes it by itself, whatever else Git says: what hangs on it would go along. */
const keptAnnotations = {
  'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
  'kustomize.toolkit.fluxcd.io/prune': 'disabled',
} as const;

/** The install of Argo CD on the cluster that runs it: the pinned upstream manifest, and the cluster's settings as patches of it. */
export function argoCdInstall(input: Hosted): ControllerFolder {
  const { controller } = input.cluster;
  if (controller.kind !== 'argo-cd') return { upstream: [], objects: [], patches: [], images: [] };
  return {
    upstream: [{ name: 'argo-cd', version: controller.version }],
    objects: [namespace(input.cluster), ...systemProjects(input)],
    patches: [keptDefinitions()],
    images: [],
    namespace: argoCdNamespace,
  };
}

function namespace(cluster: Cluster): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: argoCdNamespace,
      labels: {
        'app.kubernetes.io/managed-by': 'slipway',
        'pod-security.kubernetes.io/audit': 'restricted',
        'pod-security.kubernetes.io/enforce': 'restricted',
        'pod-security.kubernetes.io/enforce-version': `v${cluster.kubernetes}`,
        'pod-security.kubernetes.io/warn': 'restricted',
      },
      annotations: keptAnnotations,
    },
  };
}

/** Applications are gone with their definition. */
function keptDefinitions(): KustomizationPatch {
  return {
    target: { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' },
    patch: { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'any', annotations: keptAnnotations } },
  };
}
