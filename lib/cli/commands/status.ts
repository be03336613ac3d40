import { setTimeout as sleep } from 'node:timers/promises';
import { controllerOn } from '../../controllers/registry.ts';
import type { Fleet } from '../../model/fleet.ts';
import { runsOn } from '../../model/placement.ts';
import { hostOf, runtimeReposOf } from '../../model/runtime-source.ts';
import type { Expected } from '../../status/absent.ts';
import { readHistory } from '../../status/commits.ts';
import { fleetStatus, type FleetStatus, type StatusHost } from '../../status/fleet-status.ts';
import { kubectl } from '../../status/kubectl.ts';
import { describeStatus, isAllWell } from '../../status/text.ts';
import { describeProblem, exitCodes, throwProblems, type Problem } from '../../values/errors.ts';
import { didYouMean } from '../../values/suggest.ts';
import { loadWorkspace } from '../../workspace.ts';
import type { Output } from '../output.ts';

/** What `slipway status` takes. */
export interface StatusOptions {
  /** Only this app, with its objects. @default - everything that is tracked */
  readonly app?: string;
  /** @default - all */
  readonly cluster?: readonly string[];
  /** @default - all */
  readonly environment?: readonly string[];
  readonly format: 'text' | 'json';
  /** @default - what kubectl itself finds */
  readonly kubeconfig?: string;
  /** @default - the context that has the cluster's name */
  readonly context?: string;
  /** Asks the controllers to look at Git now. @default false */
  readonly refresh?: boolean;
  /** Shows every change until it is interrupted. @default false */
  readonly watch?: boolean;
  /** Whether words may be coloured. */
  readonly colour: boolean;
}

/** Between two looks of `--watch`, in milliseconds. */
const pause = 2000;

/** Says how what is deployed is doing: 0 all is well, 1 something isn't, 2 something couldn't be asked. */
export async function status(options: StatusOptions, cwd: string, output: Output): Promise<number> {
  const fleet = await loadWorkspace(cwd);
  refuseUnknown(options, fleet);
  const hosts = hostsOf(options, fleet, cwd);
  const look = (refresh: boolean): Promise<FleetStatus> => fleetStatus({
    hosts,
    kubectl: kubectl({ cwd, ...(options.kubeconfig !== undefined && { kubeconfig: options.kubeconfig }) }),
    ...(options.context !== undefined && { context: options.context }),
    wants: ({ app, environment }) => (options.app === undefined || app === options.app) && (options.environment === undefined || options.environment.includes(environment ?? '')),
    patience: { looks: 30, pause: () => sleep(pause / 2) },
    ...(refresh && { refreshAt: new Date().toISOString() }),
  });
  if (options.watch !== true) return tell(await look(options.refresh === true), options, output);
  const { watch } = await import('../watch.ts');
  return watch({ look: () => look(false), first: () => look(options.refresh === true), tell: (found) => tell(found, options, output), textOf: (found) => textOf(found, options), pause, output });
}

function tell(found: FleetStatus, options: StatusOptions, output: Output): number {
  for (const note of found.notes) output.say(note);
  for (const problem of found.problems) output.say(describeProblem(problem));
  if (found.rows.length > 0 || found.problems.length === 0 || options.format === 'json') output.print(textOf(found, options));
  if (found.problems.length > 0) return exitCodes.error;
  return isAllWell(found.rows) ? exitCodes.ok : exitCodes.different;
}

function textOf({ rows, problems }: FleetStatus, { format, colour, app }: StatusOptions): string {
  if (format === 'json') return JSON.stringify({ rows, problems }, null, 2);
  return rows.length === 0 ? 'nothing is tracked that this asks for' : describeStatus(rows, { colour, tree: app !== undefined });
}

function hostsOf(options: StatusOptions, fleet: Fleet, cwd: string): StatusHost[] {
  const shown = fleet.clusters.filter(({ name }) => options.cluster?.includes(name) ?? true);
  const hosts = [...new Set(shown.map((cluster) => hostOf(cluster, fleet)))];
  // One after the other: runs of one process share their folder for clones.
  let last: Promise<unknown> = Promise.resolve();
  return hosts.map((cluster) => {
    const { kind, namespace } = controllerOn(cluster);
    const [repository] = runtimeReposOf(cluster, fleet);
    return {
      cluster,
      controller: { kind, namespace },
      shown: shown.filter((each) => hostOf(each, fleet) === cluster).map(({ name }) => name),
      expected: shown.filter((each) => hostOf(each, fleet) === cluster).flatMap((each) => expectedOn(each.name, fleet)),
      history: (commits, folders) => {
        const read = (): ReturnType<typeof readHistory> => readHistory({ folder: cwd, now: new Date(), ...(repository !== undefined && { repository }) }, commits, folders);
        // Whoever asked gets the failure of a read; the next one begins nevertheless.
        const found = last.then(read, read);
        last = found;
        return found;
      },
    };
  });
}

/** The apps that a cluster is to run, environment by environment. */
function expectedOn(cluster: string, { apps, environments }: Fleet): Expected[] {
  return environments.flatMap((environment) => apps.filter((app) => runsOn(app, environment, cluster)).map((app) => ({ cluster, environment: environment.name, app: app.name })));
}

function refuseUnknown(options: StatusOptions, fleet: Fleet): void {
  const problems: Problem[] = [];
  const check = (where: string, what: string, asked: readonly string[], known: readonly string[]): void => {
    for (const name of asked) if (!known.includes(name)) problems.push({ where, message: `expected ${what} of the fleet, got ${JSON.stringify(name)}.`, fix: `name one.${didYouMean(name, known)}` });
  };
  check('[app]', 'an app', options.app === undefined ? [] : [options.app], [...fleet.apps, ...fleet.externalApps].map(({ name }) => name));
  check('--cluster', 'a cluster', options.cluster ?? [], fleet.clusters.map(({ name }) => name));
  check('--environment', 'an environment', options.environment ?? [], fleet.environments.map(({ name }) => name));
  throwProblems(problems);
}
