import { ExprCompileError } from '../../expr/errors.ts';
import { float, floatArray, type Nature } from '../../expr/nature.ts';
import { Floats, type Value } from '../../expr/value.ts';
import { judge, type Metric } from '../analysis/metric.ts';
import type { Phase } from '../analysis/phase.ts';
import type { SimulationOptions } from './simulation.ts';

/** What a metric gives at a time: a number, anything that its conditions judge, a verdict of its own, nothing, or an error. */
export type Sample =
  | { readonly number: number }
  | { readonly result: Value; readonly shown: string }
  | { readonly verdict: Phase }
  | { readonly nothing: true }
  | { readonly error: string };

/** Where measurements come from. */
export interface Trace {
  sample(metric: Metric, at: number, weight: number): Sample;
}

/** Takes measurements from a trace, and judges them by the metric's own conditions. @param isQuiet whether to leave out what was measured: for many runs */
export function measureBy(trace: Trace, isQuiet = false): SimulationOptions['measure'] {
  return (metric, at, weight) => {
    const sample = trace.sample(metric, at, weight);
    if (isQuiet && 'number' in sample) return judge(metric, asResult(metric, sample.number));
    if ('error' in sample) return { phase: 'Error', message: sample.error };
    if ('verdict' in sample) return { phase: sample.verdict };
    if ('result' in sample) return { ...judge(metric, sample.result), value: sample.shown };
    if ('nothing' in sample) return hasList(metric) ? { ...judge(metric, new Floats([])), value: '[]' } : { phase: 'Error', message: 'no data' };
    return { ...judge(metric, asResult(metric, sample.number)), value: shownNumber(sample.number) };
  };
}

const listed = new WeakMap<Metric, boolean>();

/** Whether a metric's result is a list, as a Prometheus vector is: told by what its conditions can be evaluated on. */
export function hasList(metric: Metric): boolean {
  let known = listed.get(metric);
  if (known === undefined) {
    const order: readonly Nature[] = metric.provider === 'prometheus' ? [floatArray, float] : [float, floatArray];
    known = (order.find((nature) => fits(metric, nature)) ?? order[0]) === floatArray;
    listed.set(metric, known);
  }
  return known;
}

function fits(metric: Metric, nature: Nature): boolean {
  try {
    metric.success?.check(nature);
    metric.failure?.check(nature);
    return true;
  } catch (error) {
    if (error instanceof ExprCompileError) return false;
    throw error;
  }
}

/** A number as the metric's provider would give it. */
export function asResult(metric: Metric, number: number): Value {
  return hasList(metric) ? new Floats([number]) : number;
}

function shownNumber(number: number): string {
  return String(Number(number.toPrecision(4)));
}
