import { alertEvents, type Alert, type AlertEvent } from '../../model/alerts.ts';
import { githubRepository } from '../../model/alert-checks.ts';
import { toYaml } from '../../manifests/yaml.ts';
import { compareText } from '../../values/errors.ts';
import { alertScopes, type AlertScope } from '../alert-scopes.ts';
import type { Hosted } from '../controller.ts';
import { eventBody, statusRequest, teamsBody, templateOf } from './notification-templates.ts';
import { healthParameters, triggerOf, type Trigger } from './notification-triggers.ts';

/** What Argo CD's notifications need in its install. */
export interface NotificationsConfig {
  /** `data` of ConfigMap argocd-notifications-cm. Empty where nobody is to be told. */
  readonly data: Readonly<Record<string, string>>;
  /** `data` of ConfigMap argocd-cmd-params-cm on which triggers rely. */
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * The alerts of a host as Argo CD's notifications: services, triggers, templates, and who is subscribed to what. Subscriptions choose
 * Applications by label, so that a changed alert changes this one ConfigMap and no Application. Credentials are keys of
 * argocd-notifications-secret, `$<secret>-token` and the like, the only Secret that its controller reads.
 */
export function notificationsConfig(input: Hosted): NotificationsConfig {
  const scopes = alertScopes(input);
  if (scopes.length === 0) return { data: {}, parameters: {} };
  const repository = githubRepository(input.runtimeRepo.url);
  const { controller } = input.cluster;
  const ui = controller.kind === 'argo-cd' ? controller.ui : undefined;
  const told = alertEvents.filter((event) => scopes.some(({ alert }) => alert.events.includes(event)));
  const due = new Map<string, { trigger: Trigger; event: AlertEvent }>();
  for (const { alert } of scopes) {
    for (const event of alert.events) {
      const trigger = triggerOf(event, alert.events);
      due.set(trigger.name, { trigger, event });
    }
  }
  const entries: [string, unknown][] = [
    ...scopes.map((scope): [string, unknown] => [`service.${serviceType(scope.alert)}.${scope.name}`, service(scope.alert)]),
    ...told.map((event): [string, unknown] => [`template.${templateName(event)}`, template(event, scopes, repository)]),
    ...[...due.values()].map(({ trigger: { name, when, oncePer }, event }): [string, unknown] => [`trigger.${name}`, [{ when, oncePer, send: [templateName(event)] }]]),
    ['subscriptions', scopes.map(subscription)],
    // Links lead to the UI, which notifications don't know by themselves.
    ...(ui === undefined ? [] : [['context', { argocdUrl: `https://${ui.host}` }] as [string, unknown]]),
  ];
  const data = Object.fromEntries(entries.map(([key, value]) => [key, toYaml(value)] as const).sort(([a], [b]) => compareText(a, b)));
  return { data, parameters: told.includes('rollout-aborted') ? healthParameters : {} };
}

function templateName(event: AlertEvent): string {
  return `slipway-${event}`;
}

function serviceType(alert: Alert): string {
  switch (alert.kind) {
    case 'slack': return 'slack';
    case 'email': return 'email';
    // Services for Teams differ between Argo CD's versions, and one for GitHub without its key takes all others down: webhooks do neither.
    case 'github-commit-status':
    case 'ms-teams':
    case 'webhook': return 'webhook';
  }
}

function service(alert: Alert): object {
  switch (alert.kind) {
    case 'slack': return { token: `$${alert.secret}-token` };
    case 'ms-teams':
    case 'webhook': return { url: `$${alert.secret}-address`, headers: [{ name: 'Content-Type', value: 'application/json' }] };
    case 'email': {
      const { host, port, from, secret } = alert;
      return { host, port, from, ...(secret !== undefined && { username: `$${secret}-username`, password: `$${secret}-password` }) };
    }
    case 'github-commit-status': return { url: alert.api ?? 'https://api.github.com', headers: [{ name: 'Authorization', value: `Bearer $${alert.secret}-token` }, { name: 'Accept', value: 'application/vnd.github+json' }] };
  }
}

function template(event: AlertEvent, scopes: readonly AlertScope[], repository: { readonly path: string } | undefined): object {
  const listening = scopes.filter(({ alert }) => alert.events.includes(event));
  const webhooks = listening.flatMap(({ alert, name }): [string, object][] => {
    if (alert.kind === 'webhook') return [[name, { method: 'POST', body: eventBody(event) }]];
    if (alert.kind === 'ms-teams') return [[name, { method: 'POST', body: teamsBody(event) }]];
    return alert.kind === 'github-commit-status' && repository !== undefined ? [[name, statusRequest(event, repository.path)]] : [];
  });
  return templateOf(event, Object.fromEntries(webhooks));
}

function subscription({ alert, name, labels }: AlertScope): object {
  const recipient = alert.kind === 'slack' ? `:${alert.channel}` : alert.kind === 'email' ? `:${alert.to.join(',')}` : '';
  return {
    recipients: [`${name}${recipient}`],
    triggers: alert.events.map((event) => triggerOf(event, alert.events).name).sort(compareText),
    selector: Object.entries(labels).map(([key, value]) => (value === null ? `!${key}` : `${key}=${value}`)).join(','),
  };
}
