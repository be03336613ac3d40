import { githubRepository } from '../../model/alert-checks.ts';
import type { Alert, AlertEvent } from '../../model/alerts.ts';
import type { KubeObject } from '../../manifests/rendered.ts';
import { compareText, SlipwayError } from '../../values/errors.ts';
import { alertLabels, alertScopes, type AlertScope } from '../alert-scopes.ts';
import type { Hosted } from '../controller.ts';
import { rootName } from '../root-tracked.ts';
import { fluxNamespace } from './names.ts';

const apiVersion = 'notification.toolkit.fluxcd.io/v1beta3';

/** How Flux's own events tell what happened: their severity and their words (Go regular expressions). */
interface Words {
  readonly severity: 'error' | 'info';
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
}

const healthFailed = 'health check failed after';
const rolloutFailed = 'Rollout/\\S+ status: \'Failed\'';
/** What a reconciliation had to change: by a commit or because somebody else changed it, which Flux doesn't tell apart. */
const changed = '(?m) (created|configured|deleted)$';
const healthPassed = '^Health check passed in ';
const helmSucceeded = '^Helm (install|upgrade) succeeded';
/** The event that carries a commit status; chats never get it. */
const finished = '^Reconciliation finished in ';

/** The alerts of a host as Flux's Provider and Alert objects: a Provider for each alert, an Alert for each of its events. */
export function fluxAlerts(input: Hosted): KubeObject[] {
  return alertScopes(input).flatMap((scope) => [
    provider(scope, input),
    ...[...scope.alert.events].sort(compareText).map((event) => alertObject(scope, event, input)),
  ]);
}

function provider({ alert, name }: AlertScope, input: Hosted): KubeObject {
  return { apiVersion, kind: 'Provider', metadata: { name, namespace: fluxNamespace }, spec: { ...channelOf(alert, input), ...(alert.secret !== undefined && { secretRef: { name: alert.secret } }) } };
}

function channelOf(alert: Alert, { cluster, runtimeRepo }: Hosted): object {
  switch (alert.kind) {
    case 'slack': return { type: 'slack', channel: alert.channel, address: 'https://slack.com/api/chat.postMessage' };
    case 'webhook': return { type: 'generic' };
    case 'ms-teams': return { type: 'msteams' };
    case 'github-commit-status': return {
      type: 'github',
      address: githubRepository(runtimeRepo.url)?.url ?? runtimeRepo.url,
      commitStatusExpr: `'slipway/${cluster.name}/' + event.involvedObject.name`,
    };
    case 'email': throw SlipwayError.of(`cluster ${cluster.name}: alerts`, 'expected an alert that Flux can send, got e-mail', 'use slack(), msTeams() or webhook()');
  }
}

function alertObject({ alert, name, environment }: AlertScope, event: AlertEvent, input: Hosted): KubeObject {
  const { severity, include, exclude } = wordsOf(event, alert);
  return {
    apiVersion,
    kind: 'Alert',
    metadata: { name: `${name}--${event}`, namespace: fluxNamespace },
    spec: {
      providerRef: { name },
      eventSeverity: severity,
      eventSources: sourcesOf(environment, alert, event, input),
      eventMetadata: { cluster: input.cluster.name, event, ...(environment !== undefined && { environment }) },
      ...(include !== undefined && { inclusionList: [...include] }),
      ...(exclude !== undefined && { exclusionList: [...exclude] }),
    },
  };
}

function wordsOf(event: AlertEvent, alert: Alert): Words {
  switch (event) {
    case 'deployed': return { severity: 'info', include: alert.kind === 'github-commit-status' ? [finished] : [healthPassed, helmSucceeded] };
    case 'drift': return { severity: 'info', include: [changed] };
    case 'health-degraded': return { severity: 'error', include: [healthFailed], ...(alert.events.includes('rollout-aborted') && { exclude: [rolloutFailed] }) };
    case 'rollout-aborted': return { severity: 'error', include: [rolloutFailed] };
    case 'sync-failed': return { severity: 'error', exclude: [healthFailed] };
  }
}

/** Objects of an environment by their label; what belongs to none by its name, since labels can't say "without". */
function sourcesOf(environment: string | undefined, alert: Alert, event: AlertEvent, input: Hosted): object[] {
  // Only a Kustomization's events name the runtime commit.
  const kinds = alert.kind === 'github-commit-status' ? ['Kustomization'] : ['HelmRelease', 'Kustomization'];
  if (environment !== undefined) return kinds.map((kind) => ({ kind, name: '*', matchLabels: { [alertLabels.environment]: environment } }));
  const tracked = input.tracked.filter((each) => each.environment === undefined);
  const folders = tracked.filter(({ from }) => 'folder' in from).map(({ name }) => name);
  const external = tracked.filter(({ from }) => 'external' in from).map(({ name }) => name);
  const fetching = event === 'sync-failed' && alert.kind !== 'github-commit-status' ? [{ kind: 'GitRepository', name: '*' }] : [];
  return [
    ...fetching,
    ...[...new Set([rootName, ...folders])].sort(compareText).map((name) => ({ kind: 'Kustomization', name })),
    ...external.flatMap((name) => kinds.map((kind) => ({ kind, name }))),
  ];
}
