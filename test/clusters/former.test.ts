import { describe, expect, it } from 'vitest';
import type { ApiServer } from '../../lib/clusters/bootstrap/api-server.ts';
import { executeBootstrap } from '../../lib/clusters/bootstrap/execute.ts';
import { fieldManagers, type Bootstrap } from '../../lib/synth/bootstrap.ts';
import type { KubeObject } from '../../lib/manifests/rendered.ts';
import { textAt } from '../../lib/values/fields.ts';

const object = (kind: string, name: string, namespace?: string, rest: object = {}): KubeObject => ({ apiVersion: 'v1', kind, metadata: { name, ...(namespace !== undefined && { namespace }) }, ...rest }) as KubeObject;
const workload = (kind: string, name: string, namespace: string, replicas?: number, running = 0): KubeObject => object(kind, name, namespace, { spec: { ...(replicas !== undefined && { replicas }) }, status: { replicas: running } });

/** An API server that has some objects, and keeps what is applied. */
function serverWith(objects: readonly KubeObject[]): ApiServer & { readonly applied: string[] } {
  const applied: string[] = [];
  return {
    applied,
    apply: (each) => Promise.resolve(void applied.push(`${each.kind}/${each.metadata?.name ?? ''}`)),
    find: ({ kind, name, namespace }) => Promise.resolve(objects.find((each) => each.kind === kind && textAt(each, 'metadata', 'name') === name && textAt(each, 'metadata', 'namespace') === namespace)),
    list: (_, kind) => Promise.resolve(objects.filter((each) => each.kind === kind)),
  };
}

const phases = (controller: Bootstrap['controller']): Bootstrap => ({
  cluster: 'blue', controller, namespace: controller === 'flux' ? 'flux-system' : 'argocd', fieldManager: fieldManagers[controller], left: [],
  phases: [
    { kind: 'apply', name: 'definitions', folder: 'clusters/blue/x', objects: [object('Namespace', 'x')], waitFor: [] },
    { kind: 'apply', name: 'root', folder: 'clusters/blue', objects: [object('Root', 'x')], waitFor: [] },
  ],
});
const ours = object('Namespace', 'argocd', undefined, { metadata: { name: 'argocd', labels: { 'app.kubernetes.io/managed-by': 'slipway' } } });
const argoCdRoot = object('Application', 'root', 'argocd');
const fluxRoot = object('Kustomization', 'root', 'flux-system');
const bootstrapOn = async (controller: Bootstrap['controller'], objects: readonly KubeObject[], adopt = false): Promise<readonly string[]> => {
  const server = serverWith([ours, ...objects]);
  await executeBootstrap(server, phases(controller), { commit: 'c', head: () => Promise.resolve('c'), adopt, tell: () => undefined, sleep: () => Promise.resolve() });
  return server.applied;
};

describe('a bootstrap beside the former controller', () => {
  it.each<[string, Bootstrap['controller'], readonly KubeObject[], RegExp]>([
    ['Argo CD works', 'flux', [argoCdRoot, workload('StatefulSet', 'argocd-application-controller', 'argocd', 1, 1), workload('Deployment', 'argocd-server', 'argocd', 0)], /^blue: expected argo-cd to be stopped before flux takes over, .*got pods of StatefulSet\/argocd-application-controller in argocd\n.*kubectl --namespace argocd scale deployment,statefulset --all --replicas=0/],
    ['Flux works', 'argo-cd', [fluxRoot, workload('Deployment', 'kustomize-controller', 'flux-system', 1), workload('Deployment', 'helm-controller', 'flux-system', 2)], /got pods of Deployment\/helm-controller, Deployment\/kustomize-controller in flux-system/],
    ['a workload that doesn\'t say how many pods it has', 'argo-cd', [fluxRoot, workload('Deployment', 'kustomize-controller', 'flux-system')], /Deployment\/kustomize-controller/],
    ['pods are still ending', 'flux', [argoCdRoot, workload('StatefulSet', 'argocd-application-controller', 'argocd', 0, 1)], /StatefulSet\/argocd-application-controller/],
  ])('is refused while %s, and applies nothing', async (_, controller, objects, message) => {
    await expect(bootstrapOn(controller, objects)).rejects.toThrow(message);
    await expect(bootstrapOn(controller, objects, true)).rejects.toThrow(message);
  });

  it.each<[string, Bootstrap['controller'], readonly KubeObject[]]>([
    ['it was stopped', 'flux', [argoCdRoot, workload('StatefulSet', 'argocd-application-controller', 'argocd', 0)]],
    ['it follows something else, as one of somebody else\'s does', 'flux', [workload('StatefulSet', 'argocd-application-controller', 'argocd', 1)]],
    ['others work beside it', 'flux', [argoCdRoot, workload('Deployment', 'web', 'shop', 3)]],
    ['the new one works already', 'flux', [fluxRoot, workload('Deployment', 'kustomize-controller', 'flux-system', 1)]],
  ])('goes on where %s', async (_, controller, objects) => {
    expect(await bootstrapOn(controller, objects)).toEqual(['Namespace/x', 'Root/x']);
  });
});
