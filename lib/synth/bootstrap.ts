import { buildFolder, type ObjectSource } from '../manifests/kustomize/build.ts';
import { isOwnKind } from '../manifests/kustomize/merge-keys.ts';
import { layout } from '../manifests/layout.ts';
import type { KubeObject } from '../manifests/rendered.ts';
import type { Cluster } from '../model/cluster.ts';
import type { Repository } from '../model/repository.ts';
import { SlipwayError } from '../values/errors.ts';
import { listAt, textAt } from '../values/fields.ts';
import { applyOrder } from './bootstrap-order.ts';
import { identityOf, readinessOf, type ObjectIdentity, type WaitFor } from './bootstrap-readiness.ts';
import type { RequiredSecret } from './required-secret.ts';
import { requiredSecrets } from './required-secrets.ts';

/** Who a controller says it is when it applies by server-side apply: bootstrap applies as the same, so that every field is the controller's own from the start. */
export const fieldManagers = { 'argo-cd': 'argocd-controller', flux: 'kustomize-controller' } as const;

/**
 * What brings an empty cluster to the state that the runtime repo holds: phases in order, each done when all that it waits for is reached.
 * Pulumi, `slipway rebuild`, the local plane and the end-to-end suite only execute it.
 */
export interface Bootstrap {
  readonly cluster: string;
  readonly controller: Cluster['controller']['kind'];
  /** The namespace in which the controller runs. */
  readonly namespace: string;
  /** The field manager of every apply. */
  readonly fieldManager: (typeof fieldManagers)[keyof typeof fieldManagers];
  readonly phases: readonly BootstrapPhase[];
  /** Objects of the install whose definitions an add-on brings, such as a route to the UI: the controller applies them itself as soon as it can. */
  readonly left: readonly ObjectIdentity[];
}

/** One step of a bootstrap. */
export type BootstrapPhase = ApplyPhase | SecretsPhase;

/** Objects to apply, in this order, by server-side apply. */
export interface ApplyPhase {
  readonly kind: 'apply';
  /** `definitions`: namespaces and custom resource definitions of the install; `install`: the rest of it; `root`: what the controller follows. */
  readonly name: 'definitions' | 'install' | 'root';
  /** The folder of the runtime repo whose build holds them: the install's, or the root's. */
  readonly folder: string;
  readonly objects: readonly KubeObject[];
  /** Files of the runtime repo that hold the objects as they are, in the same order. @default - the folder has to be built */
  readonly files?: readonly string[];
  readonly waitFor: readonly WaitFor[];
}

/** Secrets that can't be in Git: listed, never with their values. */
export interface SecretsPhase {
  readonly kind: 'secrets';
  /** `secrets`: those in the controller's namespace, which it needs from the start; `app-secrets`: all others, as soon as their namespaces are there. */
  readonly name: 'secrets' | 'app-secrets';
  readonly secrets: readonly RequiredSecret[];
}

/**
 * The phases that bootstrap a cluster, from the files of the runtime repo (rendered, or read from a commit).
 *
 * @param repository the runtime repo as the cluster reads it: says which credential it needs
 * @throws SlipwayError when a hub manages the cluster, or the runtime repo lacks its root or its install
 */
export function bootstrap(cluster: Cluster, source: ObjectSource, repository?: Repository): Bootstrap {
  const { kind } = cluster.controller;
  if (cluster.managedBy !== 'self') {
    throw SlipwayError.of(cluster.name, `expected a cluster with a controller of its own, got one that ${cluster.managedBy} manages`, `bootstrap ${cluster.managedBy}, then register ${cluster.name} there`);
  }
  const rootFolder = layout.root(cluster.name);
  const install = layout.install(cluster.name, kind);
  const missing = [rootFolder, install].filter((folder) => source(layout.kustomization(folder)) === undefined);
  if (missing.length > 0) {
    throw new SlipwayError(missing.map((folder) => ({ where: cluster.name, message: `expected ${folder}/ in the runtime repo, found no such folder`, fix: 'publish the environments of this cluster first; an install whose upstream isn\'t vendored is left out: `slipway vendor`' })));
  }
  const roots = rootObjects(rootFolder, source);
  const namespace = roots.objects.at(-1)?.metadata?.namespace ?? '';
  const built = applyOrder(buildFolder(install, source));
  const early = built.filter(isDefinition);
  const defined = new Set(early.flatMap((object) => (object.kind === 'CustomResourceDefinition' ? [`${textAt(object, 'spec', 'group') ?? ''}/${textAt(object, 'spec', 'names', 'kind') ?? ''}`] : [])));
  const isServed = (object: KubeObject): boolean => isOwnKind(object) || defined.has(`${object.apiVersion.slice(0, object.apiVersion.indexOf('/'))}/${object.kind}`);
  const rest = built.filter((object) => !isDefinition(object));
  const late = rest.filter(isServed);
  const secrets = requiredSecrets({ cluster, namespace, source, ...(repository !== undefined && { repository }) });
  return {
    cluster: cluster.name,
    controller: kind,
    namespace,
    fieldManager: fieldManagers[kind],
    left: rest.filter((object) => !isServed(object)).map(identityOf),
    phases: [
      { kind: 'apply', name: 'definitions', folder: install, objects: early, waitFor: early.flatMap(readinessOf) },
      { kind: 'secrets', name: 'secrets', secrets: secrets.filter((secret) => secret.namespace === namespace) },
      { kind: 'apply', name: 'install', folder: install, objects: late, waitFor: late.flatMap(readinessOf) },
      { kind: 'apply', name: 'root', folder: rootFolder, ...roots, waitFor: roots.objects.slice(-1).flatMap(readinessOf) },
      { kind: 'secrets', name: 'app-secrets', secrets: secrets.filter((secret) => secret.namespace !== namespace) },
    ],
  };
}

function isDefinition({ kind }: KubeObject): boolean {
  return kind === 'CustomResourceDefinition' || kind === 'Namespace';
}

/** The root's own objects and their files: the source that it names, then the object that follows it. */
function rootObjects(folder: string, source: ObjectSource): { readonly objects: readonly KubeObject[]; readonly files: readonly string[] } {
  const all = listAt(source(layout.kustomization(folder))?.[0], 'resources').flatMap((name) => (source(`${folder}/${String(name)}`) ?? []).map((object) => ({ object, file: `${folder}/${String(name)}` })));
  const root = all.find(({ object: { kind, metadata } }) => (kind === 'Application' || kind === 'Kustomization') && metadata?.name === 'root');
  if (root === undefined) throw SlipwayError.of(`${folder}/`, 'expected an Application or Kustomization named root, found none', 'publish again: a hand may have removed it');
  const reference = { kind: textAt(root.object, 'spec', 'sourceRef', 'kind'), name: textAt(root.object, 'spec', 'sourceRef', 'name') };
  const found = [...all.filter(({ object: { kind, metadata } }) => kind === reference.kind && metadata?.name === reference.name), root];
  return { objects: found.map(({ object }) => object), files: found.map(({ file }) => file) };
}

/** Every Secret that the phases wait for a person to bring, in order. */
export function secretsOf({ phases }: Bootstrap): readonly RequiredSecret[] {
  return phases.flatMap((phase) => (phase.kind === 'secrets' ? phase.secrets : []));
}
