import type { Construct } from 'constructs';
import { z } from 'zod';
import type { EnvInput } from '../python-app/env.ts';
import { PythonApp } from '../python-app/python-app.ts';
import { checkOptions, extraArgsProblems, flag } from '../servers/options.ts';
import type { Server, ServerProblem, ServerProcess, ServerSetting } from '../servers/server.ts';
import { countWorkers } from '../servers/workers.ts';
import { queueSchema } from './celery.ts';
import { heartbeatProbes, heartbeatSchema, workerMinReadySeconds, type HeartbeatOptions, type WorkerProps } from './companion-props.ts';
import { pickOptions } from './pick-options.ts';
import { stopWithin, withShared } from './same-as.ts';

/** What an RQ worker can be told. */
export interface RqWorkerOptions extends HeartbeatOptions {
  /** Queues, the most urgent first. @default ['default'] */
  readonly queues?: readonly string[];
  /** Jobs at a time: with several, `rq worker-pool` runs. @default - one per core of the CPU request, as far as memory goes */
  readonly workers?: number;
  /** Whether it also moves jobs whose time has come to their queues (`--with-scheduler`); with one worker only. @default false */
  readonly scheduler?: boolean;
  /** What is logged. @default 'INFO' */
  readonly logLevel?: 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR' | 'CRITICAL';
  /** Further arguments, one item each. @default - none */
  readonly extraArgs?: readonly string[];
}

/** What `new RqWorker(scope, id, props)` takes. */
export interface RqWorkerProps extends RqWorkerOptions, WorkerProps {
  /** Where Redis is (RQ_REDIS_URL); with a password in it, a key of a secret. @default - the environment that it shares says it */
  readonly redisUrl?: EnvInput;
}

/** What an RQ worker is where nothing is said. */
export const rqWorkerDefaults = { queues: ['default'], scheduler: false, logLevel: 'INFO', graceSeconds: 200 } as const;

const fields = {
  queues: z.array(queueSchema).min(1).optional(),
  workers: z.int().min(1).max(256).optional(),
  scheduler: z.boolean().optional(),
  logLevel: z.enum(['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL']).optional(),
  extraArgs: z.array(z.string().min(1)).optional(),
  heartbeat: heartbeatSchema.optional(),
};
const schema = z.strictObject(fields);
const owned = { '--logging_level': 'logLevel', '--logging-level': 'logLevel', '-l': 'logLevel', '--num-workers': 'workers', '--url': 'redisUrl', '-u': 'redisUrl', '--with-scheduler': 'scheduler', '-s': 'scheduler' };

/**
 * An RQ worker: `new RqWorker(chart, 'worker', { sameAs: web, queues: ['high', 'default'] })`. On SIGTERM it finishes its job; the grace
 * period of 200 seconds covers RQ's own limit of 180.
 */
export class RqWorker extends PythonApp {
  constructor(scope: Construct, id: string, props: RqWorkerProps) {
    const { options, rest: { redisUrl, ...own } } = pickOptions<RqWorkerOptions, RqWorkerProps>(props, fields);
    const shared = withShared(own);
    super(scope, id, {
      minReadySeconds: workerMinReadySeconds,
      ...shared,
      ...(redisUrl !== undefined && { env: { ...shared.env, RQ_REDIS_URL: redisUrl } }),
      stop: stopWithin(rqWorkerDefaults.graceSeconds, own.stop),
      server: rqProcess(options),
      port: false,
    });
  }
}

function rqProcess(options: RqWorkerOptions): Server {
  return { kind: 'rq worker', start: (setting) => start(options, setting) };
}

function start(input: RqWorkerOptions, setting: ServerSetting): ServerProcess {
  const { options, problems } = checkOptions(schema, input, 'rq worker');
  const scheduler = options.scheduler ?? rqWorkerDefaults.scheduler;
  const workers = options.workers ?? (scheduler ? 1 : countWorkers('threaded', setting));
  const level = options.logLevel ?? rqWorkerDefaults.logLevel;
  return {
    command: ['rq'],
    args: [
      ...(workers === 1 ? ['worker', '--logging_level', level] : ['worker-pool', '--logging-level', level, ...flag('--num-workers', workers)]),
      ...(scheduler ? ['--with-scheduler'] : []),
      ...(options.extraArgs ?? []),
      ...(options.queues ?? rqWorkerDefaults.queues),
    ],
    env: {},
    scratch: [],
    probes: heartbeatProbes(options.heartbeat),
    workers,
    problems: [...problems, ...schedulerProblems(scheduler, workers), ...extraArgsProblems(options.extraArgs, owned, 'rq worker')],
  };
}

function schedulerProblems(scheduler: boolean, workers: number): ServerProblem[] {
  if (!scheduler || workers === 1) return [];
  return [{ message: `rq worker: scheduler: expected it with one worker only, got ${workers}: \`rq worker-pool\` knows no scheduler`, fix: 'set workers: 1, or make an RqWorker of its own for it' }];
}
