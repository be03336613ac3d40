import { z } from 'zod';
import { quantitySchema } from '../../model/schema.ts';
import { memoryBytes } from '../../values/quantity.ts';
import { checkOptions, extraArgsProblems, flag } from '../servers/options.ts';
import type { Server, ServerProblem, ServerProcess, ServerSetting } from '../servers/server.ts';
import { countWorkers } from '../servers/workers.ts';
import { heartbeatProbes, heartbeatSchema, type HeartbeatOptions } from './companion-props.ts';
import { celeryAppProblems, celeryFields, celeryLogLevel, queueSchema, type CeleryOptions } from './celery.ts';

/** What runs the tasks of a Celery worker. */
export type CeleryPool = 'prefork' | 'threads' | 'gevent' | 'eventlet' | 'solo';

/** What a Celery worker can be told. */
export interface CeleryWorkerOptions extends CeleryOptions, HeartbeatOptions {
  /** Queues that it takes tasks from (`--queues`). @default - the app's default queue */
  readonly queues?: readonly string[];
  /** What runs its tasks (`--pool`). @default 'prefork' */
  readonly pool?: CeleryPool;
  /** Tasks at a time (`--concurrency`). @default - prefork: one per core of the CPU request, as far as memory goes; threads 8; gevent and eventlet 100 */
  readonly concurrency?: number;
  /** Messages taken in advance for each task that can run (`--prefetch-multiplier`). @default 1: what waits stays in the queue, where another pod can take it */
  readonly prefetchMultiplier?: number;
  /** Tasks after which a prefork process is replaced, against leaks (`--max-tasks-per-child`). @default - never */
  readonly maxTasksPerChild?: number;
  /** Memory from which on a prefork process is replaced after its task (`--max-memory-per-child`), such as 200Mi. @default - none */
  readonly maxMemoryPerChild?: string;
  /** Seconds after which a task gets an exception that it can catch (`--soft-time-limit`). @default - the app's own */
  readonly softTimeLimit?: number;
  /** Seconds after which a task is killed (`--time-limit`). @default - the app's own */
  readonly timeLimit?: number;
  /** Whether monitors get an event for each task (`--task-events`). @default false */
  readonly taskEvents?: boolean;
}

/** What a Celery worker is where nothing is said. */
export const celeryWorkerDefaults = { pool: 'prefork', prefetchMultiplier: 1, taskEvents: false, threads: 8, greenlets: 100 } as const;

const count = z.int().min(1).max(1_000_000);

export const celeryWorkerFields = {
  ...celeryFields,
  queues: z.array(queueSchema).min(1).optional(),
  pool: z.enum(['prefork', 'threads', 'gevent', 'eventlet', 'solo']).optional(),
  concurrency: z.int().min(1).max(10_000).optional(),
  prefetchMultiplier: z.int().min(0).max(100_000).optional(),
  maxTasksPerChild: count.optional(),
  maxMemoryPerChild: quantitySchema.optional(),
  softTimeLimit: count.optional(),
  timeLimit: count.optional(),
  taskEvents: z.boolean().optional(),
  heartbeat: heartbeatSchema.optional(),
};

const schema = z.strictObject(celeryWorkerFields);

const concurrencyOf: Readonly<Record<CeleryPool, (setting: ServerSetting) => number>> = {
  prefork: (setting) => countWorkers('threaded', setting),
  threads: () => celeryWorkerDefaults.threads,
  gevent: () => celeryWorkerDefaults.greenlets,
  eventlet: () => celeryWorkerDefaults.greenlets,
  solo: () => 1,
};

const owned = {
  '--app': 'app', '-A': 'app', '--concurrency': 'concurrency', '-c': 'concurrency', '--loglevel': 'logLevel', '-l': 'logLevel', '--max-memory-per-child': 'maxMemoryPerChild',
  '--max-tasks-per-child': 'maxTasksPerChild', '--pool': 'pool', '-P': 'pool', '--prefetch-multiplier': 'prefetchMultiplier', '--queues': 'queues', '-Q': 'queues',
  '--soft-time-limit': 'softTimeLimit', '--task-events': 'taskEvents', '-E': 'taskEvents', '--time-limit': 'timeLimit',
};

/** `celery worker` as a program that listens nowhere: on SIGTERM it takes no more tasks and finishes those that run. */
export function celeryWorkerProcess(options: CeleryWorkerOptions): Server {
  return { kind: 'celery worker', ...(options.app !== undefined && { package: options.app }), start: (setting) => start(options, setting) };
}

function start(input: CeleryWorkerOptions, setting: ServerSetting): ServerProcess {
  const { options, problems } = checkOptions(schema, input, 'celery worker');
  const pool = options.pool ?? celeryWorkerDefaults.pool;
  const concurrency = options.concurrency ?? concurrencyOf[pool](setting);
  return {
    command: ['celery'],
    args: [
      '--app', input.app ?? '', 'worker',
      '--loglevel', options.logLevel ?? celeryLogLevel,
      '--pool', pool,
      '--concurrency', String(concurrency),
      '--prefetch-multiplier', String(options.prefetchMultiplier ?? celeryWorkerDefaults.prefetchMultiplier),
      ...flag('--queues', options.queues?.join(',')),
      ...flag('--max-tasks-per-child', options.maxTasksPerChild),
      ...flag('--max-memory-per-child', options.maxMemoryPerChild === undefined ? undefined : Math.floor(memoryBytes(options.maxMemoryPerChild) / 1024)),
      ...flag('--soft-time-limit', options.softTimeLimit),
      ...flag('--time-limit', options.timeLimit),
      ...(options.taskEvents ?? celeryWorkerDefaults.taskEvents ? ['--task-events'] : []),
      ...(options.extraArgs ?? []),
    ],
    env: {},
    scratch: [],
    probes: heartbeatProbes(options.heartbeat),
    workers: concurrency,
    problems: [...celeryAppProblems(input.app), ...problems, ...poolProblems(options, pool), ...limitProblems(options, setting), ...extraArgsProblems(options.extraArgs, owned, 'celery worker')],
  };
}

/** Only processes of its own can be replaced or killed. */
function poolProblems(options: Partial<z.output<typeof schema>>, pool: CeleryPool): ServerProblem[] {
  if (pool === 'prefork') return [];
  return (['maxMemoryPerChild', 'maxTasksPerChild'] as const).flatMap((field) => options[field] === undefined
    ? []
    : [{ message: `celery worker: ${field}: expected it with pool "prefork" only, got pool ${JSON.stringify(pool)}`, fix: 'leave it out, or change the pool' }]);
}

function limitProblems({ softTimeLimit, timeLimit }: Partial<z.output<typeof schema>>, setting: ServerSetting): ServerProblem[] {
  const problems: ServerProblem[] = [];
  if (softTimeLimit !== undefined && timeLimit !== undefined && softTimeLimit >= timeLimit) {
    problems.push({ message: `celery worker: softTimeLimit: expected less than timeLimit ${timeLimit}, got ${softTimeLimit}`, fix: 'leave the task time to end by itself' });
  }
  const left = setting.gracePeriodSeconds - setting.preStopSeconds;
  if (timeLimit !== undefined && timeLimit >= left) {
    problems.push({ message: `celery worker: timeLimit: expected tasks to end before the pod is killed, which leaves ${left} s, got ${timeLimit} s`, fix: `set stop: { graceSeconds: ${timeLimit + taskMarginSeconds} }, or leave stop out` });
  }
  return problems;
}

/** Seconds between the end of the longest task and the kill: the worker has to acknowledge and disconnect. */
export const taskMarginSeconds = 15;
