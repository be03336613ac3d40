import type { IAppProject } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1/AppProject';
import type { KubeObject } from '../../manifests/rendered.ts';
import type { ApplicationSetDefinition } from '../../model/argo-cd/application-set.ts';
import { namespaceFor } from '../../model/environment.ts';
import { canonicalJson } from '../../values/canonical-json.ts';
import { compareText } from '../../values/errors.ts';
import type { Hosted, Tenant } from '../controller.ts';
import { clusterKindsOf, tenantKindsOf } from '../tenant-kinds.ts';
import { destinationOf } from './destination.ts';
import { impersonates, systemAccountObjects, systemAccounts, teamAccounts } from './impersonation.ts';
import { argoCdNamespace, defaultProject, kept, systemProject } from './names.ts';
import { repositoryName } from './sources.ts';
import { syncWindowsOf } from './sync-windows.ts';

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
      ...(impersonates(input) && { destinationServiceAccounts: systemAccounts(input) }),
    }),
    ...(impersonates(input) ? systemAccountObjects() : []),
  ];
}

/**
 * The project of each team that delivers anything here, sorted by name: its namespaces, the runtime repo and its own sources, namespaced kinds only.
 * Argo CD deletes an app by leave of its project: without the project never, and without the namespace in it the app's objects stay. So the project
 * outlives the team's last app here.
 */
export function teamProjects(input: Hosted): KubeObject[] {
  const teams = new Set([...input.tenants.map((tenant) => tenant.team), ...setsOf(input).map((set) => set.team)]);
  return [...teams].sort(compareText).map((team) => teamProject(team, input));
}

function teamProject(team: string, input: Hosted): KubeObject {
  const { fleet } = input;
  const tenants = input.tenants.filter((tenant) => tenant.team === team);
  const sets = setsOf(input).filter((set) => set.team === team);
  const extras = Object.hasOwn(fleet.teams, team) ? fleet.teams[team] : undefined;
  const sources = [input.runtimeRepo.url, ...tenants.flatMap((tenant) => tenant.sources), ...(extras?.sourceRepos ?? []), ...sets.flatMap(({ application: { source } }) => (source.kind === 'git' ? source.url : source.repo))];
  const windows = syncWindowsOf(team, input);
  const { metadata, ...rest } = project(team, {
    description: `What team ${team} delivers.`,
    sourceRepos: [...new Set(sources.map(repositoryName))].sort(compareText),
    destinations: destinationsOf(team, tenants, sets, input),
    clusterResourceWhitelist: clusterKindsOf(fleet, team).map(({ group, kind }) => ({ group, kind })),
    namespaceResourceWhitelist: tenantKindsOf(fleet, team).map(({ group, kind }) => ({ group, kind })),
    orphanedResources: { warn: true },
    ...(extras !== undefined && extras.groups.length > 0 && { roles: [membersRole(team, extras.groups)] }),
    ...(windows.length > 0 && { syncWindows: windows }),
    ...(impersonates(input) && { destinationServiceAccounts: teamAccounts(tenants, input) }),
  });
  return { ...rest, metadata: { ...metadata, annotations: kept } };
}

function setsOf(input: Hosted): readonly ApplicationSetDefinition[] {
  const { controller } = input.cluster;
  return controller.kind === 'argo-cd' ? controller.applicationSets : [];
}

/**
 * The namespaces in which a team delivers, those that its ApplicationSets name, and those that are its apps' own wherever their environments run,
 * whether or not they run there now: what leaves a cluster is deleted there by leave of the project, which may be applied first.
 */
function destinationsOf(team: string, tenants: readonly Tenant[], sets: readonly ApplicationSetDefinition[], input: Hosted): NonNullable<ProjectSpec['destinations']> {
  const all = [
    ...[...tenants, ...ownNamespaces(team, input)].sort((a, b) => compareText(a.cluster.name, b.cluster.name) || compareText(a.namespace, b.namespace)).map(({ cluster, namespace }) => ({ ...destinationOf(cluster, input), namespace })),
    ...sets.flatMap((set) => (set.clusters ?? [input.cluster.name]).flatMap((name) => set.namespaces.map((namespace) => ({ ...destinationOf({ name }, input), namespace })))),
  ];
  return [...new Map(all.map((destination) => [canonicalJson(destination), destination])).values()];
}

/** The namespaces that only a team's apps can have, on the clusters of their environments. */
function ownNamespaces(team: string, { clusters, fleet }: Hosted): Pick<Tenant, 'cluster' | 'namespace'>[] {
  const apps = fleet.apps.filter((app) => app.team === team);
  return fleet.environments.filter(({ namespace }) => namespace.includes('{app}')).flatMap((environment) =>
    clusters.filter(({ name }) => environment.clusters.some((each) => each.name === name)).flatMap((cluster) => apps.map((app) => ({ cluster, namespace: namespaceFor(environment, app) }))));
}

/** What the members of a team may do in Argo CD: see its apps, ask for a sync, and steer a canary. Rights to change an Application would bypass Git. */
function membersRole(team: string, groups: readonly string[]): NonNullable<ProjectSpec['roles']>[number] {
  const allow = (resource: string, action: string): string => `p, proj:${team}:members, ${resource}, ${action}, ${team}/*, allow`;
  return {
    name: 'members',
    description: `People of team ${team}.`,
    // A policy is a line of comma-separated values: the name of an LDAP group has commas of its own.
    groups: groups.map((group) => (group.includes(',') ? `"${group}"` : group)).sort(compareText),
    policies: [allow('applications', 'action/argoproj.io/Rollout/*'), allow('applications', 'get'), allow('applications', 'sync'), allow('logs', 'get')],
  };
}

function project(name: string, spec: ProjectSpec): KubeObject {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name, namespace: argoCdNamespace, labels: { 'app.kubernetes.io/managed-by': 'slipway' } },
    spec,
  } satisfies IAppProject;
}
