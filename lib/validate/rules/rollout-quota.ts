import { compareText } from '../../values/errors.ts';
import { parseQuantity } from '../../values/quantity.ts';
import { podShare, type ResourceSide } from '../rollouts/pod-demand.ts';
import type { KeptBounds, KeptPods, QuotaBook } from '../rollouts/quota-book.ts';
import type { FleetReport, FleetRule } from '../rule.ts';
import { list, record } from '../schemas/plain.ts';

/** What a quota counts: pods, or what their containers ask for. */
type Counted = { readonly side: 'pods' } | { readonly side: ResourceSide; readonly resource: string };

/** While two versions run, a Rollout needs room for both: without it the new pods never come. */
export const rolloutQuota: FleetRule = {
  id: 'rollout-quota',
  scope: 'fleet',
  severity: 'error',
  title: 'The ResourceQuota of a namespace has room for a Rollout at its peak, when two versions run',
  fix: 'raise the quota, run fewer or smaller pods, or use dynamicStableScale or a smaller maxSurge',
  check(index, report) {
    const said = new Set<string>();
    for (const quota of index.quotas.quotas) {
      if (!countsServing(quota)) continue;
      for (const cluster of quota.kept.clusters) {
        const pods = index.quotas.podsIn(quota.kept.landed.namespace, cluster);
        for (const rollout of pods) if (rollout.peak !== undefined) checkRollout(rollout, pods, quota, cluster, index.quotas, once(report, said));
      }
    }
  },
};

/** The same finding on several clusters is one. */
function once(report: FleetReport, said: Set<string>): FleetReport {
  return (object, finding) => {
    const key = JSON.stringify([object.landed.file, finding.field, finding.message]);
    if (!said.has(key)) report(object, finding);
    said.add(key);
  };
}

/** A quota of some priority, or of pods that end, isn't about pods that serve. */
function countsServing({ spec }: KeptBounds): boolean {
  return list(spec, 'scopes').every((scope) => scope === 'NotTerminating') && record(spec, 'scopeSelector') === undefined;
}

function checkRollout(rollout: KeptPods, pods: readonly KeptPods[], quota: KeptBounds, cluster: string, book: QuotaBook, report: FleetReport): void {
  const { namespace } = quota.kept.landed;
  const defaults = book.defaultsIn(namespace, cluster);
  const { pods: most, parts } = rollout.peak ?? { pods: 0, parts: '' };
  for (const [name, granted] of Object.entries(record(quota.spec, 'hard') ?? {}).sort(([a], [b]) => compareText(a, b))) {
    const counted = countedBy(name);
    const limit = parseQuantity(String(granted));
    if (counted === undefined || limit === undefined) continue;
    const share = (each: KeptPods): ReturnType<typeof podShare> => (counted.side === 'pods' ? { nano: 10n ** 9n } : podShare(each.demand, counted.side, counted.resource, defaults));
    const own = share(rollout);
    if ('silent' in own) {
      report(rollout.kept, { field: '', message: `the ResourceQuota ${quota.kept.landed.name} of ${namespace} counts ${name}, and ${own.silent.join(', ')} ${own.silent.length === 1 ? 'says' : 'say'} none: its pods would be refused`, fix: 'give the containers requests and limits, or the namespace a LimitRange with defaults' });
      continue;
    }
    const others = pods.filter((each) => each !== rollout).reduce((sum, each) => {
      const theirs = share(each);
      return sum + ('nano' in theirs ? theirs.nano * BigInt(each.range.highest) : 0n);
    }, 0n);
    const needed = own.nano * BigInt(most);
    if (needed + others <= limit.nano) continue;
    const unit = counted.side === 'pods' ? '' : counted.resource;
    const maximum = rollout.range.scaled ? `, at the maximum of its HorizontalPodAutoscaler, ${rollout.range.highest}` : '';
    report(rollout.kept, {
      field: 'spec.strategy',
      message: `needs ${shown(needed, unit)} of ${name} at its peak (${parts}${counted.side === 'pods' ? '' : `, ${shown(own.nano, unit)} each`}${maximum})${others === 0n ? '' : `, and the others of ${namespace} ${shown(others, unit)}`}: the ResourceQuota ${quota.kept.landed.name} allows ${String(granted)}`,
    });
  }
}

function countedBy(name: string): Counted | undefined {
  if (name === 'pods' || name === 'count/pods') return { side: 'pods' };
  const side = /^(limits|requests)\.(.+)$/.exec(name);
  if (side !== null) return { side: side[1] === 'limits' ? 'limits' : 'requests', resource: side[2] ?? '' };
  return ['cpu', 'ephemeral-storage', 'memory'].includes(name) ? { side: 'requests', resource: name } : undefined;
}

/** Billionths as a person writes them: cores in thousandths, memory in mebibytes. */
function shown(nano: bigint, resource: string): string {
  const whole = nano / 10n ** 9n;
  if (resource === 'cpu') return nano % 10n ** 9n === 0n ? String(whole) : `${nano / 10n ** 6n}m`;
  if (resource === '') return String(whole);
  const mebi = 2n ** 20n;
  return whole % mebi === 0n && whole > 0n ? `${whole / mebi}Mi` : String(whole);
}
