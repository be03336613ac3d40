import { at, fieldsAt, listAt, textAt, type Fields } from '../../values/fields.ts';
import { wholeNumber } from '../whole-number.ts';
import { analysisOf, durationAt, secondsAt, type Reader } from './reader.ts';
import type { ExperimentPlan } from './rollout-plan.ts';

/** How long nothing may happen where nothing is said, in seconds. */
export const defaultDeadline = 600;

/** Reads an experiment of a step. */
export function readExperiment(reader: Reader, experiment: Fields, field: string): ExperimentPlan {
  const duration = durationAt(reader, experiment['duration'], `${field}.duration`);
  return {
    ...(duration !== undefined && { duration }),
    templates: listAt(experiment, 'templates').map((each, index) => readTemplate(reader, fieldsAt(each), `${field}.templates[${index}]`)),
    analyses: listAt(experiment, 'analyses').map((each, index) => {
      const use = fieldsAt(each);
      const analysis = analysisOf(reader, [use], { args: use['args'], dryRun: experiment['dryRun'] }, `${field}.analyses[${index}]`);
      return { name: textAt(use, 'name') ?? '', analysis, isRequired: use['requiredForCompletion'] === true };
    }),
    deadline: secondsAt(fieldsAt(reader.rollout, 'spec'), 'progressDeadlineSeconds', defaultDeadline),
    scaleDownDelay: secondsAt(experiment, 'scaleDownDelaySeconds', 30),
  };
}

function readTemplate(reader: Reader, template: Fields, where: string): ExperimentPlan['templates'][number] {
  const reference = textAt(template, 'specRef');
  if (reference !== 'canary' && reference !== 'stable') reader.problems.push({ where: `${where}.specRef`, message: `expected canary or stable, got ${JSON.stringify(reference ?? '')}: the controller refuses it` });
  const weight = wholeNumber(at(template, 'weight'));
  return { name: textAt(template, 'name') ?? '', of: reference === 'stable' ? 'old' : 'new', replicas: wholeNumber(template['replicas']) ?? 1, ...(weight !== undefined && { weight }) };
}
