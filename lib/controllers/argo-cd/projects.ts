import type { IAppProject } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1/AppProject';
import type { KubeObject } from '../../manifests/rendered.ts';
import { compareText } from '../../values/errors.ts';
import type { Hosted } from '../controller.ts';
import { tenantKinds } from '../tenant-kinds.ts';
import { destinationOf } from './destination.ts';
import { argoCdNamespace, defaultProject, systemProject } from './names.ts';

type ProjectSpec = IAppProject['spec'];

/** Cluster-scoped kinds that platforms and add-ons consist of; nothing else of a cluster is Slipway's to apply. */
const systemClusterKinds: readonly (readonly [group: string, kind: string])[] = [
  ['', 'Namespace'],
  ['admissionregistration.k8s.io', 'MutatingWebhookConfiguration'],
  ['admissionregistration.k8s.io', 'ValidatingAdmissionPolicy'],
  ['admissionregistration.k8s.io', 'ValidatingAdmissionPolicyBinding'],
  ['admissionregistration.k8s.io', 'ValidatingWebhookConfiguration'],
  ['apiextensions.k8s.io', 'CustomResourceDefinition'],
  ['apiregistration.k8s.io', 'APIService'],
  ['argoproj.io', 'ClusterAnalysisTemplate'],
  ['cert-manager.io', 'ClusterIssuer'],
  ['external-secrets.io', 'ClusterSecretStore'],
  ['gateway.networking.k8s.io', 'GatewayClass'],
  ['networking.k8s.io', 'IngressClass'],
  ['rbac.authorization.k8s.io', 'ClusterRole'],
  ['rbac.authorization.k8s.io', 'ClusterRoleBinding'],
  ['scheduling.k8s.io', 'PriorityClass'],
];

/**
 * The projects of Argo CD's own install: `default`, in which nothing is allowed, and `slipway`, in which lies what Slipway itself
 * tracks: from the runtime repo alone, to the clusters of this Argo CD alone.
 */
export function systemProjects(input: Hosted): KubeObject[] {
  return [
    project(defaultProject, {
      description: 'Empty on purpose: an Application belongs to the project of its team.',
      sourceRepos: [],
      destinations: [],
      clusterResourceWhitelist: [],
      namespaceResourceBlacklist: [{ group: '*', kind: '*' }],
    }),
    project(systemProject, {
      description: 'What Slipway itself tracks: controllers, platforms, add-ons and the tracking objects of apps.',
      sourceRepos: [input.runtimeRepo.url],
      destinations: input.clusters.map((cluster) => ({ ...destinationOf(cluster, input), namespace: '*' })),
      clusterResourceWhitelist: systemClusterKinds.map(([group, kind]) => ({ group, kind })),
      namespaceResourceWhitelist: [{ group: '*', kind: '*' }],
    }),
  ];
}

/** The project of each team that delivers anything here, sorted by name: its namespaces, the runtime repo and its own sources, namespaced kinds only. */
export function teamProjects(input: Hosted): KubeObject[] {
  const teams = [...new Set(input.tenants.map((tenant) => tenant.team))].sort(compareText);
  return teams.map((team) => teamProject(team, input));
}

function teamProject(team: string, input: Hosted): KubeObject {
  const tenants = input.tenants.filter((tenant) => tenant.team === team);
  const sources = new Set([input.runtimeRepo.url, ...tenants.flatMap((tenant) => tenant.sources)]);
  return project(team, {
    description: `What team ${team} delivers.`,
    sourceRepos: [...sources].sort(compareText),
    destinations: tenants.map((tenant) => ({ ...destinationOf(tenant.cluster, input), namespace: tenant.namespace })),
    clusterResourceWhitelist: [],
    namespaceResourceWhitelist: tenantKinds.map(({ group, kind }) => ({ group, kind })),
    orphanedResources: { warn: true },
  });
}

function project(name: string, spec: ProjectSpec): KubeObject {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name, namespace: argoCdNamespace, labels: { 'app.kubernetes.io/managed-by': 'slipway' } },
    spec,
  } satisfies IAppProject;
}
