import { Condition } from '../../expr/condition.ts';
import { ExprCompileError } from '../../expr/errors.ts';
import { anything, float, floatArray, type Nature } from '../../expr/nature.ts';
import type { ObjectRule } from '../rule.ts';
import { isScalarQuery } from '../rollouts/scalar-query.ts';
import { dig, text } from '../schemas/plain.ts';
import { analysisKinds, argumentsOf, argumentUse, metricsOf, type AnalysisMetric } from '../scope/analysis.ts';

/** What a metric's result may be, and how that is said. Of a provider without any only the syntax of conditions is checked. */
interface Result {
  readonly natures: readonly Nature[];
  readonly name: string;
}

function resultOf({ value, providers: [provider] }: AnalysisMetric): Result {
  switch (provider) {
    case 'prometheus': return prometheusResult(dig(value, 'provider', 'prometheus', 'query'));
    // One series is a number, several are a list.
    case 'wavefront': return { natures: [float, floatArray], name: 'what wavefront gives, a number (several series: a list of numbers)' };
    case 'web': return { natures: [anything], name: 'what web gives, what the response holds' };
    default: return { natures: [], name: '' };
  }
}

/** A vector is a list, however many series it has; a scalar is a number. */
function prometheusResult(query: unknown): Result {
  switch (typeof query === 'string' ? isScalarQuery(query) : undefined) {
    case true: return { natures: [float], name: 'what prometheus gives for a scalar, a number' };
    case false: return { natures: [floatArray], name: 'what prometheus gives, a list of numbers' };
    case undefined: return { natures: [floatArray, float], name: 'what prometheus gives, a list of numbers (a scalar query: a number)' };
  }
}

/** Stand-ins for arguments whose value the template doesn't know. */
const standIns = ['1', '0.5', 'text'];

/** A condition of a metric is an expression that the controller can run: otherwise every measurement is an error, and the fifth fails the rollout. */
export const analysisCondition: ObjectRule = {
  id: 'analysis-condition',
  scope: 'object',
  severity: 'error',
  kinds: analysisKinds,
  title: 'The conditions of a metric are expressions that Argo Rollouts can evaluate on what its provider gives',
  fix: 'write a condition in expr-lang on `result`, such as `len(result) > 0 && result[0] >= 0.95` for a Prometheus vector',
  check(object, report) {
    const known = argumentsOf(object.value);
    for (const metric of metricsOf(object.value)) {
      for (const name of ['successCondition', 'failureCondition'] as const) {
        const condition = text(metric.value, name);
        if (condition === undefined) continue;
        const problem = problemOf(condition, known, resultOf(metric));
        if (problem !== undefined) report(object, { field: `${metric.field}.${name}`, message: problem });
      }
    }
  },
};

/** Why the controller can't evaluate a condition, if so; where arguments are open, it has to fit for one stand-in of each. */
function problemOf(condition: string, known: ReadonlyMap<string, string | undefined>, result: Result): string | undefined {
  const open = [...condition.matchAll(argumentUse)].some(([, name = '']) => known.get(name) === undefined);
  const texts = (open ? standIns : ['']).map((standIn) => condition.replace(argumentUse, (_, name: string) => known.get(name) ?? standIn));
  let problem: string | undefined;
  for (const each of texts) {
    const found = problemOfText(each, result);
    if (found === undefined) return undefined;
    problem ??= found;
  }
  return problem;
}

function problemOfText(source: string, { natures, name }: Result): string | undefined {
  let condition: Condition;
  try {
    condition = new Condition(source);
  } catch (error) {
    if (!(error instanceof ExprCompileError)) throw error;
    return `expected an expression of expr-lang, got ${JSON.stringify(source)}: ${error.message}, at character ${error.at + 1}`;
  }
  const problems = natures.map((nature) => typeProblem(condition, nature));
  if (problems.length === 0 || problems.includes(undefined)) return undefined;
  return `expected a condition that fits ${name}, got ${JSON.stringify(source)}: ${problems[0] ?? ''}`;
}

function typeProblem(condition: Condition, result: Nature): string | undefined {
  try {
    const { kind } = condition.check(result);
    return kind === 'bool' || kind === 'unknown' ? undefined : `it gives a ${kind}, not true or false`;
  } catch (error) {
    if (!(error instanceof ExprCompileError)) throw error;
    return error.message;
  }
}
