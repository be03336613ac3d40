import { describe, expect, it } from 'vitest';
import { CeleryBeat, type CeleryBeatProps } from '../../../lib/constructs/companions/celery-beat.ts';
import { CeleryWorker, type CeleryWorkerProps } from '../../../lib/constructs/companions/celery-worker.ts';
import { DatabaseMigration } from '../../../lib/constructs/companions/database-migration.ts';
import { ScheduledTask } from '../../../lib/constructs/companions/scheduled-task.ts';
import { RqWorker, type RqWorkerProps } from '../../../lib/constructs/companions/rq-worker.ts';
import { command } from '../../../lib/constructs/servers/command.ts';
import { gunicorn } from '../../../lib/constructs/servers/gunicorn.ts';
import { objectsOf, pin, problemsOf, testChart } from '../support.ts';
import { storefront } from './samples.ts';

function argsOf(worker: CeleryWorker | CeleryBeat | RqWorker): string {
  expect(problemsOf(worker)).toEqual([]);
  return [...worker.pod?.container.command ?? [], ...worker.pod?.container.args ?? []].join(' ');
}

describe('a Celery worker', () => {
  it.each([
    ['storefront.main:app', 'storefront'], ['shop.storefront.main:app', 'shop.storefront'],
  ])('of an app that serves %s runs the Celery app %s', (served, app) => {
    const { chart, web } = storefront({ server: gunicorn(served) });
    expect(argsOf(new CeleryWorker(chart, 'worker', { sameAs: web }))).toContain(`celery --app ${app} worker `);
  });

  it('may share another worker, whose Celery app it runs', () => {
    const { chart, web } = storefront();
    const worker = new CeleryWorker(chart, 'worker', { sameAs: web, app: 'storefront.tasks' });
    expect(argsOf(new CeleryBeat(chart, 'beat', { sameAs: worker }))).toContain('celery --app storefront.tasks beat ');
  });

  it('needs the name of its Celery app where none can be known', () => {
    const { chart, web } = storefront({ server: command(['python', '-m', 'serve']) });
    new CeleryWorker(chart, 'worker', { sameAs: web });
    new CeleryWorker(chart, 'odd', { sameAs: web, app: 'two words' });
    expect(problemsOf(chart)).toEqual([
      'storefront/odd: server: expected a Celery app such as storefront or storefront.tasks:app, got "two words"',
      expect.stringMatching(/^storefront\/worker: server: expected a Celery app, got nothing\n {4}fix: name it/),
    ]);
  });

  it.each<[CeleryWorkerProps['pool'], string, number]>([['prefork', 'small', 1], ['prefork', 'large', 1], ['threads', 'small', 8], ['gevent', 'small', 100], ['solo', 'large', 1]])('of pool %s and size %s takes %d tasks at a time', (pool, size, tasks) => {
    const { chart, web } = storefront();
    expect(argsOf(new CeleryWorker(chart, 'worker', { sameAs: web, pool, size }))).toContain(`--concurrency ${tasks} `);
  });

  it('gets time to finish its longest task, and says so when the pod would be killed first', () => {
    const { chart, web } = storefront();
    const grace = (props: Partial<CeleryWorkerProps>, id: string) => new CeleryWorker(chart, id, { sameAs: web, ...props }).pod?.template.spec.terminationGracePeriodSeconds;
    expect(grace({}, 'a')).toBe(300);
    expect(grace({ timeLimit: 1200 }, 'b')).toBe(1215);
    expect(grace({ timeLimit: 20, stop: { graceSeconds: 60 } }, 'c')).toBe(60);
    expect(problemsOf(chart)).toEqual([]);
    grace({ timeLimit: 90, stop: { graceSeconds: 60 } }, 'd');
    expect(problemsOf(chart)).toEqual([expect.stringMatching(/^storefront\/d: server: celery worker: timeLimit: expected tasks to end before the pod is killed, which leaves 60 s, got 90 s\n {4}fix: set stop: \{ graceSeconds: 105 \}/)]);
  });

  it('tells every wrong option at once, and nothing of what it shares a second time', () => {
    const { chart, web } = storefront({ env: { SITE: {} as unknown as string } });
    const wrong = { queues: ['a,b'], pool: 'fork', concurrency: 0, timeLimit: 5, softTimeLimit: 9, heartbeat: { file: 'beat' }, extraArgs: ['-c4'] } as unknown as CeleryWorkerProps;
    new CeleryWorker(chart, 'worker', { ...wrong, sameAs: web });
    const problems = problemsOf(chart);
    expect(problems.filter((problem) => problem.startsWith('storefront/web'))).toHaveLength(1);
    expect(problems.filter((problem) => problem.startsWith('storefront/worker')).map((problem) => /celery worker: ([\w.[\]]+)/.exec(problem)?.[1])).toEqual(['concurrency', 'heartbeat.file', 'pool', 'queues[0]']);
  });

  it('refuses options that only processes know with other pools, and a soft limit above the hard one', () => {
    const { chart, web } = storefront();
    new CeleryWorker(chart, 'worker', { sameAs: web, pool: 'threads', maxTasksPerChild: 5, maxMemoryPerChild: '1Gi', softTimeLimit: 9, timeLimit: 5, extraArgs: ['-c4'] });
    expect(problemsOf(chart).map((problem) => /celery worker: (\w+)/.exec(problem)?.[1])).toEqual(['extraArgs', 'maxMemoryPerChild', 'maxTasksPerChild', 'softTimeLimit']);
  });
});

