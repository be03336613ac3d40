import * as kubernetes from '@pulumi/kubernetes';
import type { MadeCluster } from './cluster.ts';

/**
 * The API of a cluster, for what Pulumi itself puts there. It is another one only where the cluster is: a renewed kubeconfig, which some
 * clouds give every few days, replaces nothing. Secrets are changed in place: the provider would otherwise delete one and make it again,
 * with a controller in between that can't read its repository.
 */
export function apiOf(name: string, { identity, kubeconfig }: Pick<MadeCluster, 'identity' | 'kubeconfig'>): kubernetes.Provider {
  return new kubernetes.Provider(name, { kubeconfig, clusterIdentifier: identity, enableSecretMutable: true, enableServerSideApply: true });
}
