import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { notificationsConfig } from '../../../lib/controllers/argo-cd/notifications.ts';
import { email, githubCommitStatus, msTeams, slack, webhook, type AlertInput } from '../../../lib/model/alerts.ts';
import { at, hostedAfter, problemsAfter } from '../hosted.ts';

function configOf(environment: readonly AlertInput[], cluster: readonly AlertInput[] = []): ReturnType<typeof notificationsConfig> {
  return notificationsConfig(hostedAfter('prod-eu', (draft) => {
    draft.environments['prod']!['alerts'] = environment;
    draft.environments['prod']!['runtimeRepo'] = { url: 'git@github.com:acme/runtime.git' };
    draft.clusters['prod-eu']!['alerts'] = cluster;
  }));
}

function subscriptionsOf(config: ReturnType<typeof notificationsConfig>): { recipients: string[]; triggers: string[]; selector: string }[] {
  return parse(config.data['subscriptions'] ?? '[]') as { recipients: string[]; triggers: string[]; selector: string }[];
}

describe('Argo CD\'s notifications', () => {
  it('are empty where nobody is to be told', () => {
    expect(configOf([])).toEqual({ data: {}, parameters: {} });
  });

  it('subscribe whoever an environment names to its Applications, by their label and not by an annotation on each', () => {
    const config = configOf([slack({ secret: 'ops', channel: 'ops', events: ['sync-failed', 'drift'] })]);
    expect(subscriptionsOf(config)).toEqual([{ recipients: ['env-prod--slack:ops'], triggers: ['slipway-drift', 'slipway-sync-failed'], selector: 'slipway.dev/environment=prod' }]);
    expect(parse(config.data['service.slack.env-prod--slack'] ?? '')).toEqual({ token: '$ops-token' });
  });

  it('subscribe whoever a cluster names to what belongs to no environment there', () => {
    const config = configOf([], [slack({ secret: 'ops', channel: 'ops', events: ['sync-failed'] })]);
    expect(subscriptionsOf(config).map(({ selector }) => selector)).toEqual(['slipway.dev/cluster=prod-eu,!slipway.dev/environment']);
  });

  it('have a trigger and a template for each event that somebody is told of, and no other', () => {
    const { data } = configOf([slack({ secret: 'ops', channel: 'ops', events: ['deployed'] })]);
    expect(Object.keys(data)).toEqual(['service.slack.env-prod--slack', 'subscriptions', 'template.slipway-deployed', 'trigger.slipway-deployed']);
    expect(at(parse(data['trigger.slipway-deployed'] ?? ''), 0, 'send')).toEqual(['slipway-deployed']);
  });

  it('tell an aborted rollout once: whoever hears of it isn\'t told again that the app is degraded', () => {
    const both = configOf([slack({ secret: 'ops', channel: 'ops', events: ['health-degraded', 'rollout-aborted'] })]);
    expect(subscriptionsOf(both)[0]?.triggers).toEqual(['slipway-health-degraded-otherwise', 'slipway-rollout-aborted']);
    const one = configOf([slack({ secret: 'ops', channel: 'ops', events: ['health-degraded'] })]);
    expect(subscriptionsOf(one)[0]?.triggers).toEqual(['slipway-health-degraded']);
  });

  it('ask the controller to persist the health of single objects where aborted rollouts are told, and only there', () => {
    expect(configOf([slack({ secret: 'ops', channel: 'ops', events: ['rollout-aborted'] })]).parameters).toEqual({ 'controller.resource.health.persist': 'true' });
    expect(configOf([slack({ secret: 'ops', channel: 'ops', events: ['drift'] })]).parameters).toEqual({});
  });

  it('name every credential as a key of the one Secret that they read, and carry none', () => {
    const { data } = configOf([
      slack({ secret: 'chat', channel: 'ops' }), webhook({ secret: 'hook' }), msTeams({ secret: 'teams' }),
      email({ secret: 'mail', host: 'smtp.acme.example', from: 'ops@acme.example', to: ['a@acme.example', 'b@acme.example'] }), githubCommitStatus({ secret: 'github' }),
    ]);
    const services = Object.entries(data).filter(([key]) => key.startsWith('service.')).map(([, text]) => text).join('');
    expect([...services.matchAll(/\$[\w-]+/g)].map(([reference]) => reference).sort()).toEqual(['$chat-token', '$github-token', '$hook-address', '$mail-password', '$mail-username', '$teams-address']);
    const mail = subscriptionsOf({ data, parameters: {} }).find(({ recipients }) => recipients[0]?.startsWith('env-prod--email'));
    expect(mail?.recipients).toEqual(['env-prod--email:a@acme.example,b@acme.example']);
  });

  it('set the status of the runtime commit through GitHub\'s API, on a server of one\'s own too', () => {
    const { data } = configOf([githubCommitStatus({ secret: 'github', events: ['deployed', 'sync-failed'] })]);
    const request = (event: string): unknown => at(parse(data[`template.slipway-${event}`] ?? ''), 'webhook', 'env-prod--github-commit-status');
    expect(at(request('deployed'), 'path')).toMatch(/\/repos\/acme\/runtime\/statuses\/\{\{ \$revision \}\}$/);
    expect(at(request('deployed'), 'body')).toContain('"state":"success"');
    expect(at(request('sync-failed'), 'body')).toContain('"state":"failure"');
    expect(data['service.webhook.env-prod--github-commit-status']).toContain('url: https://api.github.com');
  });

  it('lead to Argo CD\'s UI where there is one', () => {
    const withUi = (ui: object | undefined) => notificationsConfig(hostedAfter('prod-eu', (draft) => {
      draft.clusters['prod-eu']!['controller'] = { kind: 'argo-cd', ...(ui !== undefined && { ui }) };
      draft.clusters['prod-eu']!['alerts'] = [slack({ secret: 'ops', channel: 'ops' })];
    })).data['context'];
    expect(parse(withUi({ host: 'argocd.acme.example' }) ?? '')).toEqual({ argocdUrl: 'https://argocd.acme.example' });
    expect(withUi(undefined)).toBeUndefined();
  });

  it('cover a hub\'s members by the hub\'s own controller, each cluster by its label', () => {
    const input = hostedAfter('prod-eu', (draft) => { draft.clusters['prod-onprem']!['alerts'] = [webhook({ secret: 'hook' })]; });
    expect(subscriptionsOf(notificationsConfig(input)).map(({ selector }) => selector)).toEqual(['slipway.dev/cluster=prod-onprem,!slipway.dev/environment']);
  });
});

