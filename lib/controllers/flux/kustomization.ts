import type { KubeObject, WorkloadReference } from '../../manifests/rendered.ts';
import type { Host } from '../controller.ts';
import { takesObjectsAlong } from '../deletion.ts';
import type { Tracked } from '../tracked.ts';
import { labelsOf } from './labels.ts';
import { preName, sourceName, systemAccount, teamAccount } from './names.ts';
import { fluxSettings } from './settings.ts';
import { fluxMetadata, pathIn } from './source.ts';

/** Roles that hold nothing but tracking objects: what these track shows its own health. */
const lists: readonly Tracked['role'][] = ['environment', 'member'];

/** Where a Kustomization's objects come from, and what it waits for. */
export interface KustomizationFrom {
  readonly name: string;
  /** Path in the source, starting with `./`. */
  readonly path: string;
  readonly sourceRef: { readonly kind: 'GitRepository'; readonly name: string };
  readonly dependsOn: readonly string[];
  /** @default - none */
  readonly patches?: readonly { readonly target: { readonly name: string }; readonly patch: string }[];
}

/** The Kustomization that follows a tracked folder of the runtime repo. */
export function kustomizationOf(tracked: Tracked & { readonly from: { readonly folder: string } }, host: Host): KubeObject {
  const dependsOn = [...tracked.dependsOn, ...(tracked.pre === undefined ? [] : [preName(tracked.name)])];
  return kustomizationFrom(tracked, host, { name: tracked.name, path: pathIn(host.runtimeRepo, tracked.from.folder), sourceRef: { kind: 'GitRepository', name: sourceName }, dependsOn });
}

/** The Kustomization of a tracked thing's `pre/` folder: ready when its objects are, a Job when it is complete. */
export function preKustomizationOf(tracked: Tracked, pre: string, host: Host): KubeObject {
  return kustomizationFrom({ ...tracked, autoscaled: [], rollouts: [] }, host, {
    name: preName(tracked.name), path: pathIn(host.runtimeRepo, pre), sourceRef: { kind: 'GitRepository', name: sourceName }, dependsOn: tracked.dependsOn,
  });
}

/**
 * The same Kustomization for an app without a `pre/` folder: it holds nothing and waits for the app's own. When an app loses its `pre/`,
 * the ServiceAccount and the configuration in it move to the app's own Kustomization; were this one simply gone, it would delete them
 * first, under the running pods. So it stays, and lets go of what is left (a finished Job) only after the app's own has taken the rest.
 */
export function emptyPreKustomizationOf(tracked: Tracked & { readonly from: { readonly folder: string } }, host: Host): KubeObject {
  return kustomizationFrom({ ...tracked, autoscaled: [], rollouts: [], encrypted: false }, host, {
    name: preName(tracked.name),
    path: pathIn(host.runtimeRepo, tracked.from.folder),
    sourceRef: { kind: 'GitRepository', name: sourceName },
    dependsOn: [tracked.name],
    patches: [{ target: { name: '.*' }, patch: '$patch: delete\napiVersion: v1\nkind: Any\nmetadata:\n  name: any\n' }],
  });
}

/** A Kustomization for one tracked thing. */
export function kustomizationFrom(tracked: Tracked, host: Host, from: KustomizationFrom): KubeObject {
  const settings = fluxSettings(host);
  const waits = !lists.includes(tracked.role);
  const ignore = ignoreRules(tracked);
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: fluxMetadata(from.name, labelsOf(tracked)),
    spec: {
      interval: settings.interval,
      retryInterval: '1m',
      timeout: tracked.role === 'add-on' ? '10m' : '5m',
      path: from.path,
      sourceRef: from.sourceRef,
      serviceAccountName: tracked.team === undefined ? systemAccount : teamAccount(tracked.team),
      prune: true,
      deletionPolicy: takesObjectsAlong(tracked.role) ? 'Delete' : 'Orphan',
      wait: waits,
      ...(tracked.sync === 'none' && { suspend: true }),
      ...(from.dependsOn.length > 0 && { dependsOn: from.dependsOn.map((name) => ({ name })) }),
      ...(tracked.rollouts.length > 0 && { healthCheckExprs: [rolloutHealth] }),
      ...(from.patches !== undefined && { patches: from.patches }),
      ...(ignore.length > 0 && { ignore }),
      ...(tracked.encrypted && { decryption: { provider: 'sops', secretRef: { name: 'sops-age' } } }),
    },
  };
}

/**
 * When an Argo Rollout counts as applied. Its observedGeneration is a text. A paused canary counts as healthy: it waits for a person or a
 * clock, and the commit that reverts it must not wait with it.
 */
const rolloutHealth = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  inProgress: "!has(status.observedGeneration) || status.observedGeneration != string(metadata.generation) || !has(status.phase) || status.phase == 'Progressing'",
  failed: "status.phase == 'Degraded'",
  current: "status.observedGeneration == string(metadata.generation) && (status.phase == 'Healthy' || status.phase == 'Paused')",
} as const;

/** Fields that others set: neither applied again nor taken for drift. */
function ignoreRules(tracked: Tracked): object[] {
  const replicas = tracked.autoscaled.map((workload) => ({ paths: ['/spec/replicas'], target: targetOf(workload) }));
  const others = (tracked.ignoreDifferences ?? []).map(({ jsonPointers, ...target }) => ({ paths: [...jsonPointers], target: targetOf(target) }));
  return [...replicas, ...others];
}

function targetOf({ group, kind, name, namespace }: Partial<WorkloadReference>): object {
  return { ...(group !== undefined && group !== '' && { group }), kind, ...(name !== undefined && { name }), ...(namespace !== undefined && { namespace }) };
}
