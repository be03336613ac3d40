import type { KubeObject } from '../../manifests/rendered.ts';
import type { Host } from '../controller.ts';
import { takesObjectsAlong } from '../deletion.ts';
import type { Tracked } from '../tracked.ts';
import { ignoreRules, rolloutHealth } from './health.ts';
import { labelsOf } from '../tracking-labels.ts';
import { preLabels } from './labels.ts';
import { preName, sourceName, systemAccount, teamAccount } from './names.ts';
import { fluxSettings, longer } from './settings.ts';
import { shardLabel, shardOf } from './shards.ts';
import { fluxMetadata, pathIn } from './source.ts';

/**
 * Roles that are ready as soon as they are applied. Tracking objects show their own health; and apps wait for their platform, which must
 * not wait itself for an alert or a webhook whose Secret nobody has made yet.
 */
const readyWhenApplied: readonly Tracked['role'][] = ['environment', 'member', 'platform'];
/** The GitRepository of the runtime repo. */
const runtimeRepo = { kind: 'GitRepository', name: sourceName } as const;

/** A thing that is tracked by a folder of the runtime repo. */
export type TrackedFolder = Tracked & { readonly from: { readonly folder: string } };

/** Where a Kustomization's objects come from, and what it waits for. */
export interface KustomizationFrom {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Path in the source, starting with `./`. */
  readonly path: string;
  readonly sourceRef: { readonly kind: 'GitRepository'; readonly name: string };
  readonly dependsOn: readonly string[];
  /** @default - each object's own */
  readonly targetNamespace?: string;
  /** @default - none */
  readonly patches?: readonly { readonly target: { readonly name: string }; readonly patch: string }[];
}

/** The Kustomization that follows a tracked folder of the runtime repo. */
export function kustomizationOf(tracked: TrackedFolder, host: Host): KubeObject {
  const dependsOn = [...tracked.dependsOn, ...(tracked.pre === undefined ? [] : [preName(tracked.name)])];
  return kustomizationFrom(tracked, host, { name: tracked.name, labels: labelsOf(tracked), path: pathIn(host.runtimeRepo, tracked.from.folder), sourceRef: runtimeRepo, dependsOn });
}

/** The Kustomization of a tracked thing's `pre/` folder: ready when its objects are, a Job when it is complete. */
export function preKustomizationOf(tracked: Tracked, pre: string, host: Host): KubeObject {
  return kustomizationFrom({ ...tracked, autoscaled: [], rollouts: [], ignoreDifferences: [] }, host, {
    name: preName(tracked.name), labels: preLabels(tracked, false), path: pathIn(host.runtimeRepo, pre), sourceRef: runtimeRepo, dependsOn: tracked.dependsOn,
  });
}

/**
 * The same Kustomization for an app without a `pre/` folder: it holds nothing and waits for the app's own. When an app loses its `pre/`,
 * the ServiceAccount and the configuration in it move to the app's own Kustomization; were this one simply gone, it would delete them
 * first, under the running pods. So it stays, and lets go of what is left (a finished Job) only after the app's own has taken the rest.
 */
export function emptyPreKustomizationOf(tracked: TrackedFolder, host: Host): KubeObject {
  return kustomizationFrom({ ...tracked, autoscaled: [], rollouts: [], ignoreDifferences: [], encrypted: false }, host, {
    name: preName(tracked.name),
    labels: preLabels(tracked, true),
    path: pathIn(host.runtimeRepo, tracked.from.folder),
    sourceRef: runtimeRepo,
    dependsOn: [tracked.name],
    patches: [{ target: { name: '.*' }, patch: '$patch: delete\napiVersion: v1\nkind: Any\nmetadata:\n  name: any\n' }],
  });
}

/** A Kustomization for one tracked thing. */
export function kustomizationFrom(tracked: Tracked, host: Host, from: KustomizationFrom): KubeObject {
  const settings = fluxSettings(host);
  const ignore = ignoreRules(tracked);
  const shard = takesObjectsAlong(tracked.role) ? shardOf(tracked.name, settings.shards) : undefined;
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: fluxMetadata(from.name, { ...from.labels, ...(shard !== undefined && { [shardLabel]: shard }) }),
    spec: {
      interval: settings.interval,
      retryInterval: '1m',
      timeout: tracked.role === 'add-on' ? longer(settings.timeout) : settings.timeout,
      path: from.path,
      sourceRef: from.sourceRef,
      serviceAccountName: tracked.team === undefined ? systemAccount : teamAccount(tracked.team),
      prune: true,
      deletionPolicy: takesObjectsAlong(tracked.role) ? 'Delete' : 'Orphan',
      wait: !readyWhenApplied.includes(tracked.role),
      ...(from.targetNamespace !== undefined && { targetNamespace: from.targetNamespace }),
      ...(tracked.sync === 'none' && { suspend: true }),
      ...(from.dependsOn.length > 0 && { dependsOn: from.dependsOn.map((name) => ({ name })) }),
      ...(tracked.rollouts.length > 0 && { healthCheckExprs: [rolloutHealth] }),
      ...(from.patches !== undefined && { patches: from.patches }),
      ...(ignore.length > 0 && { ignore }),
      ...(tracked.encrypted && { decryption: { provider: 'sops', secretRef: { name: settings.sops.secret } } }),
    },
  };
}
