import { describe, expect, it } from 'vitest';
import type { SpreadOptions } from '../../../lib/constructs/scaling/spread-options.ts';
import { spreadSchema } from '../../../lib/constructs/scaling/schemas.ts';
import { topologySpreadFor, type WorkloadKind } from '../../../lib/constructs/scaling/topology-spread.ts';
import { faults, refusals, web } from '../network/samples.ts';

/** The constraints, in a pod that every API server takes. */
function spreadOf(options: SpreadOptions, kind: WorkloadKind = 'Deployment') {
  expect(faults(spreadSchema, options)).toEqual([]);
  const topologySpreadConstraints = topologySpreadFor(web, options, kind);
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { containers: [{ name: 'web', image: 'web:1' }], topologySpreadConstraints } };
  expect(refusals(pod)).toEqual([]);
  return topologySpreadConstraints;
}

describe('topology spread', () => {
  it('prefers to spread over zones and nodes, each version by itself, and doesn\'t count nodes that take no pods', () => {
    const rest = { maxSkew: 1, whenUnsatisfiable: 'ScheduleAnyway', nodeTaintsPolicy: 'Honor', labelSelector: { matchLabels: web.selector }, matchLabelKeys: ['pod-template-hash', 'rollouts-pod-template-hash'] };
    expect(spreadOf({})).toEqual([{ topologyKey: 'topology.kubernetes.io/zone', ...rest }, { topologyKey: 'kubernetes.io/hostname', ...rest }]);
  });

  it.each<[WorkloadKind, readonly string[] | undefined]>([
    ['Deployment', ['pod-template-hash', 'rollouts-pod-template-hash']], ['Rollout', ['pod-template-hash', 'rollouts-pod-template-hash']], ['StatefulSet', undefined],
  ])('tells the versions of a %s apart by the label that its pods have, in words that fit the other kind too', (kind, keys) => {
    expect(spreadOf({}, kind).map((constraint) => constraint.matchLabelKeys)).toEqual([keys, keys]);
  });

  it('says nothing for a DaemonSet', () => {
    expect(spreadOf({}, 'DaemonSet')).toEqual([]);
  });

  it.each<[string, SpreadOptions, string[]]>([
    ['a must over zones', { zones: 'required' }, ['zone DoNotSchedule 1', 'hostname ScheduleAnyway 1']],
    ['a must over nodes', { hosts: 'required' }, ['zone ScheduleAnyway 1', 'hostname DoNotSchedule 1']],
    ['zones alone', { hosts: false }, ['zone ScheduleAnyway 1']],
    ['nothing', { hosts: false, zones: false }, []],
    ['a larger skew', { maxSkew: 3 }, ['zone ScheduleAnyway 3', 'hostname ScheduleAnyway 3']],
    ['zones that must exist', { zones: 'required', minZones: 3 }, ['zone DoNotSchedule 1 of 3', 'hostname ScheduleAnyway 1']],
  ])('takes %s', (_, options, constraints) => {
    expect(spreadOf(options).map((each) => `${each.topologyKey.replace(/.*\//, '')} ${each.whenUnsatisfiable} ${each.maxSkew}${each.minDomains === undefined ? '' : ` of ${each.minDomains}`}`)).toEqual(constraints);
  });

  it.each<[unknown, string[]]>([
    [{ zones: 'hard' }, ['web: zones: expected \'preferred\', \'required\' or false, got "hard"']],
    [{ maxSkew: 0 }, ['web: maxSkew: expected at least 1, got 0']],
    [{ minZones: 3 }, ['web: minZones: expected `zones: \'required\'` with a number of zones: a preference has none']],
  ])('is refused with %j', (options, messages) => {
    expect(faults(spreadSchema, options)).toEqual(messages);
  });
});
