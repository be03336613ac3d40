import { Condition } from '../../expr/condition.ts';
import { ExprCompileError, ExprRuntimeError, ExprUnknown } from '../../expr/errors.ts';
import { Floats, type Value } from '../../expr/value.ts';
import { wholeNumber } from '../../rollouts/whole-number.ts';
import { dig, text } from '../schemas/plain.ts';
import { filled, type ArgumentMeaning } from './arguments.ts';
import type { Measuring } from './measuring.ts';

/** A result and how a person would write it. */
type Sample = readonly [name: string, result: Value];

/**
 * When a metric may end inconclusive, in words, if it may: then the rollout waits for a person. A measurement is inconclusive where neither
 * condition holds; the conditions are tried on results that their own numbers suggest, none and not-a-number among them.
 */
export function inconclusiveWhen({ metric, count, interval }: Measuring, meanings: ReadonlyMap<string, ArgumentMeaning>): string | undefined {
  const number = (name: string): number => wholeNumber(filled(String(metric.value[name] ?? ''), meanings)) ?? 0;
  const successes = number('consecutiveSuccessLimit');
  if (successes > 0 && count !== undefined && Number.isFinite(count)) return `there aren't ${successes} successes in a row within ${count} ${count === 1 ? 'measurement' : 'measurements'}`;
  if (interval !== undefined && count !== undefined && number('inconclusiveLimit') >= count) return undefined;
  const [provider = ''] = metric.providers;
  if (provider === 'kayenta') {
    const [pass, marginal] = ['pass', 'marginal'].map((name) => dig(metric.value, 'provider', 'kayenta', 'threshold', name));
    return typeof pass === 'number' && typeof marginal === 'number' && marginal < pass ? `its score is from ${marginal} to ${pass}` : undefined;
  }
  const [success, failure] = [text(metric.value, 'successCondition'), text(metric.value, 'failureCondition')].map((condition) => (condition === undefined ? undefined : filled(condition, meanings)));
  if (success === undefined || failure === undefined) return undefined;
  const sample = samplesOf(provider, `${success} ${failure}`).find(([, result]) => holds(success, result) === false && holds(failure, result) === false);
  return sample === undefined ? undefined : `neither condition holds: for ${sample[0]}, say`;
}

/** Results that tell conditions apart: around and between the numbers that stand in them. */
function samplesOf(provider: string, conditions: string): Sample[] {
  const said = [...conditions.matchAll(/(?<![\w.])\d+(?:\.\d+)?(?![\w.])/g)].map(([number]) => Number(number));
  const around = [...new Set([0, 1, ...said])].sort((a, b) => a - b);
  const numbers = [...around, ...around.slice(1).map((number, index) => (number + (around[index] ?? 0)) / 2), (around.at(-1) ?? 0) + 1, Number.NaN];
  const lists: Sample[] = [['no data', new Floats([])], ...numbers.map((number): Sample => [`[${number}]`, new Floats([number])])];
  const plain: Sample[] = [['null', null], ...numbers.map((number): Sample => [String(number), number])];
  return provider === 'prometheus' ? [...lists, ...plain] : [...plain, ...lists];
}

/** Whether a condition holds; undefined where the measurement would be an error, or can't be foretold. */
function holds(condition: string, result: Value): boolean | undefined {
  try {
    return new Condition(condition).holds(result);
  } catch (error) {
    if (error instanceof ExprCompileError || error instanceof ExprRuntimeError || error instanceof ExprUnknown) return undefined;
    throw error;
  }
}
