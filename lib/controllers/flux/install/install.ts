import type { KustomizationPatch } from '../../../manifests/kustomization.ts';
import type { Cluster } from '../../../model/cluster.ts';
import type { ControllerFolder, Hosted } from '../../controller.ts';
import { controllerNamespaceLabels } from '../../namespace-labels.ts';
import { fluxNamespace } from '../names.ts';
import { fluxSettings } from '../settings.ts';
import { argumentPatches } from './arguments.ts';
import { shardDeployments } from './shard-deployments.ts';
import { imageSources, workloadPatches } from './workload-patches.ts';
import { unwanted } from './workloads.ts';

/** Flux never removes it by itself, whatever else Git says: what hangs on it would go along. */
const kept = { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } as const;

/** The install of Flux on the cluster that runs it: the pinned upstream manifest, and the cluster's settings as patches of it. */
export function fluxInstall(input: Hosted): ControllerFolder {
  const options = fluxSettings(input);
  return {
    upstream: [{ name: 'flux', version: options.version }],
    objects: shardDeployments(options),
    patches: [
      ...unwanted(options).map(removal),
      ...(options.networkPolicies ? [] : [withoutNetworkPolicies]),
      namespacePatch(input.cluster),
      definitionsPatch,
      ...sourceAccountPatch(input),
      ...argumentPatches(options),
      ...workloadPatches(options),
    ],
    images: imageSources(options),
  };
}

/** Removes all that belongs to a controller, where upstream's manifest has it. */
function removal(component: string): KustomizationPatch {
  return { target: { labelSelector: `app.kubernetes.io/component=${component}` }, patch: deletion };
}

/** Its own kind and name don't matter: the target says what goes. */
const deletion = { $patch: 'delete', apiVersion: 'v1', kind: 'Any', metadata: { name: 'any' } } as const;
const withoutNetworkPolicies: KustomizationPatch = { target: { group: 'networking.k8s.io', kind: 'NetworkPolicy' }, patch: deletion };

/** Kustomizations are gone with their definition. */
const definitionsPatch: KustomizationPatch = {
  target: { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' },
  patch: { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'any', annotations: kept } },
};

function namespacePatch(cluster: Cluster): KustomizationPatch {
  return {
    patch: {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: fluxNamespace,
        labels: controllerNamespaceLabels(cluster),
        annotations: kept,
      },
    },
  };
}

/** A CodeCommit repository is read by the cloud identity of the source controller's account. */
function sourceAccountPatch({ runtimeRepo }: Hosted): KustomizationPatch[] {
  const { credential } = runtimeRepo;
  if (credential?.kind !== 'codecommit' || credential.role === undefined) return [];
  return [{ patch: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'source-controller', namespace: fluxNamespace, annotations: { 'eks.amazonaws.com/role-arn': credential.role } } } }];
}
