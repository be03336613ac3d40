import { z } from 'zod';
import { appProblems, checkOptions, commonDefaults, commonFields, extraArgsProblems, flag, jitterFor, jitterProblems, packageOf, type CommonOptions } from './options.ts';
import { gracefulStop } from './graceful-stop.ts';
import { probesFor } from './probes.ts';
import { sharedMetrics } from './shared-metrics.ts';
import type { Server, ServerProblem, ServerProcess, ServerSetting } from './server.ts';
import { countWorkers } from './workers.ts';

/** What `uvicorn` can be told beside the app. */
export interface UvicornOptions extends CommonOptions {
  /** Whether the app is a function that makes the app (`--factory`). @default false */
  readonly factory?: boolean;
  /** Proxies whose `X-Forwarded-*` is believed (`--forwarded-allow-ips`): addresses, or `*` where only the gateway reaches the pods. @default - uvicorn's own: loopback */
  readonly trustedProxies?: readonly string[];
}

/** What uvicorn is where nothing is said. */
export const uvicornDefaults = { ...commonDefaults, factory: false } as const;

const schema = z.strictObject({
  ...commonFields,
  factory: z.boolean().optional(),
  trustedProxies: z.array(z.string().min(1)).min(1).optional(),
});

const owned = {
  '--access-log': 'accessLog', '--no-access-log': 'accessLog', '--factory': 'factory', '--forwarded-allow-ips': 'trustedProxies', '--host': 'the default',
  '--limit-max-requests': 'maxRequests', '--limit-max-requests-jitter': 'maxRequestsJitter', '--port': 'the app\'s port',
  '--timeout-graceful-shutdown': 'gracefulTimeout', '--timeout-keep-alive': 'keepAlive', '--workers': 'workers',
};

/** uvicorn, for ASGI apps: `uvicorn('storefront.main:app')`. */
export function uvicorn(app: string, options: UvicornOptions = {}): Server {
  return { kind: 'uvicorn', ...packageOf(app), start: (setting) => start(app, options, setting) };
}

function start(app: string, input: UvicornOptions, setting: ServerSetting): ServerProcess {
  const where = `uvicorn(${JSON.stringify(app)})`;
  const { options, problems } = checkOptions(schema, input, where);
  const processes = options.workers ?? countWorkers('async', setting);
  const stop = gracefulStop(setting, options.gracefulTimeout);
  const metrics = sharedMetrics(processes, setting.monitoring);
  return {
    command: ['uvicorn'],
    args: [
      app,
      '--host', '0.0.0.0', '--port', String(setting.port),
      '--workers', String(processes),
      ...(options.factory ?? uvicornDefaults.factory ? ['--factory'] : []),
      '--timeout-graceful-shutdown', String(stop.seconds),
      '--timeout-keep-alive', String(options.keepAlive ?? uvicornDefaults.keepAlive),
      ...flag('--limit-max-requests', options.maxRequests),
      ...flag('--limit-max-requests-jitter', options.maxRequests === undefined ? undefined : jitterFor(options)),
      ...flag('--forwarded-allow-ips', options.trustedProxies?.join(',')),
      options.accessLog ?? uvicornDefaults.accessLog ? '--access-log' : '--no-access-log',
      ...(options.extraArgs ?? []),
    ],
    env: metrics.env,
    scratch: metrics.scratch,
    probes: probesFor(setting, processes > 1),
    workers: processes,
    gracefulSeconds: stop.seconds,
    problems: [
      ...appProblems(app, where), ...problems, ...restartProblems(options.maxRequests, processes, where), ...jitterProblems(options, where),
      ...extraArgsProblems(options.extraArgs, owned, where), ...stop.problems,
    ],
  };
}

function restartProblems(maxRequests: number | undefined, processes: number, where: string): ServerProblem[] {
  if (maxRequests === undefined || processes > 1) return [];
  return [{
    message: `${where}: maxRequests: expected it with 2 or more workers, got 1: uvicorn replaces no single process, so the container would restart`,
    fix: 'set workers: 2, or use gunicorn with worker: \'uvicorn\'',
  }];
}
