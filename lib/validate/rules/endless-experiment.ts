import type { ObjectRule } from '../rule.ts';
import { dig, isRecord, list, text } from '../schemas/plain.ts';
import { canarySteps, rolloutKind } from '../scope/rollout.ts';

/** An experiment waits for its duration and for the analyses that it requires. Without both, a rollout stands at it until an analysis fails or somebody stops the experiment. */
export const endlessExperiment: ObjectRule = {
  id: 'endless-experiment',
  scope: 'object',
  severity: 'error',
  kinds: [rolloutKind],
  title: 'An experiment in a step of a canary ends: after its duration, or with an analysis that it requires',
  fix: 'give the experiment a duration, or require one of its analyses (requiredForCompletion: true)',
  check(object, report) {
    for (const { value, field } of canarySteps(object.value)) {
      const experiment = value['experiment'];
      if (!isRecord(experiment) || text(experiment, 'duration') !== undefined) continue;
      const analyses = list(experiment, 'analyses');
      if (analyses.some((analysis) => dig(analysis, 'requiredForCompletion') === true)) continue;
      const got = analyses.length === 0 ? 'no duration and no analysis' : `no duration and ${analyses.length} ${analyses.length === 1 ? 'analysis' : 'analyses'}, none of them required`;
      report(object, { field: `${field}.experiment`, message: `expected a duration, or an analysis with requiredForCompletion: true, got ${got}: the experiment would never end` });
    }
  },
};