describe('what a companion shares', () => {
  it('is image, account, environment, secrets, calls and network policy, of which its own win', () => {
    const { chart, web } = storefront();
    const worker = new CeleryWorker(chart, 'worker', { sameAs: web, image: pin('worker'), env: { SITE: 'mail', QUEUE: 'x' }, config: { CURRENCY: 'USD' }, networkPolicy: { allowEgress: [{ cidr: '10.9.0.0/16', ports: [6379] }] } });
    expect(problemsOf(chart)).toEqual([]);
    expect(worker.pod?.container.image).toBe('registry.example/acme/worker');
    expect(worker.pod?.serviceAccount).toBe('storefront-web');
    const env = Object.fromEntries((worker.pod?.container.env ?? []).map(({ name, value }) => [name, value]));
    expect(env).toMatchObject({ SITE: 'mail', QUEUE: 'x', FLASK_API_URL: 'http://flask-api.flask-api-prod.svc.cluster.local:80' });
    expect(worker.config?.configMap).toMatch(/^storefront-worker-config-/);
    expect(JSON.stringify(worker.object('NetworkPolicy').value)).toMatch(/10\.2\.0\.0\/16.*10\.9\.0\.0\/16/);
  });

  it('is the same ConfigMap, so that there is one of it, and the files that the app mounts', () => {
    const { chart, web } = storefront({ configFiles: { mountPath: '/etc/shop', files: { 'a.toml': 'x = 1' } } });
    const worker = new CeleryWorker(chart, 'worker', { sameAs: web });
    expect(worker.config).toBe(web.config);
    const files = (app: typeof web) => app.pod?.template.spec.volumes?.find((volume) => volume.name === 'config-files');
    expect(files(worker)?.configMap?.name).toBe(files(web)?.configMap?.name);
    expect(worker.pod?.container.volumeMounts).toContainEqual({ name: 'config-files', mountPath: '/etc/shop', readOnly: true });
  });

  it('is neither the ports, the health path nor the way in', () => {
    const { chart, web } = storefront({ port: 9000, health: '/healthz', service: undefined });
    const worker = new CeleryWorker(chart, 'worker', { sameAs: web });
    expect(worker.pod?.container).not.toHaveProperty('ports');
    expect(worker.pod?.container).not.toHaveProperty('readinessProbe');
    expect(objectsOf(worker).map((object) => object.kind)).toEqual(['Deployment', 'PodDisruptionBudget', 'NetworkPolicy']);
  });

  it('may be nothing: then it says its own image, and gets an account of its own', () => {
    const chart = testChart();
    const worker = new CeleryWorker(chart, 'worker', { image: pin('storefront'), app: 'storefront.tasks' });
    expect(problemsOf(chart)).toEqual([]);
    expect(worker.pod?.serviceAccount).toBe('storefront-worker');
    new RqWorker(chart, 'rq', {});
    expect(problemsOf(chart)).toEqual([expect.stringMatching(/^storefront\/rq: image: /)]);
  });

  it.each(['env', 'secrets', 'calls', 'volumes', 'networkPolicy'])('is never combined with %s of another type: that is told', (field) => {
    const { chart, web } = storefront();
    new CeleryWorker(chart, 'worker', { sameAs: web, [field]: 7 });
    expect(problemsOf(chart)).toEqual([expect.stringContaining(`storefront/worker: ${field}: `)]);
  });

  it('needs props that are an object', () => {
    const chart = testChart();
    for (const [index, Companion] of [CeleryWorker, CeleryBeat, RqWorker, DatabaseMigration, ScheduledTask].entries()) new Companion(chart, `c${index}`, (index % 2 === 0 ? undefined : 'x') as never);
    expect(new Set(problemsOf(chart).map((problem) => problem.slice(0, 'storefront/c0'.length)))).toEqual(new Set(['storefront/c0', 'storefront/c1', 'storefront/c2', 'storefront/c3', 'storefront/c4']));
  });

  it('comes from an app only', () => {
    const { chart } = storefront();
    new CeleryWorker(chart, 'worker', { sameAs: 'web' as unknown as CeleryWorkerProps['sameAs'], app: 'a', image: 'a:1' } as CeleryWorkerProps);
    expect(problemsOf(chart)).toEqual([expect.stringMatching(/^storefront\/worker: sameAs: /)]);
  });
});

