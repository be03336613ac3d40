import { z } from 'zod';
import { checkOptions, packageOf, secondsSchema } from './options.ts';
import { probesFor } from './probes.ts';
import { sharedMetrics } from './shared-metrics.ts';
import type { Server, ServerProblem, ServerProcess, ServerSetting } from './server.ts';
import { gracefulStop } from './graceful-stop.ts';
import { shown } from '../../values/shown.ts';

/** What `tornado` can be told beside the module or script. */
export interface TornadoOptions {
  /** Arguments of the app, one item each. @default - none */
  readonly args?: readonly string[];
  /** Option by which the app takes its port, such as `--port`, given as `--port=8888`. @default - none: the app listens on its port by itself, or reads PORT */
  readonly portOption?: string;
  /** Processes that the app forks itself. @default 1 */
  readonly processes?: number;
  /** Seconds for which the app, by its own code, finishes running requests after SIGTERM; checked against the grace period. @default - not known */
  readonly gracefulTimeout?: number;
}

/** What a Tornado app is where nothing is said. */
export const tornadoDefaults = { processes: 1 } as const;

const schema = z.strictObject({
  args: z.array(z.string()).optional(),
  portOption: z.string().regex(/^--?[A-Za-z][\w-]*$/, 'expected an option such as --port').optional(),
  processes: z.int().min(1).max(256).optional(),
  gracefulTimeout: secondsSchema.optional(),
});

/**
 * A Tornado app, which listens by itself: a module (`hello.main`, started by `python -m`) or a script (`app/main.py`). Tornado has no
 * handler for SIGTERM: as a container's first process it would ignore the signal and be killed, so the app has to set one.
 */
export function tornado(moduleOrScript: string, options: TornadoOptions = {}): Server {
  return { kind: 'tornado', ...(moduleOrScript.endsWith('.py') ? {} : packageOf(moduleOrScript)), start: (setting) => start(moduleOrScript, options, setting) };
}

function start(target: string, input: TornadoOptions, setting: ServerSetting): ServerProcess {
  const where = `tornado(${JSON.stringify(target)})`;
  const { options, problems } = checkOptions(schema, input, where);
  const processes = options.processes ?? tornadoDefaults.processes;
  const stop = options.gracefulTimeout === undefined ? undefined : gracefulStop(setting, options.gracefulTimeout);
  const metrics = sharedMetrics(processes, setting.monitoring);
  return {
    command: ['python'],
    args: [
      ...(target.endsWith('.py') ? [target] : ['-m', target]),
      ...(options.portOption === undefined ? [] : [`${options.portOption}=${setting.port}`]),
      ...(options.args ?? []),
    ],
    env: { ...metrics.env, PORT: String(setting.port) },
    scratch: metrics.scratch,
    probes: probesFor(setting, false),
    workers: processes,
    ...(stop !== undefined && { gracefulSeconds: stop.seconds }),
    problems: [...targetProblems(target, where), ...problems, ...(stop?.problems ?? [])],
  };
}

function targetProblems(target: unknown, where: string): ServerProblem[] {
  if (typeof target === 'string' && /^(?:[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*|[^-\s].*\.py)$/.test(target)) return [];
  return [{ message: `${where}: expected a module such as hello.main or a script such as app/main.py, got ${typeof target === 'string' ? shown(target) : typeof target}` }];
}
