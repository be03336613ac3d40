import type { ObjectIdentity } from '../../synth/bootstrap-readiness.ts';
import type { Bootstrap } from '../../synth/bootstrap.ts';
import { compareText, SlipwayError } from '../../values/errors.ts';
import { numberAt, textAt } from '../../values/fields.ts';
import type { ApiServer } from './api-server.ts';

/** The root that each controller follows, by which one that Slipway bootstrapped is known, and where the controller runs. */
const roots: Readonly<Record<Bootstrap['controller'], ObjectIdentity & { readonly namespace: string }>> = {
  'argo-cd': { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', namespace: 'argocd', name: 'root' },
  flux: { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', namespace: 'flux-system', name: 'root' },
};

/**
 * Refuses a cluster on which the other controller still works, when the cluster changes from one to the other. As soon as the new one's
 * definitions are there, the former can apply the folders that no longer name its own objects: it would prune them, and the apps with them.
 */
export async function refuseRunningFormer(server: ApiServer, { cluster, controller }: Bootstrap): Promise<void> {
  for (const [kind, root] of Object.entries(roots)) {
    if (kind === controller || await server.find(root) === undefined) continue;
    const { namespace } = root;
    const workloads = await Promise.all(['Deployment', 'StatefulSet'].map(async (each) => (await server.list('apps/v1', each)).map((object) => ({ kind: each, object }))));
    const working = workloads.flat().filter(({ object }) => textAt(object, 'metadata', 'namespace') === namespace && isWorking(object)).map(({ kind: each, object }) => `${each}/${textAt(object, 'metadata', 'name') ?? ''}`);
    if (working.length === 0) continue;
    throw SlipwayError.of(cluster, `expected ${kind} to be stopped before ${controller} takes over, because it would delete the apps that its folders no longer name; got pods of ${working.sort(compareText).join(', ')} in ${namespace}`, `kubectl --namespace ${namespace} scale deployment,statefulset --all --replicas=0 (docs/clusters.md, "Changing the controller")`);
  }
}

/** Whether a workload has pods, or is to have some. */
function isWorking(workload: unknown): boolean {
  return (numberAt(workload, 'spec', 'replicas') ?? 1) > 0 || (numberAt(workload, 'status', 'replicas') ?? 0) > 0;
}