describe('an alert', () => {
  const inProd = (...alerts: unknown[]) => problemsAfter((draft) => { draft.environments['prod']!['alerts'] = alerts; });

  it('by e-mail is refused where Flux would have to send it, with what to use instead', () => {
    expect(problemsAfter((draft) => { draft.environments['dev']!['alerts'] = [email({ host: 'smtp.acme.example', from: 'a@acme.example', to: ['b@acme.example'] })]; })).toEqual([
      'environments/dev.ts: alerts[0]: expected an alert that Flux can send, got e-mail; dev runs Flux, which has no e-mail\n    fix: use slack(), msTeams() or webhook(), or let Prometheus\' Alertmanager mail',
    ]);
  });

  it('by commit status is refused where the runtime repo isn\'t on GitHub', () => {
    expect(inProd(githubCommitStatus({ secret: 'github' }))).toEqual([expect.stringContaining('expected a runtime repo on GitHub, got "https://git.acme.example/runtime.git"')]);
  });

  it('by commit status needs the address of the API of a GitHub server of one\'s own', () => {
    const edit = (alert: unknown) => problemsAfter((draft) => {
      draft.environments['prod']!['runtimeRepo'] = { url: 'ssh://git@git.acme.example/acme/runtime.git' };
      draft.environments['prod']!['alerts'] = [alert];
    });
    expect(edit(githubCommitStatus({ secret: 'github' }))).toEqual([expect.stringContaining('write api: \'https://git.acme.example/api/v3\'')]);
    expect(edit(githubCommitStatus({ secret: 'github', api: 'https://git.acme.example/api/v3' }))).toEqual([]);
  });

  it('with an unknown event, a channel with a colon, no recipient or the name of another is told so', () => {
    const problems = inProd(
      { ...slack({ secret: 'ops', channel: 'ops:x' }), events: ['drifted'] },
      email({ host: 'smtp.acme.example', from: 'a@acme.example', to: [] }),
    ).map((problem) => problem.split('\n')[0]);
    expect(problems).toEqual(expect.arrayContaining([
      'environments/prod.ts: alerts[0].channel: expected the name or id of a channel, such as ops, got "ops:x"',
      'environments/prod.ts: alerts[0].events[0]: expected one of deployed, drift, health-degraded, rollout-aborted, sync-failed, got "drifted"',
      'environments/prod.ts: alerts[1].to: expected at least 1 items, got a list of 0',
    ]));
    expect(inProd(webhook({ secret: 'a' }), webhook({ secret: 'b' }))).toEqual(['environments/prod.ts: alerts[1].name: alert "webhook" is listed twice; give one of them another name']);
  });
});
