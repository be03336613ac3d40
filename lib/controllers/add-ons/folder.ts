import type { KustomizationPatch } from '../../manifests/kustomization.ts';
import { addOnVersions, type AddOn, type AddOnName } from '../../model/add-ons.ts';
import { kubernetesMinors, type Cluster } from '../../model/cluster.ts';
import type { ChartRender, UpstreamReference } from '../../model/upstream.ts';
import { contentHash } from '../../values/content-hash.ts';
import { compareText } from '../../values/errors.ts';
import type { ControllerFolder } from '../controller.ts';
import { certManager, externalDns, externalSecrets, kubePrometheusStack } from './charts.ts';
import type { AddOnChart, AddOnDefinition } from './definition.ts';
import { argoRollouts, envoyGateway, metricsServer, sealedSecrets } from './manifests.ts';
import { neededGroups, withValues } from './values.ts';

const definitions: Readonly<Record<AddOnName, AddOnDefinition>> = {
  'argo-rollouts': argoRollouts,
  'cert-manager': certManager,
  'envoy-gateway': envoyGateway,
  'external-dns': externalDns,
  'external-secrets': externalSecrets,
  'kube-prometheus-stack': kubePrometheusStack,
  'metrics-server': metricsServer,
  'sealed-secrets': sealedSecrets,
};

/** The namespace in which an add-on runs: the platform renders it, unless every cluster has it. */
export interface AddOnNamespace {
  readonly name: string;
  /** Whether every cluster has it from the beginning, such as `kube-system`: then it is not to be rendered. */
  readonly exists: boolean;
  /** The Pod Security standard to enforce. */
  readonly podSecurity: 'restricted' | 'baseline' | 'privileged';
}

/** What `clusters/<cluster>/add-ons/<name>/` holds: a kustomization on upstream's manifest. */
export function addOnFolder(addOn: AddOn, cluster: Cluster): ControllerFolder {
  const definition = definitions[addOn.name];
  return {
    upstream: [upstreamOf(addOn)],
    objects: definition.objects?.(addOn) ?? [],
    patches: [keptDefinitions, ...(definition.namespaceExists === true ? [] : [noNamespace]), ...(definition.patches?.(addOn, cluster) ?? []), ...resourcePatches(addOn)],
    images: definition.images?.(addOn) ?? [],
    ...(definition.setsNamespace === true && { namespace: definition.namespace }),
  };
}

/** API groups of the custom resources that an add-on defines, sorted. */
export function providedGroups(addOn: Pick<AddOn, 'name'>): readonly string[] {
  return definitions[addOn.name].groups;
}

/** API groups whose custom resources an add-on makes or watches by its values, and which others define; sorted. */
export function requiredGroups(addOn: AddOn): readonly string[] {
  const own = providedGroups(addOn);
  return neededGroups(addOn.values).filter((group) => !own.includes(group));
}

/** The others of a cluster's add-ons that have to be there before an add-on: they define what it uses. Sorted by name. */
export function addOnsBefore(addOn: AddOn, all: readonly AddOn[]): AddOnName[] {
  const groups = requiredGroups(addOn);
  return all.filter((other) => other.name !== addOn.name && providedGroups(other).some((group) => groups.includes(group))).map((other) => other.name).sort(compareText);
}

/** Where an add-on runs. */
export function addOnNamespace(addOn: Pick<AddOn, 'name'>): AddOnNamespace {
  const { namespace, namespaceExists = false, podSecurity } = definitions[addOn.name];
  return { name: namespace, exists: namespaceExists, podSecurity };
}

/** The upstream manifest of an add-on; a chart's carries what it is rendered with, and a hash of it in the version where that isn't Slipway's own. */
export function upstreamOf(addOn: AddOn): UpstreamReference {
  const { namespace, chart } = definitions[addOn.name];
  if (chart === undefined) return { name: addOn.name, version: addOn.version };
  const render = chartRender(addOn, chart, namespace);
  const plain = chartRender({ ...addOn, values: {} }, chart, namespace);
  const hash = contentHash(render);
  return { name: addOn.name, version: hash === contentHash(plain) ? addOn.version : `${addOn.version}-${hash}`, chart: render };
}

/** The upstream of an add-on as Slipway installs it by default. */
export function defaultUpstream(name: AddOnName): UpstreamReference {
  return upstreamOf({ name, version: addOnVersions[name], values: {} });
}

/** The oldest Kubernetes that Slipway knows is what charts are told: what they render for it is served by every later one. */
function chartRender(addOn: AddOn, chart: AddOnChart, namespace: string): ChartRender {
  const values = withValues(chart.values, addOn.values);
  return {
    version: addOn.version, release: chart.release, namespace, values,
    kubernetes: `${kubernetesMinors[0]}.0`,
    apiVersions: neededGroups(values).flatMap((group) => servedVersions[group] ?? []),
  };
}

/** What charts ask for before they render an object of a group that isn't Kubernetes' own: some ask for the version, others for the kind. */
const servedVersions: Readonly<Record<string, readonly string[]>> = {
  'gateway.networking.k8s.io': ['', '/GRPCRoute', '/Gateway', '/HTTPRoute'].map((kind) => `gateway.networking.k8s.io/v1${kind}`),
  'monitoring.coreos.com': ['', '/PodMonitor', '/PrometheusRule', '/ServiceMonitor'].map((kind) => `monitoring.coreos.com/v1${kind}`),
};

/** Custom resources are gone with their definition: no controller removes one by itself. */
const keptDefinitions: KustomizationPatch = {
  target: { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' },
  patch: {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'any', annotations: { 'argocd.argoproj.io/compare-options': 'IgnoreExtraneous', 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false', 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } },
  },
};

/** Namespaces are the platform's: each has one owner. */
const noNamespace: KustomizationPatch = {
  target: { version: 'v1', kind: 'Namespace' },
  patch: { $patch: 'delete', apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'any' } },
};

function resourcePatches(addOn: AddOn): KustomizationPatch[] {
  const { controller } = definitions[addOn.name];
  const resources = addOn.resources ?? controller?.resources;
  if (controller === undefined || resources === undefined) return [];
  const { cpu, memory } = resources;
  const container = { name: controller.container, resources: { requests: { cpu, memory }, limits: { memory } } };
  return [{
    target: { group: 'apps', kind: 'Deployment', name: controller.deployment },
    patch: { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: controller.deployment }, spec: { template: { spec: { containers: [container] } } } },
  }];
}
