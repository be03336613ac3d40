import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { notificationsConfig } from '../../../lib/controllers/argo-cd/notifications.ts';
import { toYaml } from '../../../lib/manifests/yaml.ts';
import { alertEvents, email, githubCommitStatus, msTeams, slack, webhook } from '../../../lib/model/alerts.ts';
import { at, hostedAfter } from '../hosted.ts';

const binary = process.env['ARGOCD_BINARY'];
const before = '2020-01-01T00:00:00Z';
const [synced, newer] = ['1'.repeat(40), '2'.repeat(40)];

/** An operation that ended long ago, at the revision that is synced. */
const operation = (phase: string, more: object = {}): object => ({ phase, startedAt: before, ...(phase !== 'Running' && { finishedAt: before }), message: 'one "quoted" line\nand another', operation: {}, syncResult: { revision: synced }, ...more });
const several = { phase: 'Succeeded', startedAt: before, finishedAt: before, operation: {}, syncResult: { revision: '', revisions: [synced, synced] } };
const health = (status: string, kind = 'Deployment', message = 'it fails'): object => ({ health: { status }, resources: [{ kind: 'Service', name: 'web' }, { kind, name: 'web', health: { status, message } }] });
const sync = (status: string, revision = synced): object => ({ sync: { status, revision } });

/** Applications as Argo CD shows them, and the events of which each tells. */
const samples: Readonly<Record<string, { readonly status?: object; readonly manual?: boolean; readonly tells: readonly string[] }>> = {
  'brand-new': { tells: [] },
  empty: { status: {}, tells: [] },
  healthy: { status: { ...sync('Synced'), ...health('Healthy'), operationState: operation('Succeeded') }, tells: ['deployed'] },
  drifted: { status: { ...sync('OutOfSync'), ...health('Healthy'), operationState: operation('Succeeded') }, tells: ['drift'] },
  'drifted-of-several-sources': { status: { sync: { status: 'OutOfSync', revisions: [synced, synced] }, ...health('Healthy'), operationState: several }, tells: ['drift'] },
  'behind-a-new-commit': { status: { ...sync('OutOfSync', newer), ...health('Healthy'), operationState: operation('Succeeded') }, tells: [] },
  'behind-a-new-commit-of-several-sources': { status: { sync: { status: 'OutOfSync', revisions: [newer, newer] }, ...health('Healthy'), operationState: several }, tells: [] },
  'just-synced': { status: { ...sync('OutOfSync'), ...health('Healthy'), operationState: operation('Succeeded', { finishedAt: '2999-01-01T00:00:00Z' }) }, tells: [] },
  'waiting-for-somebody': { status: { ...sync('OutOfSync', newer), ...health('Healthy') }, manual: true, tells: ['drift'] },
  failed: { status: { ...sync('OutOfSync'), ...health('Healthy'), operationState: operation('Failed') }, tells: ['sync-failed'] },
  'retried-once': { status: { ...sync('OutOfSync'), ...health('Missing'), operationState: operation('Running', { retryCount: 1 }) }, tells: [] },
  'retried-for-ever': { status: { ...sync('OutOfSync'), ...health('Missing'), operationState: operation('Running', { retryCount: 7 }) }, tells: ['sync-failed'] },
  'without-comparison': { status: { sync: { status: 'Unknown' }, ...health('Healthy'), conditions: [{ type: 'ComparisonError', message: 'kustomize says no', lastTransitionTime: before }] }, tells: ['sync-failed'] },
  'without-comparison-for-a-moment': { status: { sync: { status: 'Unknown' }, ...health('Healthy'), conditions: [{ type: 'ComparisonError', message: 'x', lastTransitionTime: '2999-01-01T00:00:00Z' }] }, tells: [] },
  degraded: { status: { ...sync('Synced'), ...health('Degraded'), operationState: operation('Succeeded') }, tells: ['health-degraded', 'health-degraded-otherwise'] },
  aborted: { status: { ...sync('Synced'), ...health('Degraded', 'Rollout', 'RolloutAborted: Rollout aborted update to revision 2'), operationState: operation('Succeeded') }, tells: ['health-degraded', 'rollout-aborted'] },
};

