import { describe, expect, it } from 'vitest';
import { DatabaseMigration, type DatabaseMigrationProps } from '../../../lib/constructs/companions/database-migration.ts';
import { ScheduledTask, type ScheduledTaskProps } from '../../../lib/constructs/companions/scheduled-task.ts';
import { sopsSecret } from '../../../lib/constructs/secret-sops.ts';
import type { ProductionProps } from '../../../lib/constructs/python-app/props.ts';
import { manifestsOf, pin, problemsOf, testChart } from '../support.ts';
import { storefront } from './samples.ts';

const command = ['alembic', 'upgrade', 'head'];

function nameOf(props: Partial<DatabaseMigrationProps> = {}, webProps: Partial<ProductionProps> = {}): string {
  const { chart, web } = storefront(webProps);
  const migration = new DatabaseMigration(chart, 'migrate', { sameAs: web, command, ...props });
  expect(problemsOf(chart)).toEqual([]);
  return migration.job?.name ?? '';
}

describe('a migration', () => {
  it('is named by what it runs: command, version, config and retry each make another Job, the rest none', () => {
    const image = pin('storefront');
    const first = nameOf();
    expect(first).toMatch(/^storefront-migrate-[0-9a-f]{10}$/);
    const others = [
      nameOf({ command: ['alembic', 'upgrade', '+1'] }), nameOf({ retry: '1' }), nameOf({ retry: '2' }), nameOf({ env: { MORE: '1' } }),
      nameOf({}, { image: { ...image, tag: '1.4.3' } }), nameOf({}, { image: { ...image, digest: `sha256:${'cd'.repeat(32)}` } }), nameOf({}, { config: { CURRENCY: 'USD' } }),
      nameOf({ initContainers: [{ name: 'wait', image: pin('wait') }] }), nameOf({ initContainers: [{ name: 'wait', image: { ...pin('wait'), tag: '2' } }] }),
    ];
    expect(new Set([first, ...others]).size).toBe(others.length + 1);
    expect([nameOf(), nameOf({ backoffLimit: 9, activeDeadlineSeconds: 60 }), nameOf({}, { replicas: 7 })]).toEqual([first, first, first]);
  });

  it('goes before the app with all that it reads, and leaves the rest with the app', () => {
    const { chart, web } = storefront();
    new DatabaseMigration(chart, 'migrate', { sameAs: web, command });
    const stages = manifestsOf(chart).map((manifest) => `${manifest.stage} ${manifest.kind} ${manifest.name.replace(/-[0-9a-f]{10}$/, '')}`).sort();
    expect(stages).toEqual([
      'app Deployment storefront-web', 'app NetworkPolicy storefront-web', 'app PodDisruptionBudget storefront-web', 'app Service storefront-web',
      'pre ConfigMap storefront-web-config', 'pre ExternalSecret storefront-database-url', 'pre Job storefront-migrate', 'pre NetworkPolicy storefront-migrate', 'pre ServiceAccount storefront-web',
    ]);
  });

  it('is an ordinary Job that stays: no hook, no time to live, its failures kept for their logs', () => {
    const { chart, web } = storefront();
    const job = new DatabaseMigration(chart, 'migrate', { sameAs: web, command }).job?.value;
    expect(job?.metadata?.annotations).toEqual({ 'argocd.argoproj.io/sync-wave': '-1' });
    expect(job?.spec).not.toHaveProperty('ttlSecondsAfterFinished');
    expect(job?.spec?.template.spec?.restartPolicy).toBe('Never');
  });

  it('annotates no secret that SOPS has signed', () => {
    const encrypted = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'storefront-keys', namespace: 'storefront-prod' }, data: { KEY: 'ENC[AES256_GCM,data:AA==,iv:AA==,tag:AA==,type:str]' }, sops: { mac: 'ENC[AES256_GCM,data:AA==,iv:AA==,tag:AA==,type:str]', version: '3.9.0' } };
    const { chart, web } = storefront({ secrets: [sopsSecret('keys', encrypted as never)] });
    new DatabaseMigration(chart, 'migrate', { sameAs: web, command });
    expect(problemsOf(chart)).toEqual([]);
    const secret = manifestsOf(chart).find((manifest) => manifest.kind === 'Secret');
    expect(secret?.stage).toBe('pre');
    expect(JSON.stringify(secret?.value)).not.toContain('sync-wave');
  });

  it('may stand by itself, and may go without a policy', () => {
    const chart = testChart();
    new DatabaseMigration(chart, 'migrate', { image: pin('storefront'), command, config: { A: '1' }, networkPolicy: false });
    expect(problemsOf(chart)).toEqual([]);
    expect(manifestsOf(chart).map((manifest) => `${manifest.stage} ${manifest.kind}`).sort()).toEqual(['pre ConfigMap', 'pre Job', 'pre ServiceAccount']);
  });

  it('tells all that is wrong, at once, and then makes nothing', () => {
    const { chart, web } = storefront();
    const wrong = { command: [], backoffLimit: -1, server: 'x', name: 'n'.repeat(60), env: { TOKEN: ['ghp', '0123456789abcdefghijklmnopqrstuvwxyzAB'].join('_') } } as unknown as DatabaseMigrationProps;
    const migration = new DatabaseMigration(chart, 'migrate', { ...wrong, sameAs: web });
    expect(problemsOf(chart).map((problem) => /^storefront\/migrate: ([\w.]+): /.exec(problem)?.[1])).toEqual(['backoffLimit', 'command', 'env.TOKEN', 'name', 'server']);
    expect(migration.job).toBeUndefined();
    expect(manifestsOf(chart).filter((manifest) => manifest.stage === 'pre')).toEqual([]);
  });
});

