import type { ObjectRule } from '../rule.ts';
import { dig } from '../schemas/plain.ts';
import { blueGreenOf, canarySteps, pauseLength, rolloutKind } from '../scope/rollout.ts';

/** Where nobody watches, nothing may wait for a person. */
export const endlessPause: ObjectRule = {
  id: 'endless-pause',
  scope: 'object',
  severity: 'error',
  kinds: [rolloutKind],
  title: 'Where an environment is unattended, nothing in a rollout waits for a person',
  fix: 'give the pause a duration, or let an analysis decide',
  check(object, report, landing) {
    if (landing.target.unattended !== true) return;
    const place = landing.unit.environment === undefined ? 'an unattended environment' : `${landing.unit.environment}, which is unattended`;
    for (const { value, field } of canarySteps(object.value)) {
      if (value['pause'] !== undefined && pauseLength(value) === undefined) report(object, { field: `${field}.pause`, message: `expected a duration in ${place}, got a pause that a person ends: it would never end` });
    }
    if (blueGreenOf(object.value)?.['autoPromotionEnabled'] === false) {
      report(object, { field: 'spec.strategy.blueGreen.autoPromotionEnabled', message: `expected promotion without a person in ${place}, got false: it would wait for ever, whatever autoPromotionSeconds says`, fix: 'take autoPromotionEnabled out, and set autoPromotionSeconds or a prePromotionAnalysis' });
    }
    if (dig(object.value, 'spec', 'paused') === true) report(object, { field: 'spec.paused', message: `expected a Rollout that goes on in ${place}, got paused: true`, fix: 'take paused out' });
  },
};
