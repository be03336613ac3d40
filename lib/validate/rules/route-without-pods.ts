import { wholeNumber } from '../../rollouts/whole-number.ts';
import type { ObjectRule } from '../rule.ts';
import { dig, isRecord, list, record } from '../schemas/plain.ts';
import { canaryOf, canarySteps, rolloutKind } from '../scope/rollout.ts';

/**
 * A route by header or a mirror is there at once, the new version's pods only with a weight or a scale. Argo Rollouts takes the last scale up to
 * the step, and the last weight where there is none or it matches the traffic; before the first weight that is 0, which is no pod.
 */
export const routeWithoutPods: ObjectRule = {
  id: 'route-without-pods',
  scope: 'object',
  severity: 'error',
  kinds: [rolloutKind],
  title: 'A header or mirror route of a canary leads to pods: a weight or a scale above 0 comes before it',
  fix: 'put canaryScale({ replicas: 1 }) before it (setCanaryScale: { replicas: 1 }), and canaryScale({ matchTraffic: true }) after the route is gone',
  check(object, report) {
    if (record(canaryOf(object.value), 'trafficRouting') === undefined) return;
    let weight = 0;
    let scale: { readonly field: string; readonly size: number } | undefined;
    for (const { value, field } of canarySteps(object.value)) {
      weight = wholeNumber(value['setWeight']) ?? weight;
      const scaled = value['setCanaryScale'];
      if (isRecord(scaled)) {
        const size = scaled['matchTrafficWeight'] === true ? undefined : (wholeNumber(scaled['replicas']) ?? wholeNumber(scaled['weight']));
        scale = size === undefined ? undefined : { field: `${field}.setCanaryScale`, size };
      }
      if ((scale?.size ?? weight) > 0) continue;
      for (const name of ['setHeaderRoute', 'setMirrorRoute'] as const) {
        if (list(dig(value, name), 'match').length === 0) continue;
        report(object, { field: `${field}.${name}`, message: `expected pods of the new version before requests are sent to it, got none: ${scale === undefined ? 'its weight is 0 here, and no setCanaryScale gives it any' : `${scale.field} gives it 0`}; the route would lead nowhere` });
      }
    }
  },
};
