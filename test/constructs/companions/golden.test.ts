import type { Construct } from 'constructs';
import type { IPodSpec } from 'kubernetes-models/v1/PodSpec';
import { expect, test } from 'vitest';
import { CeleryBeat } from '../../../lib/constructs/companions/celery-beat.ts';
import { CeleryWorker } from '../../../lib/constructs/companions/celery-worker.ts';
import { DatabaseMigration } from '../../../lib/constructs/companions/database-migration.ts';
import { RqWorker } from '../../../lib/constructs/companions/rq-worker.ts';
import { ScheduledTask } from '../../../lib/constructs/companions/scheduled-task.ts';
import { secretKey } from '../../../lib/constructs/secret-source.ts';
import { existingSecret } from '../../../lib/constructs/existing-secret.ts';
import { autoscale } from '../../../lib/constructs/scaling/autoscale-options.ts';
import type { KubeObject } from '../../../lib/manifests/rendered.ts';
import { documentsToYaml, orderKeys } from '../../../lib/manifests/yaml.ts';
import { refusals } from '../network/samples.ts';
import { manifestsOf, objectsOf, problemsOf } from '../support.ts';
import { storefront, unrestricted } from './samples.ts';

const header = 'What the constructs of golden.test.ts render; update with `npx vitest run -u` and read the difference.';

/** The objects are what a reviewer read, every API server takes them, and their pods fit a namespace that enforces the restricted standard. */
async function matches(scope: Construct, objects: readonly KubeObject[], file: string): Promise<void> {
  expect(problemsOf(scope)).toEqual([]);
  expect(objects.flatMap(refusals)).toEqual([]);
  expect(objects.flatMap((object) => podSpecs(object)).flatMap(unrestricted)).toEqual([]);
  await expect(documentsToYaml(objects.map(orderKeys), { header })).toMatchFileSnapshot(`golden/${file}.yaml`);
}

function podSpecs(value: unknown): IPodSpec[] {
  if (Array.isArray(value)) return value.flatMap(podSpecs);
  if (typeof value !== 'object' || value === null) return [];
  return 'containers' in value ? [value as unknown as IPodSpec] : Object.values(value).flatMap(podSpecs);
}

test('a Celery worker shares what its app has, takes tasks of its queues and listens nowhere', async () => {
  const { chart, web } = storefront();
  const worker = new CeleryWorker(chart, 'worker', { sameAs: web, queues: ['orders'] });
  await matches(worker, objectsOf(worker), 'celery-worker');
});

test('a Celery worker of its own that scales, with every option', async () => {
  const { chart, web } = storefront();
  const worker = new CeleryWorker(chart, 'mail', {
    sameAs: web, app: 'storefront.tasks:app', queues: ['mail', 'bulk'], pool: 'prefork', concurrency: 4, prefetchMultiplier: 2, maxTasksPerChild: 500, maxMemoryPerChild: '200Mi',
    softTimeLimit: 540, timeLimit: 600, taskEvents: true, logLevel: 'WARNING', extraArgs: ['--without-gossip'], heartbeat: { file: '/tmp/heartbeat' },
    size: 'large', autoscale: autoscale({ max: 8, cpu: 70 }), env: { SITE: 'mail' },
  });
  await matches(worker, objectsOf(worker), 'celery-worker-options');
});

test('Celery beat is one pod that is gone before the next one starts', async () => {
  const { chart, web } = storefront();
  const beat = new CeleryBeat(chart, 'beat', { sameAs: web });
  await matches(beat, objectsOf(beat), 'celery-beat');
});

test('an RQ worker reads its Redis from a secret', async () => {
  const { chart, web } = storefront();
  const worker = new RqWorker(chart, 'jobs', { sameAs: web, queues: ['high', 'default'], size: 'large', workers: 2, redisUrl: secretKey(existingSecret('redis', ['url']), 'url') });
  await matches(worker, objectsOf(worker), 'rq-worker');
});

test('a scheduled task runs by the clock, one at a time', async () => {
  const { chart, web } = storefront();
  const task = new ScheduledTask(chart, 'report', { sameAs: web, schedule: '0 6 * * MON-FRI', timeZone: 'Europe/Berlin', command: ['python', '-m', 'storefront.report'] });
  await matches(task, objectsOf(task), 'scheduled-task');
});

test('a migration takes with it to the pre folder all that it reads', async () => {
  const { chart, web } = storefront();
  const migration = new DatabaseMigration(chart, 'migrate', { sameAs: web, command: ['alembic', 'upgrade', 'head'] });
  const before = manifestsOf(chart).filter((manifest) => manifest.stage === 'pre').map((manifest) => manifest.toJson() as KubeObject);
  await matches(migration, before, 'database-migration');
});
