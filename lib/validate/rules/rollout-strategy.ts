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
    const [template, reference] = [isRecord(dig(spec, 'template')), isRecord(dig(spec, 'workloadRef'))];
    if (template === reference) report(object, { field: 'spec.template', message: `expected a template or a workloadRef, got ${template ? 'both' : 'neither'}` });
    const selector = dig(spec, 'selector');
    if (!reference && !isRecord(selector)) report(object, { field: 'spec.selector', message: 'expected a selector, got none' });
    else if (!reference && Object.keys(record(selector, 'matchLabels') ?? {}).length + list(selector, 'matchExpressions').length === 0) report(object, { field: 'spec.selector', message: 'expected labels that select the pods, got an empty selector' });
    const most = dig(strategy, 'canary', 'trafficRouting', 'maxTrafficWeight');
    const heaviest = typeof most === 'number' ? most : 100;
    for (const [index, step] of list(dig(strategy, 'canary'), 'steps').entries()) {
      const field = `spec.strategy.canary.steps[${index}]`;
      const kinds = isRecord(step) ? Object.keys(step).filter((name) => step[name] !== undefined && step[name] !== null) : [];
      if (kinds.length === 0) report(object, { field, message: 'expected one thing to do, got none' });
      // A scale and a route may stand beside another: nothing waits for them.
      const waiting = kinds.filter((name) => !['setCanaryScale', 'setHeaderRoute', 'setMirrorRoute'].includes(name));
      if (waiting.length > 1) report(object, { field, message: `expected one thing to do, got ${waiting.join(' and ')}` });
      const weight = dig(step, 'setWeight');
      if (typeof weight === 'number' && (weight < 0 || weight > heaviest)) report(object, { field: `${field}.setWeight`, message: `expected a weight from 0 to ${heaviest}, got ${weight}` });
    }
  },
};
