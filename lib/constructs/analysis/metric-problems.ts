import { fieldPath } from '../../model/schema.ts';
import type { Problem } from '../../values/errors.ts';
import { didYouMean } from '../../values/suggest.ts';
import type { MetricOptions } from './analysis.ts';
import type { AnalysisFacts } from './facts.ts';
import { ownLabels } from './prometheus/promql.ts';
import { providers } from './providers.ts';
import { argumentsIn, strangeTags, textsIn } from './texts.ts';

/** Where analyses are used: a step, a promotion and an experiment wait for their end, the background goes on with the rollout. */
export type Occasion = 'background' | 'experiment' | 'promotion' | 'step';

/** Where a metric stands, and what is known there. */
export interface MetricSurroundings {
  readonly occasion: Occasion;
  readonly facts: AnalysisFacts;
  /** Names of the arguments that its analysis declares. */
  readonly declared: readonly string[];
  readonly where: string;
  readonly path: readonly PropertyKey[];
}

/** What is wrong with a metric: between its fields, with what it needs of the app, and with the arguments that its texts use. */
export function metricProblems(metric: MetricOptions, { occasion, facts, declared, where, path }: MetricSurroundings): Problem[] {
  const at = (...more: readonly PropertyKey[]): string => fieldPath(where, [...path, ...more]);
  const provider = providers[metric.provider.provider];
  const faults = provider.faults(metric.provider, facts, metric);
  return [
    ...faults.map(({ path: within, ...fault }) => ({ where: at('provider', ...within), ...fault })),
    ...conditionProblems(metric, at),
    ...limitProblems(metric, occasion, at),
    ...textProblems(metric, declared, at),
  ];
}

type At = (...more: readonly PropertyKey[]) => string;

/** Providers that judge by themselves don't look at conditions. */
function conditionProblems(metric: MetricOptions, at: At): Problem[] {
  const { provider } = metric.provider;
  if (provider !== 'job' && provider !== 'kayenta') return [];
  const how = provider === 'job' ? 'how the Job ends decides' : 'the threshold decides';
  return (['failureCondition', 'successCondition'] as const).flatMap((field) => (metric[field] === undefined ? [] : [{ where: at(field), message: `expected no condition with ${provider}, got one`, fix: `leave it out: ${how}` }]));
}

/** The same rules by which the controller refuses a metric when its rollout is under way. */
function limitProblems(metric: MetricOptions, occasion: Occasion, at: At): Problem[] {
  const number = (value: number | string | undefined): number | undefined => (typeof value === 'string' ? undefined : value ?? 0);
  const [count, failures, successes, inconclusive] = [metric.count, metric.failureLimit, metric.consecutiveSuccessLimit, metric.inconclusiveLimit].map(number);
  const problems: Problem[] = [];
  if (failures === -1 && successes === 0) problems.push({ where: at('failureLimit'), message: 'expected a limit of failures or of successes in a row, got neither', fix: 'say failureLimit or consecutiveSuccessLimit: the metric could never end badly' });
  if (count !== undefined && count > 0) {
    const needed = Math.max(failures ?? 0, 0) + (successes ?? 0);
    if (failures !== undefined && successes !== undefined && count < needed) problems.push({ where: at('count'), message: `expected at least failureLimit + consecutiveSuccessLimit (${needed}), got ${count}`, fix: 'measure more often, or lower a limit' });
    if (inconclusive !== undefined && count < inconclusive) problems.push({ where: at('count'), message: `expected at least inconclusiveLimit (${inconclusive}), got ${count}`, fix: 'measure more often, or lower the limit' });
    if (count > 1 && metric.interval === undefined) problems.push({ where: at('interval'), message: `expected an interval between ${count} measurements, got none`, fix: 'say interval, such as 1m' });
  }
  if (metric.interval !== undefined && metric.count === undefined && (occasion === 'step' || occasion === 'promotion')) problems.push({ where: at('count'), message: `expected a number of measurements in a ${occasion}, which waits for their end, got none`, fix: 'say count' });
  return problems;
}

function textProblems(metric: MetricOptions, declared: readonly string[], at: At): Problem[] {
  const { provider } = metric;
  // A question about the app's own metrics is told apart by labels that stand nowhere in it.
  const isOwn = provider.provider === 'prometheus' && typeof provider.query !== 'string' && provider.query.metrics === undefined;
  const implied = isOwn ? textsIn(ownLabels).map(({ text }) => ({ path: ['provider', 'query'], text })) : [];
  return [...textsIn(metric), ...implied].flatMap(({ path, text }) => [
    ...strangeTags(text).map((tag): Problem => ({ where: at(...path), message: `expected {{args.<name>}} between double braces, got ${JSON.stringify(tag)}`, fix: 'the controller takes double braces for an argument wherever they stand: write them apart, or let a program make them' })),
    ...[...new Set(argumentsIn(text))].filter((name) => !declared.includes(name)).map((name): Problem => ({ where: at(...path), message: `expected an argument that the analysis declares, got ${JSON.stringify(name)}.`, fix: `declare it in args.${didYouMean(name, declared)}` })),
  ]);
}
