import { wholeNumber } from '../../rollouts/whole-number.ts';
import type { ObjectRule, Report } from '../rule.ts';
import { dig, isRecord, record } from '../schemas/plain.ts';
import type { LandedObject } from '../scope/landing.ts';
import { blueGreenOf, canaryOf, rolloutKind } from '../scope/rollout.ts';

const defaultHistory = 10;
const defaultDeadline = 600;

/** Numbers that Argo Rollouts refuses when it reads the Rollout: it would stand still with the condition InvalidSpec. */
export const rolloutLimits: ObjectRule = {
  id: 'rollout-limits',
  scope: 'object',
  severity: 'error',
  kinds: [rolloutKind],
  title: 'The numbers of a Rollout fit together: surge, deadlines, delays, history',
  fix: 'mend the number: Argo Rollouts would refuse the Rollout, and nothing would be rolled out',
  check(object, report) {
    const spec = record(object.value, 'spec');
    const number = (name: string, absent: number): number => (typeof spec?.[name] === 'number' ? spec[name] : absent);
    for (const name of ['minReadySeconds', 'progressDeadlineSeconds', 'replicas', 'revisionHistoryLimit']) {
      if (number(name, 0) < 0) report(object, { field: `spec.${name}`, message: `expected at least 0, got ${number(name, 0)}` });
    }
    const [ready, deadline] = [number('minReadySeconds', 0), number('progressDeadlineSeconds', defaultDeadline)];
    if (deadline <= ready) report(object, { field: 'spec.progressDeadlineSeconds', message: `expected more than minReadySeconds, which is ${ready}, got ${deadline}${spec?.['progressDeadlineSeconds'] === undefined ? ' (when not said)' : ''}` });
    const canary = canaryOf(object.value);
    const blueGreen = blueGreenOf(object.value);
    if (canary !== undefined) checkCanary(canary, object, report);
    const kept = number('revisionHistoryLimit', defaultHistory);
    const limit = dig(blueGreen, 'scaleDownDelayRevisionLimit');
    if (typeof limit === 'number' && limit > kept) report(object, { field: 'spec.strategy.blueGreen.scaleDownDelayRevisionLimit', message: `expected at most revisionHistoryLimit, which is ${kept}, got ${limit}` });
    for (const [name, strategy] of [['canary', canary], ['blueGreen', blueGreen]] as const) checkAntiAffinity(strategy?.['antiAffinity'], `spec.strategy.${name}.antiAffinity`, object, report);
  },
};

function checkCanary(canary: Readonly<Record<string, unknown>>, object: LandedObject, report: Report): void {
  const say = (name: string, message: string): void => report(object, { field: `spec.strategy.canary.${name}`, message });
  // A text without "%" is a number here, and one that is neither is 0.
  const amount = (value: unknown): number => wholeNumber(typeof value === 'string' ? value.replace(/^(\d+)%$/, '$1') : value) ?? 0;
  if (canary['maxSurge'] !== undefined && canary['maxUnavailable'] !== undefined && amount(canary['maxSurge']) === 0 && amount(canary['maxUnavailable']) === 0) {
    say('maxSurge', 'expected a pod more (maxSurge) or a pod less (maxUnavailable) than replicas, got neither: no pod could be replaced');
  }
  const routing = record(canary, 'trafficRouting');
  const [delay, dynamic] = [canary['scaleDownDelaySeconds'], canary['dynamicStableScale'] === true];
  if (delay !== undefined && routing === undefined) say('scaleDownDelaySeconds', 'expected none without trafficRouting, got a delay: without a router old pods go as new ones come');
  if (dynamic && routing === undefined) say('dynamicStableScale', 'expected none without trafficRouting, got true: without a router the weights are pods already');
  if (dynamic && delay !== undefined && routing !== undefined) say('dynamicStableScale', 'expected either dynamicStableScale or scaleDownDelaySeconds, got both: the old pods are gone before the delay begins');
  const most = dig(routing, 'maxTrafficWeight');
  if (most !== undefined && record(routing, 'nginx') === undefined && Object.keys(record(routing, 'plugins') ?? {}).length === 0) say('trafficRouting.maxTrafficWeight', 'expected NGINX or a plugin, which alone know other weights than percents, got another router');
}

function checkAntiAffinity(affinity: unknown, field: string, object: LandedObject, report: Report): void {
  if (!isRecord(affinity)) return;
  const [preferred, required] = [affinity['preferredDuringSchedulingIgnoredDuringExecution'], affinity['requiredDuringSchedulingIgnoredDuringExecution']];
  if (isRecord(preferred) === isRecord(required)) report(object, { field, message: `expected one of preferredDuringSchedulingIgnoredDuringExecution and requiredDuringSchedulingIgnoredDuringExecution, got ${isRecord(preferred) ? 'both' : 'neither'}` });
  const weight = dig(preferred, 'weight');
  if (isRecord(preferred) && (typeof weight !== 'number' || weight < 1 || weight > 100)) report(object, { field: `${field}.preferredDuringSchedulingIgnoredDuringExecution.weight`, message: `expected a weight from 1 to 100, got ${String(weight ?? 'none')}` });
}
