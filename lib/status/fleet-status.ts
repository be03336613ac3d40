import type { Cluster } from '../model/cluster.ts';
import { describeProblem, SlipwayError, type Problem } from '../values/errors.ts';
import { absentOf, absentRow, type Expected } from './absent.ts';
import type { RuntimeHistory } from './commits.ts';
import type { KubeContext, Kubectl } from './kubectl.ts';
import type { LiveObjects } from './live.ts';
import { controllerNames, readLive, readTracked, statusOf, type HostController } from './read.ts';
import { refresh, type Patience } from './refresh.ts';
import type { TrackedReading, TrackedStatus } from './status.ts';

/** A cluster whose controller is asked. */
export interface StatusHost {
  readonly cluster: Pick<Cluster, 'name'>;
  readonly controller: HostController;
  /** The clusters to show: itself, or members that it delivers to. */
  readonly shown: readonly string[];
  /** The apps that these clusters are to run: those that nothing tracks are shown as missing. @default - none, so that only what is tracked is shown */
  readonly expected?: readonly Expected[];
  /** Reads commits of its runtime repo. */
  readonly history: (commits: readonly string[], folders: readonly { readonly commit: string; readonly folder: string }[]) => Promise<RuntimeHistory>;
}

/** What is asked. */
export interface StatusQuery {
  readonly hosts: readonly StatusHost[];
  readonly kubectl: Kubectl;
  /** A context for all of it. @default - the context that has the cluster's name; of a single cluster also the current one */
  readonly context?: string;
  /** Only what this matches. */
  readonly wants: (reading: TrackedReading) => boolean;
  /** Asks the controllers to look at Git first; the text differs each time. @default - no */
  readonly refreshAt?: string;
  /** How long to wait for them then. */
  readonly patience: Patience;
}

/** What was found, and what couldn't be asked. */
export interface FleetStatus {
  readonly rows: readonly TrackedStatus[];
  readonly problems: readonly Problem[];
  /** What is left out of the rows for a reason that is no failure. */
  readonly notes: readonly string[];
}

/** Reads every host; one that can't be reached doesn't hide the others. */
export async function fleetStatus(query: StatusQuery): Promise<FleetStatus> {
  const contexts = await query.kubectl.contexts();
  const single = query.hosts.length === 1;
  const all = await Promise.all(query.hosts.map(async (host): Promise<FleetStatus> => {
    try {
      const name = query.context ?? (contexts.names.includes(host.cluster.name) ? host.cluster.name : single ? contexts.current : undefined);
      if (name === undefined || !contexts.names.includes(name)) throw noContext(host.cluster.name, query.context, contexts.names);
      return await hostStatus(host, name, contexts.names, query);
    } catch (error) {
      if (!(error instanceof SlipwayError)) throw error;
      return { rows: [], problems: error.problems.map((problem) => ({ ...problem, where: `${host.cluster.name}: ${problem.where}` })), notes: [] };
    }
  }));
  return { rows: all.flatMap(({ rows }) => rows), problems: all.flatMap(({ problems }) => problems), notes: all.flatMap(({ notes }) => notes) };
}

async function hostStatus(host: StatusHost, context: string, contexts: readonly string[], query: StatusQuery): Promise<FleetStatus> {
  const { controller, cluster } = host;
  const at = query.kubectl.at(context);
  let tracked = await readTracked(at, controller);
  const root = tracked.find(({ name }) => name === 'root');
  if (root === undefined || root.cluster !== cluster.name) {
    throw SlipwayError.of(`context ${context}`, `expected the cluster ${cluster.name}, found ${root === undefined ? 'no root object of Slipway\'s' : `the root of ${root.cluster}`} in ${controller.namespace}`, 'name its context with --context');
  }
  const wanted = (all: readonly TrackedReading[]): TrackedReading[] => all.filter((reading) => host.shown.includes(reading.cluster) && query.wants(reading));
  const notes: string[] = [];
  if (query.refreshAt !== undefined) {
    const waiting = await refresh(at, controller, wanted(tracked).flatMap(({ trackers }) => trackers), query.refreshAt, query.patience);
    if (waiting.length > 0) notes.push(`${cluster.name}: hasn't looked at ${waiting.join(', ')} yet`);
    tracked = await readTracked(at, controller);
  }
  const rows = wanted(tracked);
  const live = new Map<string, LiveObjects>();
  for (const name of new Set(rows.map((row) => row.cluster))) {
    const there: KubeContext | undefined = name === cluster.name ? at : contexts.includes(name) ? query.kubectl.at(name) : undefined;
    if (there === undefined) notes.push(`${name}: no context of this name, so its objects aren't looked at; what ${cluster.name} says of it is shown`);
    else live.set(name, await readLive(there, rows.filter((row) => row.cluster === name).flatMap(({ resources }) => resources)));
  }
  const history = await historyOf(host, rows, notes);
  const found = rows.map((row) => statusOf(row, controller.kind, live.get(row.cluster), history));
  const absent = absentOf(host.expected ?? [], tracked).map((each) => absentRow(each, controllerNames[controller.kind]));
  return { rows: [...found, ...absent.filter((row) => query.wants(row))], problems: [], notes };
}

async function historyOf({ history }: StatusHost, rows: readonly TrackedReading[], notes: string[]): Promise<RuntimeHistory | undefined> {
  const revisions = rows.flatMap(({ revision }) => revision ?? []);
  try {
    return await history(revisions, rows.flatMap(({ revision, folders }) => (revision === undefined ? [] : folders.map((folder) => ({ commit: revision, folder })))));
  } catch (error) {
    if (!(error instanceof SlipwayError)) throw error;
    notes.push(`commits aren't told: ${error.problems.map(describeProblem).join('; ')}`);
    return undefined;
  }
}

function noContext(cluster: string, asked: string | undefined, names: readonly string[]): SlipwayError {
  return SlipwayError.of('kubeconfig', `expected a context ${asked === undefined ? `named ${cluster}` : JSON.stringify(asked)}, found ${names.length === 0 ? 'no context at all' : [...names].sort().join(', ')}`, `rename one (kubectl config rename-context <name> ${cluster}), or ask for one cluster and name its context: --cluster ${cluster} --context <name>`);
}
