import { wholeNumber } from '../../rollouts/whole-number.ts';
import { durationProblem } from '../../values/duration.ts';
import { didYouMean } from '../../values/suggest.ts';
import type { ObjectRule, Report } from '../rule.ts';
import type { LandedObject } from '../scope/landing.ts';
import { list, record, text } from '../schemas/plain.ts';
import { analysisKinds, argumentsOf, argumentUse, metricsOf, type AnalysisMetric } from '../scope/analysis.ts';

/** What Argo Rollouts refuses when an analysis starts: by then the rollout has begun, and it is aborted. */
export const analysisMetric: ObjectRule = {
  id: 'analysis-metric',
  scope: 'object',
  severity: 'error',
  kinds: analysisKinds,
  title: 'The metrics of an analysis are ones that Argo Rollouts measures: one provider, limits within the count, arguments that are declared',
  fix: 'mend the metric: the controller would refuse it when the rollout is under way',
  check(object, report) {
    const metrics = metricsOf(object.value);
    const spec = record(object.value, 'spec');
    if (metrics.length === 0 && list(spec, 'templates').length === 0) report(object, { field: 'spec.metrics', message: 'expected at least one metric, got none' });
    const names = new Set<string>();
    for (const metric of metrics) {
      if (names.has(metric.name)) report(object, { field: `${metric.field}.name`, message: `another metric is named ${JSON.stringify(metric.name)} already` });
      names.add(metric.name);
      checkProvider(metric, object, report);
      checkLimits(metric, object, report);
      checkTimes(metric, object, report);
    }
    checkArguments(object, report);
  },
};

function checkProvider(metric: AnalysisMetric, object: LandedObject, report: Report): void {
  if (metric.providers.length !== 1) report(object, { field: `${metric.field}.provider`, message: `expected one provider, got ${metric.providers.join(' and ') || 'none'}` });
}

function checkLimits({ value, field }: AnalysisMetric, object: LandedObject, report: Report): void {
  const number = (name: string): number => wholeNumber(value[name]) ?? 0;
  const [count, failures, successes, inconclusive] = [number('count'), number('failureLimit'), number('consecutiveSuccessLimit'), number('inconclusiveLimit')];
  const say = (name: string, message: string): void => report(object, { field: `${field}.${name}`, message });
  for (const name of ['consecutiveErrorLimit', 'consecutiveSuccessLimit', 'inconclusiveLimit']) {
    if (number(name) < 0) say(name, `expected at least 0, got ${number(name)}`);
  }
  if (failures < -1) say('failureLimit', `expected at least 0, or -1 for no limit, got ${failures}`);
  if (failures === -1 && successes === 0) say('failureLimit', 'expected a limit of failures or of successes in a row, got neither: the metric could never end badly');
  if (count <= 0) return;
  if (failures >= 0 && successes >= 0 && count < failures + successes) say('count', `expected at least failureLimit + consecutiveSuccessLimit (${failures} + ${successes}), got ${count}`);
  if (failures < 0 && count < successes) say('count', `expected at least consecutiveSuccessLimit (${successes}), got ${count}`);
  if (count < inconclusive) say('count', `expected at least inconclusiveLimit (${inconclusive}), got ${count}`);
  if (count > 1 && text(value, 'interval') === undefined) say('interval', `expected an interval between ${count} measurements, got none`);
}

function checkTimes({ value, field }: AnalysisMetric, object: LandedObject, report: Report): void {
  for (const name of ['interval', 'initialDelay'] as const) {
    const duration = text(value, name);
    const problem = duration === undefined || duration.includes('{{') ? undefined : durationProblem(duration);
    if (problem !== undefined) report(object, { field: `${field}.${name}`, message: problem });
  }
}

/** An argument that is used has to be declared: the controller resolves none other. */
function checkArguments(object: LandedObject, report: Report): void {
  const known = [...argumentsOf(object.value).keys()];
  for (const [index, arg] of list(record(object.value, 'spec'), 'args').entries()) {
    if (text(arg, 'value') !== undefined && record(arg, 'valueFrom') !== undefined) report(object, { field: `spec.args[${index}]`, message: 'expected value or valueFrom, got both' });
  }
  for (const { value, field } of metricsOf(object.value)) {
    const used = new Set([...JSON.stringify(value).matchAll(argumentUse)].map(([, name = '']) => name));
    for (const name of [...used].filter((each) => !known.includes(each)).sort()) {
      report(object, { field, message: `uses the argument ${JSON.stringify(name)}, which spec.args doesn't declare.${didYouMean(name, known)}` });
    }
  }
}
