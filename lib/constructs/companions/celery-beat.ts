import type { Construct } from 'constructs';
import { z } from 'zod';
import { PythonApp } from '../python-app/python-app.ts';
import { checkOptions, extraArgsProblems, flag } from '../servers/options.ts';
import type { ScratchFolder, Server, ServerProcess } from '../servers/server.ts';
import { celeryApp, celeryAppProblems, celeryFields, celeryLogLevel, type CeleryOptions } from './celery.ts';
import { heartbeatProbes, heartbeatSchema, type HeartbeatOptions, type WorkerProps } from './companion-props.ts';
import { pickOptions } from './pick-options.ts';
import { withShared } from './same-as.ts';

/** What `celery beat` can be told. */
export interface CeleryBeatOptions extends CeleryOptions, HeartbeatOptions {
  /** Scheduler class (`--scheduler`), such as `redbeat.RedBeatScheduler`, which remembers elsewhere what ran. @default - Celery's own, with a file */
  readonly scheduler?: string;
  /** Longest sleep between two looks at the schedule, in seconds (`--max-interval`). @default - the scheduler's own */
  readonly maxInterval?: number;
}

/** What `new CeleryBeat(scope, id, props)` takes. There is one of it, so that nothing is scheduled twice. */
export interface CeleryBeatProps extends CeleryBeatOptions, Omit<WorkerProps, 'autoscale' | 'disruptionBudget' | 'minReadySeconds' | 'replicas' | 'spread' | 'strategy'> {}

/** Where beat notes what it sent last. It starts empty with each pod: intervals begin anew then, and a time that passed meanwhile is left out. */
export const beatFolder: ScratchFolder = { name: 'celery-beat', mountPath: '/run/celery-beat', memory: false, sizeLimit: '16Mi' };

const fields = {
  ...celeryFields,
  scheduler: z.string().regex(/^[A-Za-z_][\w.]*(?::\w+)?$/, 'expected the dotted name of a scheduler class').optional(),
  maxInterval: z.int().min(1).max(86_400).optional(),
  heartbeat: heartbeatSchema.optional(),
};
const schema = z.strictObject(fields);
const owned = { '--app': 'app', '-A': 'app', '--loglevel': 'logLevel', '-l': 'logLevel', '--max-interval': 'maxInterval', '--schedule': 'the default', '-s': 'the default', '--scheduler': 'scheduler', '-S': 'scheduler' };

/**
 * Celery's scheduler: `new CeleryBeat(chart, 'beat', { sameAs: web })`. Exactly one pod, the old one gone before the new one starts, since
 * two of them would send everything twice.
 */
export class CeleryBeat extends PythonApp {
  constructor(scope: Construct, id: string, props: CeleryBeatProps) {
    const { options, rest: own } = pickOptions<CeleryBeatOptions, CeleryBeatProps>(props, fields);
    const app = celeryApp(options.app, own.sameAs);
    super(scope, id, {
      ...withShared(own),
      replicas: 1,
      strategy: { type: 'Recreate' },
      // A budget for a single pod would block every node drain, and there is nothing to spread.
      disruptionBudget: false,
      spread: false,
      server: beatProcess({ ...options, ...(app !== undefined && { app }) }),
      port: false,
    });
  }
}

function beatProcess(options: CeleryBeatOptions): Server {
  return { kind: 'celery beat', ...(options.app !== undefined && { package: options.app }), start: () => start(options) };
}

function start(input: CeleryBeatOptions): ServerProcess {
  const { options, problems } = checkOptions(schema, input, 'celery beat');
  const { scheduler } = options;
  return {
    command: ['celery'],
    args: [
      '--app', input.app ?? '', 'beat',
      '--loglevel', options.logLevel ?? celeryLogLevel,
      ...(scheduler === undefined ? ['--schedule', `${beatFolder.mountPath}/schedule`] : ['--scheduler', scheduler]),
      ...flag('--max-interval', options.maxInterval),
      ...(options.extraArgs ?? []),
    ],
    env: {},
    scratch: scheduler === undefined ? [beatFolder] : [],
    probes: heartbeatProbes(options.heartbeat),
    workers: 1,
    problems: [...celeryAppProblems(input.app), ...problems, ...extraArgsProblems(options.extraArgs, owned, 'celery beat')],
  };
}