describe('Argo CD\'s own notifications engine', () => {
  let folder = '';

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'slipway-notifications-'));
    const events = [...alertEvents];
    const { data } = notificationsConfig(hostedAfter('prod-eu', (draft) => {
      draft.environments['prod']!['runtimeRepo'] = { url: 'git@github.com:acme/runtime.git' };
      draft.environments['prod']!['alerts'] = [
        slack({ secret: 'ops', channel: 'ops', events }), slack({ name: 'plain', secret: 'ops', channel: 'ops', events: ['health-degraded'] }), webhook({ secret: 'hook', events }),
        msTeams({ secret: 'teams', events }), email({ host: 'smtp.acme.example', from: 'a@acme.example', to: ['b@acme.example'], events }), githubCommitStatus({ secret: 'github' }),
      ];
    }));
    write('config.yaml', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'argocd-notifications-cm', namespace: 'argocd' }, data: { ...data, context: 'argocdUrl: https://argocd.acme.example' } });
    // The command wants some cluster to be named; it is never asked.
    write('kubeconfig', { apiVersion: 'v1', kind: 'Config', clusters: [{ name: 'none', cluster: { server: 'http://127.0.0.1:1' } }], contexts: [{ name: 'none', context: { cluster: 'none', user: 'none' } }], users: [{ name: 'none', user: {} }], 'current-context': 'none' });
    for (const [name, { status, manual = false }] of Object.entries(samples)) {
      write(`${name}.yaml`, {
        apiVersion: 'argoproj.io/v1alpha1', kind: 'Application',
        metadata: { name, namespace: 'argocd', labels: { 'slipway.dev/app': 'storefront', 'slipway.dev/cluster': 'prod-eu', 'slipway.dev/environment': 'prod' } },
        spec: { project: 'shop', destination: { server: 'https://kubernetes.default.svc' }, source: { repoURL: 'git@github.com:acme/runtime.git', path: 'apps/prod/storefront' }, ...(!manual && { syncPolicy: { automated: { prune: true } } }) },
        ...(status !== undefined && { status }),
      });
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function write(name: string, value: unknown): void {
    writeFileSync(join(folder, name), toYaml(value));
  }

  function argocd(...args: string[]): string {
    const { stdout, stderr, status } = spawnSync(binary ?? '', ['admin', 'notifications', ...args, '--config-map', join(folder, 'config.yaml'), '--secret', ':empty'], { encoding: 'utf8', env: { ...process.env, KUBECONFIG: join(folder, 'kubeconfig') } });
    const bad = stderr.split('\n').filter((line) => /"level":"error"|panic/.test(line));
    if (status !== 0 || bad.length > 0) throw new Error(`${bad.join('\n')}${stderr.slice(-500)}`);
    return stdout;
  }

  const why = 'ARGOCD_BINARY names an argocd';

  it.skipIf(binary === undefined).each(Object.entries(samples))(`tells of %s what it should, and nothing else (only where ${why})`, (name, { tells }) => {
    const triggers = [...alertEvents, 'health-degraded-otherwise'];
    const told = triggers.filter((event) => argocd('trigger', 'run', `slipway-${event}`, join(folder, `${name}.yaml`)).trimEnd().endsWith('true'));
    expect(told.sort()).toEqual([...tells].sort());
  });

  it.skipIf(binary === undefined).each(alertEvents)(`makes texts and sound JSON of %s, whatever the Application lacks (only where ${why})`, (event) => {
    for (const name of Object.keys(samples)) {
      const rendered: unknown = parse(argocd('template', 'notify', `slipway-${event}`, join(folder, `${name}.yaml`)));
      expect(at(rendered, 'message')).toContain(`https://argocd.acme.example/applications/${name}`);
      expect(at(rendered, 'email', 'subject')).toContain(name);
      const webhooks = Object.entries(at(rendered, 'webhook') as Record<string, { body: string; path: string }>);
      expect(webhooks.map(([key]) => key)).toEqual(expect.arrayContaining(['env-prod--ms-teams', 'env-prod--webhook']));
      for (const [key, { body, path }] of webhooks) {
        const posted: unknown = JSON.parse(body);
        if (key === 'env-prod--github-commit-status') {
          expect(posted).toMatchObject({ context: 'slipway/prod-eu/storefront-prod', state: event === 'deployed' ? 'success' : 'failure' });
          if (name === 'healthy' || name === 'drifted-of-several-sources') expect(path).toBe(`/repos/acme/runtime/statuses/${synced}`);
        }
      }
    }
  });
});
