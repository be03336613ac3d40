import { z } from 'zod';
import { appProblems, checkOptions, commonDefaults, commonFields, extraArgsProblems, flag, jitterFor, jitterProblems, packageOf, secondsSchema, type CommonOptions } from './options.ts';
import { gracefulStop } from './graceful-stop.ts';
import { probesFor } from './probes.ts';
import { sharedMetrics } from './shared-metrics.ts';
import type { ScratchFolder, Server, ServerProblem, ServerProcess, ServerSetting } from './server.ts';
import { countWorkers, type WorkerKind } from './workers.ts';

/** How gunicorn's workers serve: one request at a time, in threads, or ASGI in an event loop. */
export type GunicornWorker = 'sync' | 'gthread' | 'uvicorn';

/** What `gunicorn` can be told beside the app. */
export interface GunicornOptions extends CommonOptions {
  /** How the workers serve. @default 'gthread' */
  readonly worker?: GunicornWorker;
  /**
   * Worker class (`--worker-class`), by gunicorn's name or dotted. `uvicorn.workers.UvicornWorker` is for images without the package
   * uvicorn-worker (uvicorn deprecates its own), `asgi` is gunicorn's own from 25 on.
   * @default - the worker's: sync, gthread or uvicorn_worker.UvicornWorker
   */
  readonly workerClass?: string;
  /** Threads of a gthread worker (`--threads`). @default 4 */
  readonly threads?: number;
  /** Seconds after which a silent worker is killed and replaced (`--timeout`); for sync also the longest request. @default - gunicorn's own: 30 */
  readonly timeout?: number;
  /** Proxies whose `X-Forwarded-*` is believed (`--forwarded-allow-ips`): addresses, or `*` where only the gateway reaches the pods. @default - gunicorn's own: loopback */
  readonly trustedProxies?: readonly string[];
}

/** What gunicorn's workers are where nothing is said. */
export const gunicornDefaults = { ...commonDefaults, worker: 'gthread', threads: 4 } as const;

const workers: Readonly<Record<GunicornWorker, { readonly kind: WorkerKind; readonly workerClass: string }>> = {
  sync: { kind: 'sync', workerClass: 'sync' },
  gthread: { kind: 'threaded', workerClass: 'gthread' },
  uvicorn: { kind: 'async', workerClass: 'uvicorn_worker.UvicornWorker' },
};

/** Where gunicorn keeps its heartbeat files and, from version 25.1, its control socket: on a disk a heartbeat can block for seconds. */
export const gunicornFolder: ScratchFolder = { name: 'gunicorn', mountPath: '/run/gunicorn', memory: true, sizeLimit: '8Mi' };

const schema = z.strictObject({
  ...commonFields,
  worker: z.enum(['sync', 'gthread', 'uvicorn']).optional(),
  workerClass: z.string().regex(/^[A-Za-z_][\w.]*$/, 'expected the name of a worker class').optional(),
  threads: z.int().min(1).max(1000).optional(),
  timeout: secondsSchema.optional(),
  trustedProxies: z.array(z.string().min(1)).min(1).optional(),
});

const owned = {
  '--access-logfile': 'accessLog', '--bind': 'the app\'s port', '-b': 'the app\'s port', '--forwarded-allow-ips': 'trustedProxies',
  '--graceful-timeout': 'gracefulTimeout', '--keep-alive': 'keepAlive', '--max-requests': 'maxRequests', '--max-requests-jitter': 'maxRequestsJitter',
  '--threads': 'threads', '--timeout': 'timeout', '-t': 'timeout', '--worker-class': 'worker', '-k': 'worker', '--worker-tmp-dir': 'the default',
  '--workers': 'workers', '-w': 'workers',
};

/** gunicorn, for WSGI apps (`sync`, `gthread`) and ASGI apps (`uvicorn`): `gunicorn('storefront.main:app', { worker: 'uvicorn' })`. */
export function gunicorn(app: string, options: GunicornOptions = {}): Server {
  return { kind: 'gunicorn', ...packageOf(app), start: (setting) => start(app, options, setting) };
}

function start(app: string, input: GunicornOptions, setting: ServerSetting): ServerProcess {
  const where = `gunicorn(${JSON.stringify(app)})`;
  const { options, problems } = checkOptions(schema, input, where);
  const worker = workers[options.worker ?? gunicornDefaults.worker];
  const processes = options.workers ?? countWorkers(worker.kind, setting);
  const stop = gracefulStop(setting, options.gracefulTimeout);
  const metrics = sharedMetrics(processes, setting.monitoring);
  return {
    command: ['gunicorn'],
    args: [
      app,
      '--bind', `0.0.0.0:${setting.port}`,
      '--worker-class', options.workerClass ?? worker.workerClass,
      '--workers', String(processes),
      ...(worker.kind === 'threaded' ? flag('--threads', options.threads ?? gunicornDefaults.threads) : []),
      '--worker-tmp-dir', gunicornFolder.mountPath,
      ...flag('--timeout', options.timeout),
      '--graceful-timeout', String(stop.seconds),
      '--keep-alive', String(options.keepAlive ?? gunicornDefaults.keepAlive),
      ...flag('--max-requests', options.maxRequests),
      ...flag('--max-requests-jitter', jitterFor(options)),
      ...flag('--forwarded-allow-ips', options.trustedProxies?.join(',')),
      ...(options.accessLog ?? gunicornDefaults.accessLog ? ['--access-logfile', '-'] : []),
      ...(options.extraArgs ?? []),
    ],
    // The control socket follows XDG_RUNTIME_DIR; a flag would stop older gunicorns from starting.
    env: { ...metrics.env, XDG_RUNTIME_DIR: gunicornFolder.mountPath },
    scratch: [gunicornFolder, ...metrics.scratch],
    probes: probesFor(setting, true),
    workers: processes,
    gracefulSeconds: stop.seconds,
    problems: [
      ...appProblems(app, where), ...problems, ...threadProblems(options, worker.kind, where), ...jitterProblems(options, where),
      ...extraArgsProblems(options.extraArgs, owned, where), ...stop.problems,
    ],
  };
}

function threadProblems(options: Partial<z.output<typeof schema>>, kind: WorkerKind, where: string): ServerProblem[] {
  if (options.threads === undefined || kind === 'threaded') return [];
  return [{ message: `${where}: threads: expected none with worker ${JSON.stringify(options.worker)}, got ${options.threads}`, fix: 'leave it out, or choose worker: \'gthread\'' }];
}
