import type { ObjectRule } from '../rule.ts';
import { dig, isRecord, list, record } from '../schemas/plain.ts';

/** A Rollout says how it rolls out, in steps that mean something: its CustomResourceDefinition accepts nonsense. */
export const rolloutStrategy: ObjectRule = {
  id: 'rollout-strategy',
  scope: 'object',
  severity: 'error',
  kinds: ['argoproj.io/Rollout'],
  title: 'A Rollout has one strategy, and steps with weights from 0 to 100',
  fix: 'write strategy.canary or strategy.blueGreen, with one thing per step',
  check(object, report) {
    const spec = record(object.value, 'spec');
    const strategy = record(spec, 'strategy');
    const chosen = ['blueGreen', 'canary'].filter((name) => strategy?.[name] !== undefined && strategy[name] !== null);
    if (chosen.length !== 1) report(object, { field: 'spec.strategy', message: `expected one of blueGreen, canary, got ${chosen.join(' and ') || 'none'}` });
    if (!isRecord(dig(spec, 'template')) && !isRecord(dig(spec, 'workloadRef'))) report(object, { field: 'spec.template', message: 'expected a template or a workloadRef, got neither' });
    if (isRecord(dig(spec, 'template')) && !isRecord(dig(spec, 'selector'))) report(object, { field: 'spec.selector', message: 'expected a selector, got none' });
    const replicas = dig(spec, 'replicas');
    if (typeof replicas === 'number' && replicas < 0) report(object, { field: 'spec.replicas', message: `expected at least 0, got ${replicas}` });
    for (const [index, step] of list(dig(strategy, 'canary'), 'steps').entries()) {
      const field = `spec.strategy.canary.steps[${index}]`;
      const kinds = isRecord(step) ? Object.keys(step) : [];
      if (kinds.length !== 1) report(object, { field, message: `expected one thing to do, got ${kinds.join(' and ') || 'none'}` });
      const weight = dig(step, 'setWeight');
      if (typeof weight === 'number' && (weight < 0 || weight > 100)) report(object, { field: `${field}.setWeight`, message: `expected a weight from 0 to 100, got ${weight}` });
    }
  },
};
