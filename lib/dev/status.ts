import { binary, build } from '../control-plane/build.ts';
import { controllerOf } from '../controllers/registry.ts';
import { readHistory } from '../status/commits.ts';
import { fleetStatus, type FleetStatus } from '../status/fleet-status.ts';
import { kubectl } from '../status/kubectl.ts';
import { describeStatus, isAllWell } from '../status/text.ts';
import { describeProblem } from '../values/errors.ts';
import type { DevPlace } from './place.ts';
import { runningPrograms, type DevState } from './state.ts';

/** How a local control plane and what is delivered to it are doing. */
export interface DevStatus {
  /** Whether every program runs and every app is as Git says and healthy. */
  readonly well: boolean;
  readonly found: FleetStatus;
  /** Names of programs that have ended by themselves, sorted. */
  readonly ended: readonly string[];
  readonly text: string;
}

/** How it is told. */
export interface DevStatusOptions {
  /** Whether words may be coloured. @default false */
  readonly colour?: boolean;
  /** Whether single objects are left out. @default false */
  readonly brief?: boolean;
}

/** Asks a local control plane by kubectl and the product's own status. */
export async function devStatus(place: DevPlace, state: DevState, cwd: string, { colour = false, brief = false }: DevStatusOptions = {}): Promise<DevStatus> {
  const running = new Set((await runningPrograms(state)).map(({ pid }) => pid));
  const ended = state.programs.filter(({ pid }) => !running.has(pid)).map(({ name }) => name).sort();
  const { kind, namespace } = controllerOf(state.controller);
  const repository = { url: place.runtime, branch: 'main', path: '' };
  const found = await fleetStatus({
    hosts: [{
      cluster: { name: state.cluster },
      controller: { kind, namespace },
      shown: [state.cluster],
      history: (commits, folders) => readHistory({ folder: cwd, now: new Date(), repository }, commits, folders),
    }],
    kubectl: kubectl({ cwd, kubeconfig: place.kubeconfig, binary: binary(await build('kubernetes'), 'kubectl'), env: { PATH: process.env['PATH'], HOME: place.folder } }),
    context: state.context,
    wants: () => true,
    patience: { looks: 0, pause: () => Promise.resolve() },
  });
  const lines = [
    ...found.notes,
    ...found.problems.map(describeProblem),
    ...state.programs.filter(({ name }) => ended.includes(name)).map(({ name, log }) => `${name} has ended: see ${log}; slipway dev down && slipway dev up starts anew`),
    ...(found.rows.length === 0 ? [] : [describeStatus(brief ? found.rows.map((row) => ({ ...row, resources: [] })) : found.rows, { colour, tree: false })]),
  ];
  return { well: ended.length === 0 && found.problems.length === 0 && found.rows.length > 0 && isAllWell(found.rows), found, ended, text: lines.join('\n') };
}
