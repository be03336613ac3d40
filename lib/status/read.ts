import { compareText } from '../values/errors.ts';
import { listAt, textAt } from '../values/fields.ts';
import { readApplication } from './argo-cd.ts';
import type { RuntimeHistory } from './commits.ts';
import { readKustomization } from './flux.ts';
import type { KubeContext } from './kubectl.ts';
import { aliveIn, kindsToRead, resourceTree, treeHealth, type LiveObjects } from './live.ts';
import { addressesOf, imagesOf } from './outside.ts';
import { worst, type ResourceKey, type TrackedReading, type TrackedStatus } from './status.ts';
import { trackingSelector } from './tracking-labels.ts';

/** The controller of a host, and where its tracking objects lie. */
export interface HostController {
  readonly kind: 'argo-cd' | 'flux';
  readonly namespace: string;
}

/** What people call each controller. */
export const controllerNames = { 'argo-cd': 'Argo CD', flux: 'Flux' } as const satisfies Record<HostController['kind'], TrackedStatus['controller']>;

const kinds = {
  'argo-cd': ['applications.argoproj.io'],
  flux: ['kustomizations.kustomize.toolkit.fluxcd.io', 'gitrepositories.source.toolkit.fluxcd.io'],
} as const;

/** Reads what a host's controller tracks, sorted by cluster, environment and name. */
export async function readTracked(context: KubeContext, { kind, namespace }: HostController): Promise<TrackedReading[]> {
  const objects = await context.list(kinds[kind], ['--namespace', namespace, '--selector', trackingSelector]);
  return readings(kind, objects);
}

/** What tracking objects say, as the API server answered them. */
export function readings(kind: HostController['kind'], objects: readonly unknown[]): TrackedReading[] {
  if (kind === 'argo-cd') return objects.map(readApplication).sort(byPlace);
  const sources = new Map(objects.filter((object) => textAt(object, 'kind') === 'GitRepository').map((source) => [textAt(source, 'metadata', 'name'), textAt(source, 'status', 'artifact', 'revision')]));
  const found = objects.filter((object) => textAt(object, 'kind') === 'Kustomization').map((object) => readKustomization(object, sources.get(textAt(object, 'spec', 'sourceRef', 'name'))));
  const behind = new Set(objects.filter(isBehind).map((object) => textAt(object, 'metadata', 'name') ?? ''));
  return withPre(found, behind).sort(byPlace);
}

/** Flux tracks what has to finish before an app by a Kustomization of its own (`<name>.pre`): one app is one row nevertheless. */
function withPre(found: readonly TrackedReading[], behind: ReadonlySet<string>): TrackedReading[] {
  const names = new Set(found.map(({ name }) => name));
  const pres = new Map(found.filter(({ name }) => name.endsWith(suffix) && names.has(appOf(name))).map((each) => [appOf(each.name), each]));
  return found.filter(({ name }) => pres.get(appOf(name))?.name !== name).map((each) => {
    const pre = pres.get(each.name);
    if (pre === undefined) return each;
    // Without anything to do before the app it follows the app, and is nobody's business.
    if (behind.has(pre.name)) return { ...each, trackers: [...each.trackers, ...pre.trackers] };
    const result = pre.result?.phase === 'Failed' ? pre.result : each.result;
    return {
      ...each, trackers: [...pre.trackers, ...each.trackers], health: worst([each.health, pre.health]), folders: [...pre.folders, ...each.folders], ...(result !== undefined && { result }),
      resources: [...pre.resources, ...each.resources], problems: [...pre.problems.map((problem) => `before it: ${problem}`), ...each.problems],
    };
  });
}

const suffix = '.pre';

function appOf(name: string): string {
  return name.slice(0, -suffix.length);
}

/** Whether a `.pre` Kustomization waits for its app rather than the app for it. */
function isBehind(object: unknown): boolean {
  const name = textAt(object, 'metadata', 'name') ?? '';
  return name.endsWith(suffix) && listAt(object, 'spec', 'dependsOn').some((each) => textAt(each, 'name') === appOf(name));
}

/** Reads the objects that have a health of their own, and those that they own, namespace by namespace. */
export async function readLive(context: KubeContext, keys: readonly ResourceKey[]): Promise<LiveObjects> {
  const byNamespace = new Map<string, ResourceKey[]>();
  for (const key of keys) {
    if (key.namespace !== '') byNamespace.set(key.namespace, [...(byNamespace.get(key.namespace) ?? []), key]);
  }
  const wanted = [...byNamespace].map(([namespace, own]) => ({ namespace, kinds: kindsToRead(own) })).filter((each) => each.kinds.length > 0);
  const objects = await Promise.all(wanted.map((each) => context.list(each.kinds, ['--namespace', each.namespace])));
  return { kinds: new Set(wanted.flatMap((each) => each.kinds)), objects: objects.flat() };
}

/** What a person sees of a tracking object: what the controller says, what is alive, and the commit. */
export function statusOf(reading: TrackedReading, kind: HostController['kind'], live: LiveObjects | undefined, history: RuntimeHistory | undefined): TrackedStatus {
  const tree = resourceTree(reading.resources, live);
  const alive = aliveIn(tree, live);
  const commit = history?.commits.get(reading.revision ?? '');
  return {
    ...reading,
    controller: controllerNames[kind],
    // Argo CD judges the whole tree itself; Flux says only whether its own work was done.
    health: kind === 'flux' ? worst([reading.health, treeHealth(tree)]) : reading.health,
    sync: kind === 'flux' ? syncByFolder(reading, history) : reading.sync,
    ...(commit !== undefined && { commit }),
    resources: tree,
    images: imagesOf(alive),
    addresses: addressesOf(alive),
  };
}

/** A later commit that leaves the folder as it was changes nothing. */
function syncByFolder({ sync, revision, folders }: TrackedReading, history: RuntimeHistory | undefined): TrackedReading['sync'] {
  if (revision === undefined || history === undefined) return sync;
  const current = folders.map((folder) => history.isCurrent(revision, folder));
  return current.some((each) => each === undefined) ? sync : current.every((each) => each === true) ? 'Synced' : 'OutOfSync';
}

function byPlace(a: TrackedReading, b: TrackedReading): number {
  return compareText(a.cluster, b.cluster) || compareText(a.app === undefined ? '' : 'app', b.app === undefined ? '' : 'app') || compareText(a.environment ?? '', b.environment ?? '') || compareText(a.name, b.name);
}
