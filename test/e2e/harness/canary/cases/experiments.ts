import type { RolloutCase } from '../case.ts';
import { canaryOf, prometheusMetric, template } from '../objects.ts';

function experiment(id: string, more: Readonly<Record<string, unknown>>): Pick<RolloutCase, 'id' | 'rollout' | 'templates'> {
  const versions = [{ name: 'baseline', specRef: 'stable' }, { name: 'candidate', specRef: 'canary' }];
  const analyses = [{ name: 'compare', templateName: 'success-rate', requiredForCompletion: true }];
  return { id, rollout: canaryOf([{ setWeight: 20 }, { experiment: { templates: versions, analyses, ...more } }]), templates: [template('success-rate', [prometheusMetric(id, 'success', { interval: '3s', count: 2 })])] };
}

/** What an experiment at a step comes to. */
export const experimentCases: readonly RolloutCase[] = [
  {
    name: 'a good one goes on',
    ...experiment('experiment-good', {}),
    measured: { success: [{ number: 1 }] },
    comesTo: { phase: 'Healthy', abort: false, promoted: true, stepIndex: 2, weights: [0, 20, 100] },
  },
  {
    name: 'a bad one aborts',
    ...experiment('experiment-bad', {}),
    measured: { success: [{ number: 0.5 }] },
    comesTo: { phase: 'Degraded', abort: true, promoted: false, stepIndex: 0, decidedAtStep: 1 },
  },
];
