import type { IExternalSecret } from '@kubernetes-models/external-secrets/external-secrets.io/v1/ExternalSecret';
import type { KubeObject } from '../../manifests/rendered.ts';
import type { Cluster } from '../../model/cluster.ts';
import { clusterSecretName, type HubCredential } from '../../model/hub-credential.ts';
import type { Hosted } from '../controller.ts';
import { objectsOn, shardPlan } from '../shards.ts';
import { argoCdNamespace } from './names.ts';

/** By this label Argo CD takes a Secret for a cluster. The cluster's own stand beside it, for the `clusters` generator to select by. */
const clusterLabel = { 'argocd.argoproj.io/secret-type': 'cluster' } as const;

/** The registrations of a hub's members, as far as Git can hold them: a member without a credential of its own has a Secret that exists without Git. */
export function clusterSecrets(input: Hosted): KubeObject[] {
  const shards = shardsOf(input);
  return input.clusters.filter((cluster) => cluster.name !== input.cluster.name).flatMap((member) => {
    const { credential } = member;
    if (credential === undefined) return [];
    const shard = shards.get(member.name);
    const fields = { name: member.name, server: member.server ?? '', ...(shard !== undefined && { shard: String(shard) }) };
    switch (credential.kind) {
      case 'external-secret':
        return [externalSecret(member, credential, fields)];
      case 'eks':
        return [eksSecret(member, credential, fields)];
      default:
        return credential satisfies never;
    }
  });
}

/** Which pod of the application controller takes which member: Argo CD reads it as `shard` of the registration. The hub itself, which has none, is the first one's. */
function shardsOf({ fleet, cluster: hub, clusters }: Hosted): ReadonlyMap<string, number> {
  const shards = hub.controller.kind === 'argo-cd' ? hub.controller.controller.shards : 1;
  if (shards === 1) return new Map();
  const loads = clusters.filter((cluster) => cluster.name !== hub.name).map((cluster) => ({ cluster: cluster.name, objects: objectsOn(fleet, cluster) }));
  return shardPlan(loads, shards, { 0: objectsOn(fleet, hub) });
}

function metadataOf(member: Cluster): { readonly name: string; readonly namespace: string } {
  return { name: clusterSecretName(member.name), namespace: argoCdNamespace };
}

/** The name and the server stand in Git; the store holds Argo CD's `config` alone. */
function externalSecret(member: Cluster, { key, property, store, refresh }: Extract<HubCredential, { kind: 'external-secret' }>, fields: Readonly<Record<string, string>>): KubeObject {
  const { name, namespace } = metadataOf(member);
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name, namespace, labels: { 'app.kubernetes.io/managed-by': 'slipway' } },
    spec: {
      refreshInterval: refresh,
      secretStoreRef: { kind: store.kind, name: store.name },
      target: {
        name,
        creationPolicy: 'Owner',
        deletionPolicy: 'Retain',
        template: { engineVersion: 'v2', metadata: { labels: { ...member.labels, ...clusterLabel } }, data: { ...fields, config: '{{ .config }}' } },
      },
      data: [{ secretKey: 'config', remoteRef: { key, ...(property !== undefined && { property }) } }],
    },
  } satisfies IExternalSecret;
}

/** Argo CD signs in with its own IAM identity: nothing here is secret. */
function eksSecret(member: Cluster, { cluster, role, ca }: Extract<HubCredential, { kind: 'eks' }>, fields: Readonly<Record<string, string>>): KubeObject {
  const config = { awsAuthConfig: { clusterName: cluster ?? member.name, ...(role !== undefined && { roleARN: role }) }, tlsClientConfig: { caData: ca } };
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { ...metadataOf(member), labels: { ...member.labels, 'app.kubernetes.io/managed-by': 'slipway', ...clusterLabel } },
    stringData: { ...fields, config: JSON.stringify(config) },
  };
}
