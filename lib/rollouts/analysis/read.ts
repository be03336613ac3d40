import { Condition } from '../../expr/condition.ts';
import { ExprCompileError } from '../../expr/errors.ts';
import type { KubeObject } from '../../manifests/rendered.ts';
import { parseDuration } from '../../values/duration.ts';
import type { Problem } from '../../values/errors.ts';
import type { Metric } from './metric.ts';
import { fieldsAt, listAt, textAt, type Fields } from '../../values/fields.ts';
import { wholeNumber } from '../whole-number.ts';

/** Templates and arguments of an analysis that a Rollout starts. */
export interface AnalysisInput {
  /** Where it stands, such as `spec.strategy.canary.steps[1].analysis`. */
  readonly field: string;
  readonly templates: readonly KubeObject[];
  /** The Rollout's `args`. */
  readonly args: readonly unknown[];
  /** The Rollout's own `dryRun`. */
  readonly dryRun: readonly unknown[];
}

/** How many errors in a row a metric may have where it doesn't say. */
const defaultErrorLimit = 4;

/** The metrics of an analysis with its arguments filled in; what can't be read is added to the problems. */
export function readMetrics(input: AnalysisInput, problems: Problem[]): Metric[] {
  const args = argumentValues(input, problems);
  const dryRun = [...input.dryRun, ...input.templates.flatMap((template) => listAt(fieldsAt(template['spec'])['dryRun']))].flatMap((rule) => textAt(fieldsAt(rule)['metricName']) ?? []);
  return input.templates.flatMap((template) => listAt(fieldsAt(template['spec'])['metrics']).flatMap((metric, index) => {
    const where = `${template.kind} ${template.metadata?.name ?? ''} spec.metrics[${index}]`;
    return readMetric(fieldsAt(filled(metric, args)), dryRun, where, problems) ?? [];
  }));
}

function readMetric(metric: Fields, dryRun: readonly string[], where: string, problems: Problem[]): Metric | undefined {
  const [provider, second] = Object.keys(fieldsAt(metric['provider']));
  if (provider === undefined || second !== undefined) {
    problems.push({ where, message: 'expected one provider', fix: 'mend the metric' });
    return undefined;
  }
  const name = textAt(metric['name']) ?? '';
  const interval = milliseconds(metric, 'interval', where, problems);
  const count = wholeNumber(metric['count']) ?? 0;
  const success = condition(metric, 'successCondition', where, problems);
  const failure = condition(metric, 'failureCondition', where, problems);
  return {
    name,
    provider,
    dryRun: dryRun.some((pattern) => new RegExp(pattern).test(name)),
    ...(interval !== undefined && { interval }),
    initialDelay: milliseconds(metric, 'initialDelay', where, problems) ?? 0,
    ...(count > 0 ? { count } : interval === undefined && { count: 1 }),
    failureLimit: wholeNumber(metric['failureLimit']) ?? 0,
    inconclusiveLimit: wholeNumber(metric['inconclusiveLimit']) ?? 0,
    consecutiveErrorLimit: wholeNumber(metric['consecutiveErrorLimit']) ?? defaultErrorLimit,
    consecutiveSuccessLimit: wholeNumber(metric['consecutiveSuccessLimit']) ?? 0,
    ...(success !== undefined && { success }),
    ...(failure !== undefined && { failure }),
  };
}

function milliseconds(metric: Fields, name: string, where: string, problems: Problem[]): number | undefined {
  const duration = textAt(metric[name]);
  if (duration === undefined) return undefined;
  const value = parseDuration(duration);
  if (value === undefined) problems.push({ where: `${where}.${name}`, message: `expected a duration such as 5m, got ${JSON.stringify(duration)}` });
  return value;
}

function condition(metric: Fields, name: string, where: string, problems: Problem[]): Condition | undefined {
  const source = textAt(metric[name]);
  if (source === undefined) return undefined;
  try {
    return new Condition(source);
  } catch (error) {
    if (!(error instanceof ExprCompileError)) throw error;
    problems.push({ where: `${where}.${name}`, message: `expected an expression of expr-lang, got ${JSON.stringify(source)}: ${error.message}` });
    return undefined;
  }
}

/** Values of the arguments: the Rollout's before the template's. What only the cluster knows gets a name in its place: no condition compares with it. */
function argumentValues({ field, templates, args }: AnalysisInput, problems: Problem[]): Map<string, string> {
  const declared = templates.flatMap((template) => listAt(fieldsAt(template['spec'])['args'])).map((each) => fieldsAt(each));
  const given = new Map(args.map((each) => fieldsAt(each)).map((arg) => [textAt(arg['name']) ?? '', arg] as const));
  return new Map(declared.flatMap((arg) => {
    const name = textAt(arg['name']) ?? '';
    const source = given.get(name) ?? arg;
    const value = typeof source['value'] === 'string' ? source['value'] : source['valueFrom'] === undefined ? undefined : `the-${name}`;
    if (value === undefined) problems.push({ where: `${field}.args`, message: `expected a value for the argument ${JSON.stringify(name)}, got none` });
    return value === undefined ? [] : [[name, value] as const];
  }));
}

/** A value with its arguments put in. */
function filled(value: unknown, args: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return value.replace(/\{\{\s*args\.([^{}\s]+)\s*\}\}/g, (use, name: string) => args.get(name) ?? use);
  if (Array.isArray(value)) return value.map((item) => filled(item, args));
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filled(item, args)])) : value;
}
