import type { Plane } from '../../../../lib/control-plane/plane.ts';
import { fluxInstallManifest } from '../../../../lib/control-plane/releases.ts';
import { awaitObject, objectPath, type ObjectReference } from '../../../../lib/control-plane/controllers/await-object.ts';
import { fluxPrograms } from '../../../../lib/control-plane/controllers/flux-programs.ts';
import { startHostPrograms, type HostProcesses } from '../../../../lib/control-plane/controllers/host-process.ts';
import { installManifest } from '../../../../lib/control-plane/controllers/install.ts';
import { startSourceStandIn, type Condition, type GitRepositoryObject } from '../../../../lib/control-plane/controllers/source-stand-in.ts';
import { patchThere } from './patch-there.ts';

const namespace = 'flux-system';

/** A running Flux: kustomize-controller, and the stand-in for source-controller. */
export interface Flux extends HostProcesses {
  /** Asks for a look at Git and at the cluster now, as `flux reconcile` does, for every GitRepository and Kustomization; returns when Git was looked at. */
  reconcile(): Promise<void>;
  /** Waits until a Kustomization is Ready. */
  ready(name: string, options?: ReadyOptions): Promise<Kustomization>;
  /** Waits until a Kustomization is as wanted. */
  kustomization(name: string, what: string, until: (kustomization: Kustomization) => boolean, seconds?: number): Promise<Kustomization>;
  /** Waits until a GitRepository is as wanted. */
  source(name: string, what: string, until: (source: GitRepositoryObject) => boolean): Promise<GitRepositoryObject>;
}

/** What a Kustomization has to reach. */
export interface ReadyOptions {
  /** The commit that was applied last. @default - any */
  readonly commit?: string;
  /** @default 240 */
  readonly seconds?: number;
}

/** A Kustomization, as far as tests read it. */
export interface Kustomization {
  readonly metadata: { readonly name: string; readonly generation: number };
  readonly spec: { readonly path: string; readonly suspend?: boolean };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly lastAppliedRevision?: string;
    readonly conditions?: readonly Condition[];
    readonly inventory?: { readonly entries: readonly { readonly id: string }[] };
  };
}

/** Installs Flux's manifest: custom resources, roles, and workloads that KWOK plays. */
export async function installFlux(plane: Plane): Promise<void> {
  await installManifest(plane, await fluxInstallManifest(), namespace);
}

/**
 * Starts kustomize-controller with the flags, environment and service account of its installed Deployment beside a plane on
 * which Flux is installed, and a stand-in for source-controller. Added flags name this host's addresses, do without leader
 * election and events, and look again every second whether what a Kustomization depends on is ready.
 */
export async function startFlux(plane: Plane): Promise<Flux> {
  const processes = await startHostPrograms(plane, () => fluxPrograms(plane));
  const standIn = await startSourceStandIn(plane);
  const { programs, addresses } = processes;
  const flux = (part: string, resource: string, name: string): ObjectReference => ({ path: `apis/${part}.toolkit.fluxcd.io/v1`, resource, namespace, name });
  const kustomization: Flux['kustomization'] = (name, what, until, seconds = 240) =>
    awaitObject<Kustomization>(plane, flux('kustomize', 'kustomizations', name), { what: `Kustomization ${name} to be ${what}`, until, seconds, programs });
  const source: Flux['source'] = (name, what, until) =>
    awaitObject<GitRepositoryObject>(plane, flux('source', 'gitrepositories', name), { what: `GitRepository ${name} to be ${what}`, until, programs });
  return {
    programs,
    addresses,
    kustomization,
    async stop() {
      await standIn.stop();
      await processes.stop();
    },
    async reconcile() {
      const at = String(performance.now());
      for (const { metadata, spec } of await items<GitRepositoryObject>(plane, 'source', 'gitrepositories')) {
        const there = await patchThere(plane, objectPath(flux('source', 'gitrepositories', metadata.name)), request(at));
        if (there && spec.suspend !== true) await source(metadata.name, 'looked after', ({ status }) => status?.lastHandledReconcileAt === at);
      }
      for (const { metadata } of await items<Kustomization>(plane, 'kustomize', 'kustomizations')) {
        await patchThere(plane, objectPath(flux('kustomize', 'kustomizations', metadata.name)), request(at));
      }
    },
    ready(name, { commit, seconds } = {}) {
      const what = commit === undefined ? 'Ready' : `Ready at ${commit}`;
      return kustomization(name, what, (each) => isReady(each) && (commit === undefined || (each.status?.lastAppliedRevision ?? '').endsWith(commit)), seconds);
    },
    source,
  };
}

/** All objects of a kind in Flux's namespace. */
async function items<T>(plane: Plane, part: string, resource: string): Promise<readonly T[]> {
  return ((await plane.api.get(`/apis/${part}.toolkit.fluxcd.io/v1/namespaces/${namespace}/${resource}`)) as { readonly items: readonly T[] }).items;
}

function request(at: string): unknown {
  return { metadata: { annotations: { 'reconcile.fluxcd.io/requestedAt': at } } };
}

/** Whether the stand-in has looked after the newest generation of a GitRepository, and Ready says so. */
export function isFetched({ metadata, status }: GitRepositoryObject, ready: 'True' | 'False' = 'True'): boolean {
  return status?.observedGeneration === metadata.generation && status.conditions?.find(({ type }) => type === 'Ready')?.status === ready;
}

/** Whether a Kustomization's newest generation was applied and is ready. */
export function isReady({ metadata, status }: Kustomization): boolean {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  return ready?.status === 'True' && status?.observedGeneration === metadata.generation;
}
