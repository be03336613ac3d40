import { Condition } from '../../expr/condition.ts';
import { ExprCompileError } from '../../expr/errors.ts';
import type { KubeObject } from '../../manifests/rendered.ts';
import { parseDuration } from '../../values/duration.ts';
import type { Problem } from '../../values/errors.ts';
import { fieldsAt, listAt, numberAt, textAt, type Fields } from '../../values/fields.ts';
import { argumentsOf, filled, usedArguments, type Arguments } from './arguments.ts';
import type { Metric } from './metric.ts';
import type { AnalysisPlan } from './run.ts';
import { fitsRule, invalidMetrics, limitOf, unmatchedRule } from './valid.ts';

/** Templates and arguments of an analysis that a Rollout starts. */
export interface AnalysisInput {
  /** Where it stands, such as `spec.strategy.canary.steps[1].analysis`. */
  readonly field: string;
  readonly rollout: KubeObject;
  readonly templates: readonly KubeObject[];
  /** The Rollout's `args`. */
  readonly args: readonly unknown[];
  /** The Rollout's own `dryRun`. */
  readonly dryRun: readonly unknown[];
  /** The Rollout's own `measurementRetention`. */
  readonly retention: readonly unknown[];
}

/** How many errors in a row a metric may have where it doesn't say. */
const defaultErrorLimit = 4;

/** The metrics of an analysis with its arguments filled in; what can't be foretold is added to the problems. */
export function readAnalysis(input: AnalysisInput, problems: Problem[]): AnalysisPlan {
  const { rollout, templates, field } = input;
  const args = argumentsOf(rollout, templates, input.args, field, problems);
  const dryRun = rulesOf('dryRun', input.dryRun, input, problems);
  const retention = rulesOf('measurementRetention', input.retention, input, problems);
  const found = templates.flatMap((template) => listAt(template['spec'], 'metrics').map((metric, index) => ({ where: `${template.kind} ${template.metadata?.name ?? ''} spec.metrics[${index}]`, metric: fieldsAt(metric) })));
  const names = found.map(({ metric }) => textAt(metric, 'name') ?? '');
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) problems.push({ where: `${field}.templates`, message: `expected metrics with a name of their own, got two named ${JSON.stringify(twice)}: the controller refuses it`, fix: 'rename one' });
  for (const { where, metric } of found) refuseUnknown(metric, args, where, problems);
  const metrics = found.map(({ metric }) => fieldsAt(filled(metric, args)));
  const invalid = invalidMetrics(metrics) ?? unmatchedRule('dryRun', dryRun, names) ?? unmatchedRule('measurementRetention', retention, names);
  if (invalid !== undefined) return { metrics: [], invalid: `Analysis spec invalid: ${invalid}` };
  return { metrics: metrics.map((metric, index) => readMetric(metric, dryRun, found[index]?.where ?? field, problems)) };
}

/** The names that rules are for, the Rollout's before the templates'. The same one twice is refused. */
function rulesOf(name: 'dryRun' | 'measurementRetention', own: readonly unknown[], { templates, field }: AnalysisInput, problems: Problem[]): string[] {
  const rules = [...own, ...templates.flatMap((template) => listAt(template['spec'], name))].map((rule) => textAt(rule, 'metricName') ?? '');
  const twice = rules.find((rule, index) => rules.indexOf(rule) !== index);
  if (twice !== undefined) problems.push({ where: `${field}.${name}`, message: `expected each metric once, got ${JSON.stringify(twice)} twice: the controller refuses it`, fix: 'take one out' });
  return rules;
}

/** Only a query may depend on what the cluster knows alone: anything else decides the course. */
function refuseUnknown(metric: Fields, args: Arguments, where: string, problems: Problem[]): void {
  for (const name of usedArguments(metric)) {
    if (!args.has(name)) problems.push({ where, message: `expected arguments that its template declares, got {{args.${name}}}: the controller can't resolve it`, fix: 'declare it' });
  }
  for (const [field, value] of Object.entries(metric)) {
    const unknown = field === 'provider' ? [] : usedArguments(value).filter((name) => args.has(name) && args.get(name) === undefined);
    for (const name of unknown) problems.push({ where: `${where}.${field}`, message: `cannot simulate: it depends on the argument ${JSON.stringify(name)}, whose value only the cluster knows`, fix: 'give the argument a value' });
  }
}

function readMetric(metric: Fields, dryRun: readonly string[], where: string, problems: Problem[]): Metric {
  const name = textAt(metric, 'name') ?? '';
  const [provider = ''] = Object.keys(fieldsAt(metric, 'provider'));
  const interval = milliseconds(metric, 'interval');
  const count = limitOf(metric, 'count') ?? 0;
  const threshold = fieldsAt(metric, 'provider', 'kayenta', 'threshold');
  // A Job and a judge say themselves how it went: conditions aren't looked at.
  const judgesItself = provider === 'job' || provider === 'kayenta';
  const success = judgesItself ? undefined : condition(metric, 'successCondition', where, problems);
  const failure = judgesItself ? undefined : condition(metric, 'failureCondition', where, problems);
  return {
    name, provider, dryRun: dryRun.some((pattern) => fitsRule(pattern, name)),
    ...(interval !== undefined && { interval }), initialDelay: milliseconds(metric, 'initialDelay') ?? 0,
    ...(count !== 0 ? { count } : interval === undefined && { count: 1 }),
    failureLimit: limitOf(metric, 'failureLimit') ?? 0,
    inconclusiveLimit: limitOf(metric, 'inconclusiveLimit') ?? 0,
    consecutiveErrorLimit: limitOf(metric, 'consecutiveErrorLimit') ?? defaultErrorLimit,
    consecutiveSuccessLimit: limitOf(metric, 'consecutiveSuccessLimit') ?? 0,
    ...(success !== undefined && { success }), ...(failure !== undefined && { failure }),
    ...(provider === 'kayenta' && { threshold: { pass: numberAt(threshold, 'pass') ?? 0, marginal: numberAt(threshold, 'marginal') ?? 0 } }),
  };
}

function milliseconds(metric: Fields, name: string): number | undefined {
  const duration = textAt(metric, name);
  return duration === undefined ? undefined : parseDuration(duration);
}

function condition(metric: Fields, name: string, where: string, problems: Problem[]): Condition | undefined {
  const source = textAt(metric, name);
  if (source === undefined) return undefined;
  try {
    return new Condition(source);
  } catch (error) {
    if (!(error instanceof ExprCompileError)) throw error;
    problems.push({ where: `${where}.${name}`, message: `expected an expression of expr-lang, got ${JSON.stringify(source)}: ${error.message}` });
    return undefined;
  }
}
