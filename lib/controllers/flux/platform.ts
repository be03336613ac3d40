import type { KubeObject } from '../../manifests/rendered.ts';
import { compareText } from '../../values/errors.ts';
import type { Hosted, Tenant } from '../controller.ts';
import { tenantKinds } from '../tenant-kinds.ts';
import { fluxNamespace, teamAccount } from './names.ts';

/** Name of the role that a team's account has in the team's namespaces. */
const teamRole = 'slipway-team';
const labels = { 'app.kubernetes.io/managed-by': 'slipway' } as const;
/** A removed app's objects are deleted in the name of its team: the account and what it may do must outlive it. */
const kept = { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } as const;

/** What lets teams deliver: an account for each beside Flux, and what it may do in the team's namespaces. */
export function fluxPlatform(input: Hosted): KubeObject[] {
  const tenants = input.tenants.filter((tenant) => tenant.cluster.name === input.cluster.name);
  const teams = [...new Set(tenants.map((tenant) => tenant.team))].sort(compareText);
  if (teams.length === 0) return [];
  return [roleOfTeams(), ...teams.map(accountOf), ...tenants.map(bindingOf)];
}

function accountOf(team: string): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: teamAccount(team), namespace: fluxNamespace, labels: { ...labels, 'slipway.dev/team': team }, annotations: kept },
    automountServiceAccountToken: false,
  };
}

function bindingOf({ team, namespace }: Tenant): KubeObject {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: `flux-${teamAccount(team)}`, namespace, labels: { ...labels, 'slipway.dev/team': team }, annotations: kept },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: teamRole },
    subjects: [{ kind: 'ServiceAccount', name: teamAccount(team), namespace: fluxNamespace }],
  };
}

/** The kinds that a team may deliver, and what Flux reads in its name to see whether they are healthy. */
function roleOfTeams(): KubeObject {
  const groups = [...new Set(tenantKinds.map(({ group }) => group))];
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: teamRole, labels, annotations: kept },
    rules: [
      ...groups.map((group) => ({
        apiGroups: [group],
        resources: tenantKinds.filter((kind) => kind.group === group).map(({ resource }) => resource).sort(compareText),
        verbs: ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'],
      })),
      { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] },
      { apiGroups: ['apps'], resources: ['replicasets'], verbs: ['get', 'list', 'watch'] },
    ],
  };
}
