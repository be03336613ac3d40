import type { KubeObject } from '../../manifests/rendered.ts';
import { compareText } from '../../values/errors.ts';
import type { Hosted, Tenant } from '../controller.ts';
import { clusterKindsOf, tenantKinds, tenantKindsOf, type TenantKind } from '../tenant-kinds.ts';
import { fluxNamespace, teamAccount } from './names.ts';

/** Name of the role that every team has in its namespaces. */
const commonRole = 'slipway-team';
const labels = { 'app.kubernetes.io/managed-by': 'slipway' } as const;
/** A removed app's objects are deleted in the name of its team: the account and what it may do must outlive it. */
const kept = { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } as const;
const verbs = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'] as const;
const rbac = 'rbac.authorization.k8s.io';

/** An account for each team beside Flux, and what it may do: its kinds, in its namespaces, and nothing else. */
export function fluxTeams(input: Hosted): KubeObject[] {
  const tenants = input.tenants.filter((tenant) => tenant.cluster.name === input.cluster.name);
  const teams = [...new Set(tenants.map((tenant) => tenant.team))].sort(compareText);
  if (teams.length === 0) return [];
  const further = new Map(teams.map((team) => [team, furtherKinds(team, input)]));
  return [
    role(commonRole, [...rulesOf(tenantKinds), ...readForHealth]),
    ...teams.flatMap((team) => {
      const kinds = further.get(team) ?? [];
      return [account(team), ...(kinds.length === 0 ? [] : [role(teamRole(team), rulesOf(kinds))]), ...clusterRights(team, input)];
    }),
    ...tenants.flatMap((tenant) => [
      binding(tenant, commonRole, `flux-${teamAccount(tenant.team)}`),
      ...((further.get(tenant.team) ?? []).length === 0 ? [] : [binding(tenant, teamRole(tenant.team), `flux-${teamAccount(tenant.team)}-further`)]),
    ]),
  ];
}

/** Flux looks behind a Deployment to see why it isn't healthy. */
const readForHealth = [
  { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] },
  { apiGroups: ['apps'], resources: ['replicasets'], verbs: ['get', 'list', 'watch'] },
] as const;

function furtherKinds(team: string, { fleet }: Hosted): TenantKind[] {
  const common = new Set(tenantKinds.map(keyOf));
  return tenantKindsOf(fleet, team).filter((kind) => !common.has(keyOf(kind)));
}

function keyOf({ group, kind }: TenantKind): string {
  return `${group}/${kind}`;
}

function teamRole(team: string): string {
  return `${commonRole}-${team}`;
}

function account(team: string): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: teamAccount(team), namespace: fluxNamespace, labels: { ...labels, 'slipway.dev/team': team }, annotations: kept },
    automountServiceAccountToken: false,
  };
}

function role(name: string, rules: readonly object[]): KubeObject {
  return { apiVersion: `${rbac}/v1`, kind: 'ClusterRole', metadata: { name, labels, annotations: kept }, rules };
}

function rulesOf(kinds: readonly TenantKind[]): object[] {
  const groups = [...new Set(kinds.map(({ group }) => group))].sort(compareText);
  return groups.map((group) => ({
    apiGroups: [group],
    resources: kinds.filter((kind) => kind.group === group).map(({ resource }) => resource).sort(compareText),
    verbs: [...verbs],
  }));
}

function binding({ team, namespace }: Tenant, roleName: string, name: string): KubeObject {
  return {
    apiVersion: `${rbac}/v1`,
    kind: 'RoleBinding',
    metadata: { name, namespace, labels: { ...labels, 'slipway.dev/team': team }, annotations: kept },
    ...boundTo(roleName, team),
  };
}

/** Cluster-scoped kinds of a team that runs operators. */
function clusterRights(team: string, { fleet }: Hosted): KubeObject[] {
  const kinds = clusterKindsOf(fleet, team);
  if (kinds.length === 0) return [];
  const name = `${teamRole(team)}-cluster`;
  return [
    role(name, rulesOf(kinds)),
    { apiVersion: `${rbac}/v1`, kind: 'ClusterRoleBinding', metadata: { name, labels: { ...labels, 'slipway.dev/team': team }, annotations: kept }, ...boundTo(name, team) },
  ];
}

function boundTo(name: string, team: string): object {
  return {
    roleRef: { apiGroup: rbac, kind: 'ClusterRole', name },
    subjects: [{ kind: 'ServiceAccount', name: teamAccount(team), namespace: fluxNamespace }],
  };
}
