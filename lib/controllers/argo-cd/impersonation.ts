import type { IAppProject } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1/AppProject';
import type { KubeObject } from '../../manifests/rendered.ts';
import type { Cluster } from '../../model/cluster.ts';
import type { Fleet } from '../../model/fleet.ts';
import type { Hosted, Tenant } from '../controller.ts';
import { clusterKindsOf, tenantKindsOf, type TenantKind } from '../tenant-kinds.ts';
import { argoCdNamespace, kept, ownServer } from './names.ts';
import { compareText } from '../../values/errors.ts';

type Accounts = NonNullable<IAppProject['spec']['destinationServiceAccounts']>;

const labels = { 'app.kubernetes.io/managed-by': 'slipway' } as const;
const verbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

/** The account as which Slipway's own project is synced: on its own cluster it is part of the install; on members it is the one that `argocd cluster add` makes. */
const systemAccount = 'slipway-system';
const memberAccount = 'kube-system:argocd-manager';

/** Whether syncs run as accounts of their own. */
export function impersonates(input: Pick<Hosted, 'cluster'>): boolean {
  const { controller } = input.cluster;
  return controller.kind === 'argo-cd' && controller.impersonation;
}

/** As whom the project of Slipway itself is synced. */
export function systemAccounts(input: Hosted): Accounts {
  return input.clusters.map((cluster) => ({ server: serverOf(cluster, input), namespace: '*', defaultServiceAccount: cluster.name === input.cluster.name ? `${argoCdNamespace}:${systemAccount}` : memberAccount }));
}

/** As whom the project of a team is synced: in each of its namespaces by an account there. */
export function teamAccounts(tenants: readonly Tenant[], input: Hosted): Accounts {
  return tenants.map(({ team, cluster, namespace }) => ({ server: serverOf(cluster, input), namespace, defaultServiceAccount: accountName(team) }));
}

/** The account of Slipway's own project, which may do anything on the cluster that runs Argo CD: it belongs to the install, because nothing can be synced without it. */
export function systemAccountObjects(): KubeObject[] {
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: systemAccount, namespace: argoCdNamespace, labels, annotations: kept }, automountServiceAccountToken: false },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: systemAccount, labels, annotations: kept },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
      subjects: [{ kind: 'ServiceAccount', name: systemAccount, namespace: argoCdNamespace }],
    },
  ];
}

/** The accounts of teams on one cluster, with the rights that their projects allow. */
export function teamAccountObjects(input: Hosted, cluster: Cluster): KubeObject[] {
  const tenants = input.tenants.filter((tenant) => tenant.cluster.name === cluster.name);
  const teams = [...new Set(tenants.map((tenant) => tenant.team))].sort(compareText);
  return [
    ...teams.flatMap((team) => rolesOf(team, input.fleet)),
    ...tenants.flatMap(({ team, namespace }): KubeObject[] => [
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: accountName(team), namespace, labels: labelsOf(team), annotations: kept }, automountServiceAccountToken: false },
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'RoleBinding',
        metadata: { name: accountName(team), namespace, labels: labelsOf(team), annotations: kept },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: accountName(team) },
        subjects: [{ kind: 'ServiceAccount', name: accountName(team), namespace }],
      },
    ]),
    ...teams.flatMap((team) => (clusterKindsOf(input.fleet, team).length === 0 ? [] : [{
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: `${accountName(team)}-cluster`, labels: labelsOf(team), annotations: kept },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: `${accountName(team)}-cluster` },
      subjects: tenants.filter((tenant) => tenant.team === team).map(({ namespace }) => ({ kind: 'ServiceAccount', name: accountName(team), namespace })),
    }])),
  ];
}

function rolesOf(team: string, fleet: Fleet): KubeObject[] {
  const role = (name: string, kinds: readonly TenantKind[]): KubeObject => ({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name, labels: labelsOf(team), annotations: kept }, rules: rulesFor(kinds) });
  const wide = clusterKindsOf(fleet, team);
  return [role(accountName(team), tenantKindsOf(fleet, team)), ...(wide.length === 0 ? [] : [role(`${accountName(team)}-cluster`, wide)])];
}

function rulesFor(kinds: readonly TenantKind[]): object[] {
  const groups = [...new Set(kinds.map(({ group }) => group))];
  return groups.map((group) => ({ apiGroups: [group], resources: kinds.filter((kind) => kind.group === group).map(({ resource }) => resource).sort(compareText), verbs }));
}

function accountName(team: string): string {
  return `slipway-${team}`;
}

function labelsOf(team: string): Record<string, string> {
  return { ...labels, 'slipway.dev/team': team };
}

/** Argo CD compares with the server's URL, even where an Application names the cluster. */
function serverOf(cluster: Cluster, input: Hosted): string {
  return cluster.name === input.cluster.name ? ownServer : cluster.server ?? '';
}
