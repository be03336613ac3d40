import type { Plane } from '../../../../lib/control-plane/plane.ts';
import { argoCdInstallManifest, type ArgoCdVersion } from '../../../../lib/control-plane/releases.ts';
import { argoCdPrograms, toolFolder } from '../../../../lib/control-plane/controllers/argo-cd-programs.ts';
import { awaitObject, objectPath, tellStatus, type ObjectReference } from '../../../../lib/control-plane/controllers/await-object.ts';
import { startHostPrograms, type HostProcesses } from '../../../../lib/control-plane/controllers/host-process.ts';
import { installManifest } from '../../../../lib/control-plane/controllers/install.ts';
import { waitFor } from '../../../../lib/control-plane/process.ts';
import { patchThere } from './patch-there.ts';

const refreshAnnotation = 'argocd.argoproj.io/refresh';

/** How to start Argo CD. */
export interface ArgoCdOptions {
  /** The namespace of its install. @default 'argocd' */
  readonly namespace?: string;
}

/** A running Argo CD. */
export interface ArgoCd extends HostProcesses {
  readonly namespace: string;
  /** Asks for a comparison with Git now, as a webhook or a person does. @default - every Application */
  refresh(name?: string): Promise<void>;
  /** Asks for a sync now, as `argocd app sync` does. */
  sync(name: string): Promise<void>;
  /** Waits until an Application is Synced and Healthy, its last operation done. */
  synced(name: string, options?: SyncedOptions): Promise<Application>;
  /** Waits until an Application is as wanted. */
  application(name: string, what: string, until: (application: Application) => boolean, seconds?: number): Promise<Application>;
}

/** What an Application has to reach. */
export interface SyncedOptions {
  /** The commit of the first source. @default - any */
  readonly revision?: string;
  /** @default 'Healthy' */
  readonly health?: string;
  /** @default 240 */
  readonly seconds?: number;
}

/** An Application, as far as tests read it. */
export interface Application {
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: { readonly source?: unknown; readonly sources?: readonly unknown[] };
  readonly status?: {
    readonly sync?: { readonly status?: string; readonly revision?: string; readonly revisions?: readonly string[] };
    readonly health?: { readonly status?: string };
    readonly operationState?: { readonly phase?: string; readonly message?: string; readonly startedAt?: string };
    readonly conditions?: readonly { readonly type: string; readonly message: string }[];
    readonly resources?: readonly { readonly kind: string; readonly name: string; readonly status?: string }[];
    readonly reconciledAt?: string;
    readonly history?: readonly unknown[];
  };
}

/** Installs Argo CD's own manifest: custom resources, roles, settings, and workloads that KWOK plays. */
export async function installArgoCd(plane: Plane, version: ArgoCdVersion = '3.2.11', namespace = 'argocd'): Promise<void> {
  await installManifest(plane, await argoCdInstallManifest(version), namespace);
}

/**
 * Starts Argo CD's server, repo server, application controller and ApplicationSet controller, and a redis, beside a plane on
 * which Argo CD is installed. Each has the flags, environment and service account of its installed workload, but for the
 * addresses and TLS between them, which are those of this host.
 */
export async function startArgoCd(plane: Plane, options: ArgoCdOptions = {}): Promise<ArgoCd> {
  const namespace = options.namespace ?? 'argocd';
  const tools = await toolFolder(plane);
  const processes = await startHostPrograms(plane, () => argoCdPrograms(plane, namespace, tools));
  const reference = (name: string): ObjectReference => ({ path: 'apis/argoproj.io/v1alpha1', resource: 'applications', namespace, name });
  const application: ArgoCd['application'] = (name, what, until, seconds = 240) =>
    awaitObject<Application>(plane, reference(name), { what: `Application ${name} to be ${what}`, until, tell: tellApplication, seconds, programs: processes.programs });
  const patch = (name: string, body: unknown): Promise<unknown> => plane.api.merge(objectPath(reference(name)), body);
  return {
    ...processes,
    namespace,
    application,
    async refresh(name) {
      const names = name === undefined ? await applicationNames(plane, namespace) : [name];
      await Promise.all(names.map(async (each) => {
        // A request that comes while Argo CD handles another is taken away with that one, which may have read Git before.
        await waitFor(`Argo CD to have handled the last request to look at ${each}`, async () => {
          const { status, body } = await plane.api.send('GET', objectPath(reference(each)));
          const isAsked = status === 200 && (JSON.parse(body) as Application).metadata.annotations?.[refreshAnnotation] !== undefined;
          return status === 404 || (status === 200 && !isAsked) ? true : undefined;
        }, { seconds: 240, programs: processes.programs });
        await patchThere(plane, objectPath(reference(each)), { metadata: { annotations: { [refreshAnnotation]: 'normal' } } });
      }));
    },
    async sync(name) {
      await patch(name, { operation: { initiatedBy: { username: 'slipway-e2e' }, sync: { prune: true } } });
    },
    synced(name, { revision, health = 'Healthy', seconds } = {}) {
      const what = `Synced and ${health}${revision === undefined ? '' : ` at ${revision}`}`;
      return application(name, what, (each) => isSynced(each, health, revision), seconds);
    },
  };
}

function isSynced({ status = {} }: Application, health: string, revision: string | undefined): boolean {
  const { sync, operationState } = status;
  const at = sync?.revision ?? sync?.revisions?.[0];
  const busy = operationState !== undefined && operationState.phase !== 'Succeeded';
  return sync?.status === 'Synced' && status.health?.status === health && !busy && (revision === undefined || at === revision);
}

function tellApplication({ status = {} }: Application): string {
  const { sync, health, operationState, conditions, resources = [] } = status;
  const odd = resources.filter((resource) => resource.status !== 'Synced').map(({ kind, name, status: state }) => `${kind} ${name} ${state}`);
  return tellStatus({ sync, health, operationState: { phase: operationState?.phase, message: operationState?.message }, conditions, notSynced: odd });
}

async function applicationNames(plane: Plane, namespace: string): Promise<string[]> {
  const list = (await plane.api.get(`/apis/argoproj.io/v1alpha1/namespaces/${namespace}/applications`)) as { readonly items: readonly Application[] };
  return list.items.map(({ metadata }) => metadata.name);
}
