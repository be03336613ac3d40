import type { KubeObject } from '../manifests/rendered.ts';

/** Says to both controllers that they never remove an object by themselves, nor call what it belongs to out of sync because Git no longer has it. */
const kept = {
  'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
  'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
  'kustomize.toolkit.fluxcd.io/prune': 'disabled',
} as const;

/** A PersistentVolumeClaim as no controller removes it: its volume may go with it. What the app says itself counts; every other object is as it was. */
export function withClaimKept(value: KubeObject): KubeObject {
  if (value.kind !== 'PersistentVolumeClaim' || value.apiVersion !== 'v1') return value;
  return { ...value, metadata: { ...value.metadata, annotations: { ...kept, ...value.metadata?.annotations } } };
}
