import type { KustomizationPatch } from '../../../manifests/kustomization.ts';
import type { KubeObject } from '../../../manifests/rendered.ts';
import type { Cluster } from '../../../model/cluster.ts';
import { SlipwayError } from '../../../values/errors.ts';
import type { ControllerFolder, Hosted } from '../../controller.ts';
import { controllerNamespaceLabels } from '../../namespace-labels.ts';
import { imageUpdaterInstall } from '../image-updater.ts';
import { argoCdNamespace } from '../names.ts';
import { notificationsConfig } from '../notifications.ts';
import { systemProjects } from '../projects.ts';
import { disruptionBudgets } from './budgets.ts';
import { removals } from './components.ts';
import { exposure, serverNetworkPolicy } from './exposure.ts';
import { imageSources } from './images.ts';
import { parametersOf } from './parameters.ts';
import { configMap, settingsPatches } from './settings.ts';
import { workloadPatches } from './workloads.ts';

/** No controller removes it by itself, whatever else Git says: what hangs on it would go along. */
const keptAnnotations = {
  'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
  // Else what stays although Git has it no more keeps the Application out of sync for ever, and syncing again and again.
  'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
  'kustomize.toolkit.fluxcd.io/prune': 'disabled',
} as const;

/**
 * The install of Argo CD on the cluster that runs it: the pinned upstream manifest, and the cluster's settings as patches of it.
 * Throws when the cluster runs another controller, or has alerts and no part that sends them.
 */
export function argoCdInstall(input: Hosted): ControllerFolder {
  const { controller: options, name } = input.cluster;
  if (options.kind !== 'argo-cd') throw SlipwayError.of(`cluster ${name}`, `expected a cluster that runs Argo CD, got ${options.kind}`);
  const notifications = notificationsConfig(input);
  if (options.components.notifications === false && Object.keys(notifications.data).length > 0) {
    throw SlipwayError.of(`cluster ${name}`, 'expected no alerts without the notifications controller, which components.notifications removes', 'leave the component in, or take the alerts out');
  }
  const parameters = parametersOf(options, notifications.parameters);
  const imageUpdater = imageUpdaterInstall(input);
  return {
    upstream: [{ name: options.highAvailability ? 'argo-cd-ha' : 'argo-cd', version: options.version }, ...imageUpdater.upstream],
    objects: [namespace(input.cluster), ...systemProjects(input), ...disruptionBudgets(options), ...exposure(options.ui)],
    patches: [
      keptDefinitions(),
      ...removals(options),
      ...settingsPatches(options, parameters),
      ...configMap('argocd-notifications-cm', notifications.data),
      ...workloadPatches(options, parameters),
      ...serverNetworkPolicy(options.ui),
      ...imageUpdater.patches,
    ],
    images: imageSources(options),
    namespace: argoCdNamespace,
  };
}

function namespace(cluster: Cluster): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: argoCdNamespace,
      labels: controllerNamespaceLabels(cluster),
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
