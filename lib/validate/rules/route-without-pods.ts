import type { ObjectRule } from '../rule.ts';
import { dig, list, record } from '../schemas/plain.ts';
import { hasPods, sizedSteps, whyNoPods } from '../scope/canary-pods.ts';
import { canaryOf, rolloutKind } from '../scope/rollout.ts';

/** A route by header or a mirror is there at once, the new version's pods only with a weight or a scale above 0. */
export const routeWithoutPods: ObjectRule = {
  id: 'route-without-pods',
  scope: 'object',
  severity: 'error',
  kinds: [rolloutKind],
  title: 'A header or mirror route of a canary leads to pods: a weight or a scale above 0 comes before it',
  fix: 'put canaryScale({ replicas: 1 }) before it (setCanaryScale: { replicas: 1 }), and canaryScale({ matchTraffic: true }) after the route is gone',
  check(object, report) {
    if (record(canaryOf(object.value), 'trafficRouting') === undefined) return;
    for (const step of sizedSteps(object.value)) {
      if (hasPods(step)) continue;
      for (const name of ['setHeaderRoute', 'setMirrorRoute'] as const) {
        if (list(dig(step.value, name), 'match').length === 0) continue;
        report(object, { field: `${step.field}.${name}`, message: `expected pods of the new version before requests are sent to it, got none: ${whyNoPods(step)}; the route would lead nowhere` });
      }
    }
  },
};
