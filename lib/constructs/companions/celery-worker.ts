import type { Construct } from 'constructs';
import { PythonApp } from '../python-app/python-app.ts';
import { celeryApp } from './celery.ts';
import { celeryWorkerFields, celeryWorkerProcess, taskMarginSeconds, type CeleryWorkerOptions } from './celery-worker-process.ts';
import { workerMinReadySeconds, type WorkerProps } from './companion-props.ts';
import { pickOptions } from './pick-options.ts';
import { stopWithin, withShared } from './same-as.ts';

/** What `new CeleryWorker(scope, id, props)` takes. */
export interface CeleryWorkerProps extends CeleryWorkerOptions, WorkerProps {}

/** Seconds that running tasks get to end when nothing is said about their length. */
export const celeryGraceSeconds = 300;

/**
 * A Celery worker: `new CeleryWorker(chart, 'worker', { sameAs: web, queues: ['orders'] })`. It has no port and no readiness probe; a new
 * one has to run 10 seconds before an old one goes. On SIGTERM it finishes its tasks: the grace period is the time limit and 15 seconds,
 * or 300 seconds where no limit is said; a longer task is cut, and runs again only where it acknowledges late.
 */
export class CeleryWorker extends PythonApp {
  constructor(scope: Construct, id: string, props: CeleryWorkerProps) {
    const { options, rest: own } = pickOptions<CeleryWorkerOptions, CeleryWorkerProps>(props, celeryWorkerFields);
    const app = celeryApp(options.app, own.sameAs);
    const graceSeconds = typeof options.timeLimit === 'number' ? options.timeLimit + taskMarginSeconds : celeryGraceSeconds;
    super(scope, id, {
      minReadySeconds: workerMinReadySeconds,
      ...withShared(own),
      stop: stopWithin(graceSeconds, own.stop),
      server: celeryWorkerProcess({ ...options, ...(app !== undefined && { app }) }),
      port: false,
    });
  }
}