describe('a scheduled task', () => {
  it('leaves out a run while the last one runs, ends one that hangs, and does otherwise when told', () => {
    const { chart, web } = storefront();
    const more: Partial<ScheduledTaskProps> = { timeZone: 'Europe/Berlin', concurrencyPolicy: 'Replace', startingDeadlineSeconds: 60, activeDeadlineSeconds: 120, backoffLimit: 0, successfulJobsHistoryLimit: 1, failedJobsHistoryLimit: 0, ttlSecondsAfterFinished: 600, suspend: true };
    const usual = new ScheduledTask(chart, 'usual', { sameAs: web, schedule: '@hourly', command });
    const told = new ScheduledTask(chart, 'told', { sameAs: web, schedule: '*/5 * * * *', command, ...more });
    expect(problemsOf(chart)).toEqual([]);
    expect(usual.cronJob?.value.spec).toMatchObject({ schedule: '@hourly', timeZone: 'Etc/UTC', concurrencyPolicy: 'Forbid', startingDeadlineSeconds: 300, jobTemplate: { spec: { activeDeadlineSeconds: 3600, backoffLimit: 2 } } });
    expect(usual.cronJob?.value.spec).not.toHaveProperty('suspend');
    const { activeDeadlineSeconds, backoffLimit, ttlSecondsAfterFinished, ...cron } = more;
    expect(told.cronJob?.value.spec).toMatchObject({ ...cron, jobTemplate: { spec: { activeDeadlineSeconds, backoffLimit, ttlSecondsAfterFinished } } });
  });

  it('tells a wrong schedule, a wrong zone, a deadline that leaves runs out and a missing command, at once', () => {
    const { chart, web } = storefront();
    new ScheduledTask(chart, 'task', { sameAs: web, schedule: '61 * * * *', timeZone: 'Berlin', startingDeadlineSeconds: 5 } as ScheduledTaskProps);
    expect(problemsOf(chart).map((problem) => /^storefront\/task: (\w+): /.exec(problem)?.[1])).toEqual(['command', 'schedule', 'startingDeadlineSeconds', 'timeZone']);
  });

  it('has a name with room for what the controller adds', () => {
    const { chart, web } = storefront();
    new ScheduledTask(chart, `t${'x'.repeat(45)}`, { sameAs: web, schedule: '@daily', command });
    expect(problemsOf(chart)).toEqual([expect.stringMatching(/: name: expected at most 52 characters, .* \(57\)\n/)]);
  });
});
