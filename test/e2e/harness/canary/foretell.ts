import { predict, type Measurements, type Prediction, type PredictOptions } from '../../../../lib/rollouts/simulate/predict.ts';
import { inNamespace, outcomeOf, stepsOf, type Outcome, type RolloutCase, type Step } from './case.ts';

const options: Readonly<Record<NonNullable<RolloutCase['play']>, PredictOptions>> = {
  'first-deployment': { change: 'first' },
  'new-image': {},
  'no-start': { neverStarts: true },
  'person': { person: 2000 },
  'revert': { change: { rollback: 1 } },
};

/** What the simulator says will come of a case. */
export function foretell(each: RolloutCase): Outcome {
  const { rollout, templates = [], measured = {}, play = 'new-image' } = inNamespace(each, 'anywhere');
  const left = play === 'revert' ? after(predict(rollout, templates, measured), measured) : measured;
  const prediction = predict(rollout, templates, left, options[play]);
  return outcomeOf({ ...each, rollout }, prediction, [0, ...weightsOf(prediction, stepsOf(rollout)), ...(prediction.promoted ? [100] : prediction.abort ? [0] : [])]);
}

/** The new version's share at the end of each step that sets one: on the way there it is what the pods make of it. */
function weightsOf({ simulation: { events, weights } }: Prediction, steps: readonly Step[]): number[] {
  return events.flatMap((event) => {
    if (event.kind !== 'step' || steps[event.step - 1]?.['setWeight'] === undefined) return [];
    return weights.findLast(({ at }) => at <= event.at)?.weight ?? [];
  });
}

/** What is left of samples after an update. */
function after({ analysisRuns }: Prediction, measured: Measurements): Measurements {
  return Object.fromEntries(Object.entries(measured).map(([metric, samples]) => {
    const taken = analysisRuns.flatMap(({ metrics }) => metrics).filter(({ name }) => name === metric).reduce((sum, { count, error }) => sum + count + error, 0);
    return [metric, samples.slice(Math.min(taken, samples.length - 1))];
  }));
}
