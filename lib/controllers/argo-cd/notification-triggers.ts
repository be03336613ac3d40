import type { AlertEvent } from '../../model/alerts.ts';

/** When a notification is due: expressions of expr-lang over the Application, as Argo CD's notifications controller evaluates them. */
export interface Trigger {
  /** Its name in argocd-notifications-cm. */
  readonly name: string;
  readonly when: string;
  /** Its value is remembered: the same is told once. */
  readonly oncePer: string;
}

// An Application of one source has `revision`, one of several has `revisions`; a new one has no status at all.
const compared = '(app.status?.sync?.revisions ?? app.status?.sync?.revision)';
const synced = '(app.status?.operationState?.syncResult?.revisions ?? app.status?.operationState?.syncResult?.revision)';
const phase = 'app.status?.operationState?.phase';
const outOfSync = 'app.status?.sync?.status == \'OutOfSync\'';
const degraded = 'app.status?.health?.status == \'Degraded\'';
const finishedAt = 'app.status?.operationState?.finishedAt';

/** How long a comparison may fail before it is told: the repo-server may just be starting. */
const patienceMinutes = 5;
/** Attempts after which a sync that is retried for ever counts as failed: what is missing at first, such as a CRD, may still come. */
const patienceAttempts = 3;
/** A sync that has just ended is still shown as out of sync until the next comparison. */
const settledSeconds = 30;

/** Health of a single resource stands in the Application only where the controller persists it: see `healthParameters`. */
const aborted = 'any(app.status?.resources ?? [], {.kind == \'Rollout\' and .health?.status == \'Degraded\' and (.health?.message ?? \'\') startsWith \'RolloutAborted\'})';

/** Live objects changed although Git didn't; and where nobody syncs by itself, Git has something that the cluster doesn't. */
const drifted = [
  `${outOfSync} and (app.spec?.syncPolicy?.automated == nil or (${phase} == 'Succeeded' and ${compared} == ${synced}`,
  ` and time.Now().Sub(time.Parse(${finishedAt})).Seconds() > ${settledSeconds}))`,
].join('');

const failed = [
  `${phase} in ['Error', 'Failed']`,
  `(${phase} == 'Running' and (app.status?.operationState?.retryCount ?? 0) >= ${patienceAttempts})`,
  `any(app.status?.conditions ?? [], {.type in ['ComparisonError', 'InvalidSpecError'] and time.Now().Sub(time.Parse(.lastTransitionTime)).Minutes() >= ${patienceMinutes}})`,
].join(' or ');

/** What argocd-cmd-params-cm has to say for the trigger of aborted rollouts. */
export const healthParameters: Readonly<Record<string, string>> = { 'controller.resource.health.persist': 'true' };

const triggers: Readonly<Record<AlertEvent, Trigger>> = {
  deployed: {
    name: 'slipway-deployed',
    when: `${phase} == 'Succeeded' and app.status?.sync?.status == 'Synced' and app.status?.health?.status == 'Healthy'`,
    oncePer: synced,
  },
  drift: { name: 'slipway-drift', when: drifted, oncePer: `[${compared}, (${finishedAt} ?? '0000-00-00')[0:10]]` },
  'health-degraded': { name: 'slipway-health-degraded', when: degraded, oncePer: synced },
  'rollout-aborted': { name: 'slipway-rollout-aborted', when: aborted, oncePer: synced },
  'sync-failed': { name: 'slipway-sync-failed', when: failed, oncePer: `${synced} ?? ${compared}` },
};

/** For alerts that tell of aborted rollouts by themselves: an app that is degraded by nothing else isn't told twice. */
const otherwiseDegraded: Trigger = { name: 'slipway-health-degraded-otherwise', when: `${degraded} and not ${aborted}`, oncePer: synced };

/** The trigger of an event, for an alert that tells these events. */
export function triggerOf(event: AlertEvent, events: readonly AlertEvent[]): Trigger {
  return event === 'health-degraded' && events.includes('rollout-aborted') ? otherwiseDegraded : triggers[event];
}