describe('Celery beat', () => {
  it('is one pod, whatever its props say', () => {
    const { chart, web } = storefront();
    const beat = new CeleryBeat(chart, 'beat', { sameAs: web, replicas: 3, strategy: { type: 'RollingUpdate' } } as unknown as CeleryBeatProps);
    expect(beat.object('Deployment').value.spec).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } });
    expect(objectsOf(beat).map((object) => object.kind)).toEqual(['Deployment', 'NetworkPolicy']);
  });

  it('needs no folder with a scheduler that remembers elsewhere', () => {
    const { chart, web } = storefront();
    const beat = new CeleryBeat(chart, 'beat', { sameAs: web, scheduler: 'redbeat.RedBeatScheduler' });
    expect(argsOf(beat)).toBe('celery --app storefront beat --loglevel INFO --scheduler redbeat.RedBeatScheduler');
    expect(beat.pod?.template.spec.volumes?.map((volume) => volume.name)).toEqual(['tmp']);
  });
});

describe('an RQ worker', () => {
  it.each<[Partial<RqWorkerProps>, string]>([
    [{}, 'rq worker --logging_level INFO default'], [{ scheduler: true, queues: ['a', 'b'] }, 'rq worker --logging_level INFO --with-scheduler a b'],
    [{ workers: 3, logLevel: 'DEBUG' }, 'rq worker-pool --logging-level DEBUG --num-workers 3 default'],
  ])('with %j starts %s', (props, line) => {
    const { chart, web } = storefront();
    expect(argsOf(new RqWorker(chart, 'rq', { sameAs: web, ...props }))).toBe(line);
  });

  it('refuses a scheduler in a pool, a queue that would be an option, and a password in its address', () => {
    const { chart, web } = storefront();
    new RqWorker(chart, 'pool', { sameAs: web, workers: 2, scheduler: true });
    new RqWorker(chart, 'queue', { sameAs: web, queues: ['--burst'] });
    new RqWorker(chart, 'secret', { sameAs: web, redisUrl: 'redis://:hunter2hunter2@redis:6379/0' });
    expect(problemsOf(chart)).toEqual([
      expect.stringContaining('storefront/pool: server: rq worker: scheduler: expected it with one worker only'),
      expect.stringContaining('storefront/queue: server: rq worker: queues[0]: '),
      expect.stringContaining('storefront/secret: env.RQ_REDIS_URL: expected no secret in Git'),
    ]);
  });
});
