import { describe, expect, it } from 'vitest';
import { fluxAlerts } from '../../../lib/controllers/flux/notifications.ts';
import type { KubeObject } from '../../../lib/manifests/rendered.ts';
import { alertEvents, githubCommitStatus, msTeams, slack, webhook, type AlertInput } from '../../../lib/model/alerts.ts';
import { at, faultsOf, hostedAfter } from '../hosted.ts';

function alertsOf(environment: readonly AlertInput[], cluster: readonly AlertInput[] = []): KubeObject[] {
  return fluxAlerts(hostedAfter('dev', (draft) => {
    draft.environments['dev']!['alerts'] = environment;
    draft.clusters['dev']!['alerts'] = cluster;
  }));
}

const ofKind = (objects: readonly KubeObject[], kind: string): KubeObject[] => objects.filter((object) => object.kind === kind);

/** Messages of kustomize-controller and helm-controller, as they word them. */
const messages = {
  applied: 'Deployment/shop-dev/storefront configured\nConfigMap/shop-dev/settings created',
  finished: 'Reconciliation finished in 1.2s, next run in 10m0s',
  healthy: 'Health check passed in 15.2s',
  unhealthy: 'health check failed after 5m0s: timeout waiting for: [Deployment/shop-dev/storefront status: \'InProgress\']',
  aborted: 'health check failed after 2.1s: failed early due to stalled resources: [Rollout/shop-dev/storefront status: \'Failed\']',
  refused: 'Deployment/shop-dev/storefront dry-run failed (Invalid): spec.replicas: Invalid value',
  helm: 'Helm upgrade succeeded for release web/web.v2 with chart web@1.2.0',
} as const;
const severityOf: Readonly<Record<keyof typeof messages, 'error' | 'info'>> = { applied: 'info', finished: 'info', healthy: 'info', unhealthy: 'error', aborted: 'error', refused: 'error', helm: 'info' };

/** Which messages an Alert lets through, as notification-controller decides: severity, then inclusion, then exclusion. */
function heard(alert: KubeObject): string[] {
  const list = (field: string): RegExp[] => ((at(alert, 'spec', field) ?? []) as string[]).map((text) => new RegExp(text.replace('(?m)', ''), text.startsWith('(?m)') ? 'm' : ''));
  const [include, exclude] = [list('inclusionList'), list('exclusionList')];
  return (Object.keys(messages) as (keyof typeof messages)[])
    .filter((name) => at(alert, 'spec', 'eventSeverity') === 'info' || severityOf[name] === 'error')
    .filter((name) => include.length === 0 || include.some((pattern) => pattern.test(messages[name])))
    .filter((name) => !exclude.some((pattern) => pattern.test(messages[name])));
}

describe('Flux\'s alerts', () => {
  it('are a Provider for each alert and an Alert for each of its events, and API servers take them', () => {
    const objects = alertsOf([slack({ secret: 'ops', channel: 'ops', events: alertEvents }), webhook({ secret: 'hook' }), msTeams({ secret: 'teams' })], [slack({ secret: 'ops', channel: 'platform' })]);
    expect(ofKind(objects, 'Provider').map((object) => at(object, 'spec', 'type'))).toEqual(['slack', 'msteams', 'slack', 'generic']);
    expect(ofKind(objects, 'Alert')).toHaveLength(5 + 4 * 3);
    expect(faultsOf(objects)).toEqual([]);
    expect(new Set(objects.map((object) => `${object.kind}/${object.metadata?.name ?? ''}`)).size).toBe(objects.length);
  });

  it('let through what each event is made of, by the words of Flux\'s own messages', () => {
    const byEvent = (events: typeof alertEvents[number][]) => Object.fromEntries(ofKind(alertsOf([slack({ secret: 'ops', channel: 'ops', events })]), 'Alert').map((alert) => [at(alert, 'spec', 'eventMetadata', 'event'), heard(alert)]));
    expect(byEvent([...alertEvents])).toEqual({
      deployed: ['healthy', 'helm'],
      drift: ['applied'],
      'health-degraded': ['unhealthy'],
      'rollout-aborted': ['aborted'],
      'sync-failed': ['refused'],
    });
    expect(byEvent(['health-degraded'])).toEqual({ 'health-degraded': ['unhealthy', 'aborted'] });
  });

  it('choose an environment\'s objects by its label, and what belongs to none by its name', () => {
    const [environment] = ofKind(alertsOf([slack({ secret: 'ops', channel: 'ops', events: ['drift'] })]), 'Alert');
    expect(at(environment, 'spec', 'eventSources')).toEqual(['HelmRelease', 'Kustomization'].map((kind) => ({ kind, name: '*', matchLabels: { 'slipway.dev/environment': 'dev' } })));
    const [cluster] = ofKind(alertsOf([], [slack({ secret: 'ops', channel: 'ops', events: ['sync-failed'] })]), 'Alert');
    const sources = at(cluster, 'spec', 'eventSources') as { kind: string; name: string }[];
    expect(sources).toEqual(expect.arrayContaining([{ kind: 'GitRepository', name: '*' }, { kind: 'Kustomization', name: 'root' }, { kind: 'Kustomization', name: 'flux' }, { kind: 'Kustomization', name: 'platform' }]));
    expect(sources.map(({ name }) => name)).not.toContain('dev');
  });

  it('set the status of the runtime commit in the same context as Argo CD does', () => {
    const objects = alertsOf([githubCommitStatus({ secret: 'github' })]);
    expect(at(objects[0], 'spec')).toEqual({ type: 'github', address: 'https://github.com/acme/runtime', commitStatusExpr: '\'slipway/dev/\' + event.involvedObject.name', secretRef: { name: 'github' } });
    const deployed = ofKind(objects, 'Alert').find((alert) => at(alert, 'spec', 'eventMetadata', 'event') === 'deployed');
    expect(deployed === undefined ? [] : heard(deployed)).toEqual(['finished']);
    expect(faultsOf(objects)).toEqual([]);
  });

  it('name a Secret for each credential and carry none', () => {
    expect(ofKind(alertsOf([slack({ secret: 'ops', channel: 'ops' })]), 'Provider').map((object) => at(object, 'spec', 'secretRef'))).toEqual([{ name: 'ops' }]);
  });
});
