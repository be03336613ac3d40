import { wholeNumber } from '../../rollouts/whole-number.ts';
import { declaredArguments } from '../rollouts/arguments.ts';
import { templateName, type KnownTemplate, type KnownUse } from '../rollouts/analysis-book.ts';
import { measuringsOf } from '../rollouts/measuring.ts';
import type { FleetReport, FleetRule } from '../rule.ts';
import { dig, list, text } from '../schemas/plain.ts';
import { argumentUse, metricsOf, type AnalysisMetric } from '../scope/analysis.ts';

/** A step that waits for an analysis waits for its end. */
export const endlessAnalysis: FleetRule = {
  id: 'endless-analysis',
  scope: 'fleet',
  severity: 'error',
  title: 'An analysis that a rollout waits for, or an experiment, ends by itself',
  fix: 'give the metric a count; only an analysis in the background may go on until the steps are done',
  check(index, report) {
    for (const known of index.analyses.uses()) {
      if (known.use.place === 'experiment') checkExperiment(known, report);
      else if (known.use.place !== 'background') for (const template of known.templates) checkTemplate(template, known, report);
    }
  },
};

function checkTemplate(template: KnownTemplate, { user, use }: KnownUse, report: FleetReport): void {
  for (const metric of metricsOf(template.value)) {
    const problem = endless(metric, template.value);
    if (problem !== undefined) report(user.kept, { field: use.field, message: `the metric ${metric.name} of ${templateName(template)} never ends: ${problem}` });
  }
}

/**
 * Why the controller takes a metric for endless, if so. It looks at the template alone: a count that an argument gives counts
 * only when the template itself has the argument's value.
 */
function endless({ value }: AnalysisMetric, template: unknown): string | undefined {
  if (text(value, 'interval') === undefined) return undefined;
  const said = value['count'];
  if (said === undefined || said === null) return 'it has an interval and no count';
  const declared = new Map(declaredArguments(template).map((arg) => [arg.name, arg.value]));
  const count = String(said).replace(argumentUse, (use, name: string) => declared.get(name) ?? use);
  if (wholeNumber(count) !== 0 && wholeNumber(count) !== undefined) return undefined;
  const open = [...count.matchAll(argumentUse)].map(([, name = '']) => name);
  return open.length === 0 ? `its count is ${count}` : `its count comes from the argument ${open.join(', ')}, which has no value in the template, and only there the controller looks for one before a rollout`;
}

/** An experiment in a step ends after its duration, or when the analyses that it requires do. */
function checkExperiment(known: KnownUse, report: FleetReport): void {
  const { user, use } = known;
  if (use.step === undefined) return;
  const experiment = dig(list(dig(user.value, 'spec', 'strategy', 'canary'), 'steps')[use.step], 'experiment');
  if (text(experiment, 'duration') !== undefined) return;
  const analysis = list(experiment, 'analyses').find((_, index) => use.field.endsWith(`.analyses[${index}]`));
  if (dig(analysis, 'requiredForCompletion') !== true) return;
  for (const { metric, template, count } of measuringsOf(known)) {
    if (count === Number.POSITIVE_INFINITY) report(user.kept, { field: use.field, message: `the metric ${metric.name} of ${templateName(template)} never ends: it has an interval and no count, and the experiment has no duration` });
  }
}
