import { z } from 'zod';
import { checkOptions, commonDefaults, commonFields, extraArgsProblems, flag, jitterFor, jitterProblems, packageOf, appProblems, type CommonOptions } from './options.ts';
import { gracefulStop } from './graceful-stop.ts';
import { probesFor } from './probes.ts';
import { sharedMetrics } from './shared-metrics.ts';
import type { Server, ServerProcess, ServerSetting } from './server.ts';

/** What `hypercorn` can be told beside the app. */
export interface HypercornOptions extends CommonOptions {
  /**
   * Processes that serve requests (`--workers`). With several, hypercorn 0.18 ends the busy ones as soon as an idle one has stopped: running
   * requests are cut at every update. More pods serve better.
   * @default 1
   */
  readonly workers?: number;
  /** Event loop of the workers (`--worker-class`); uvloop and trio are packages of their own. @default 'asyncio' */
  readonly worker?: 'asyncio' | 'uvloop' | 'trio';
}

/** What hypercorn is where nothing is said. */
export const hypercornDefaults = { ...commonDefaults, worker: 'asyncio', workers: 1 } as const;

const schema = z.strictObject({ ...commonFields, worker: z.enum(['asyncio', 'uvloop', 'trio']).optional() });

const owned = {
  '--access-log': 'accessLog', '--access-logfile': 'accessLog', '--bind': 'the app\'s port', '-b': 'the app\'s port', '--graceful-timeout': 'gracefulTimeout',
  '--keep-alive': 'keepAlive', '--max-requests': 'maxRequests', '--max-requests-jitter': 'maxRequestsJitter', '--worker-class': 'worker', '-k': 'worker',
  '--workers': 'workers', '-w': 'workers',
};

/** hypercorn, for ASGI apps with HTTP/2: `hypercorn('storefront.main:app')`. */
export function hypercorn(app: string, options: HypercornOptions = {}): Server {
  return { kind: 'hypercorn', ...packageOf(app), start: (setting) => start(app, options, setting) };
}

function start(app: string, input: HypercornOptions, setting: ServerSetting): ServerProcess {
  const where = `hypercorn(${JSON.stringify(app)})`;
  const { options, problems } = checkOptions(schema, input, where);
  const processes = options.workers ?? hypercornDefaults.workers;
  const stop = gracefulStop(setting, options.gracefulTimeout);
  const metrics = sharedMetrics(processes, setting.monitoring);
  return {
    command: ['hypercorn'],
    args: [
      app,
      '--bind', `0.0.0.0:${setting.port}`,
      '--worker-class', options.worker ?? hypercornDefaults.worker,
      '--workers', String(processes),
      '--graceful-timeout', String(stop.seconds),
      '--keep-alive', String(options.keepAlive ?? hypercornDefaults.keepAlive),
      ...flag('--max-requests', options.maxRequests),
      ...flag('--max-requests-jitter', jitterFor(options)),
      ...(options.accessLog ?? hypercornDefaults.accessLog ? ['--access-logfile', '-'] : []),
      ...(options.extraArgs ?? []),
    ],
    env: metrics.env,
    scratch: metrics.scratch,
    probes: probesFor(setting, false),
    workers: processes,
    gracefulSeconds: stop.seconds,
    problems: [...appProblems(app, where), ...problems, ...jitterProblems(options, where), ...extraArgsProblems(options.extraArgs, owned, where), ...stop.problems],
  };
}
