import { dig, isRecord, list, record, text } from '../schemas/plain.ts';

/** The kinds that start analyses. */
export const analysingKinds = ['argoproj.io/Rollout', 'argoproj.io/Experiment'] as const;

/** Where in a rollout an analysis runs. */
export type AnalysisPlace = 'background' | 'experiment' | 'post-promotion' | 'pre-promotion' | 'step';

/** A template that something names. */
export interface TemplateReference {
  readonly name: string;
  /** Whether it is a ClusterAnalysisTemplate. */
  readonly clusterScope: boolean;
  /** Path of its name. */
  readonly field: string;
}

/** An argument that an analysis is given. */
export interface GivenArgument {
  readonly name: string;
  readonly value: string | undefined;
  readonly valueFrom: Readonly<Record<string, unknown>> | undefined;
  readonly field: string;
}

/** An analysis that a Rollout or an Experiment starts. */
export interface AnalysisUse {
  readonly place: AnalysisPlace;
  /** Path of its field, such as `spec.strategy.canary.steps[1].analysis`. */
  readonly field: string;
  /** The canary's step in which it runs. @default - in none */
  readonly step: number | undefined;
  readonly templates: readonly TemplateReference[];
  readonly given: readonly GivenArgument[];
  /** Patterns of the metrics that it tries out (`dryRun`). */
  readonly dryRun: readonly string[];
  /** Patterns of the metrics whose measurements it keeps (`measurementRetention`). */
  readonly retention: readonly string[];
}

/** The analyses of a Rollout (those of its steps and experiments, in the background, before and after a promotion) or of an Experiment. */
export function analysisUses(object: unknown): AnalysisUse[] {
  if (dig(object, 'kind') === 'Experiment') return experimentUses(dig(object, 'spec'), 'spec', undefined);
  const strategy = dig(object, 'spec', 'strategy');
  const base = 'spec.strategy';
  const steps = list(record(strategy, 'canary'), 'steps').flatMap((step, index) => {
    const field = `${base}.canary.steps[${index}]`;
    return [...useOf(dig(step, 'analysis'), 'step', `${field}.analysis`, index), ...experimentUses(dig(step, 'experiment'), `${field}.experiment`, index)];
  });
  return [
    ...steps,
    ...useOf(dig(strategy, 'canary', 'analysis'), 'background', `${base}.canary.analysis`, undefined),
    ...useOf(dig(strategy, 'blueGreen', 'prePromotionAnalysis'), 'pre-promotion', `${base}.blueGreen.prePromotionAnalysis`, undefined),
    ...useOf(dig(strategy, 'blueGreen', 'postPromotionAnalysis'), 'post-promotion', `${base}.blueGreen.postPromotionAnalysis`, undefined),
  ];
}

/** The templates that an analysis or another template names. */
export function templateReferences(holder: unknown, field: string): TemplateReference[] {
  return list(holder, 'templates').flatMap((template, index) => {
    const name = text(template, 'templateName');
    return name === undefined ? [] : [{ name, clusterScope: dig(template, 'clusterScope') === true, field: `${field}.templates[${index}].templateName` }];
  });
}

/** The patterns of metric names in `dryRun` or `measurementRetention`. */
export function metricPatterns(holder: unknown, name: 'dryRun' | 'measurementRetention'): string[] {
  return list(holder, name).flatMap((rule) => text(rule, 'metricName') ?? []);
}

function useOf(use: unknown, place: AnalysisPlace, field: string, step: number | undefined): AnalysisUse[] {
  if (!isRecord(use)) return [];
  return [{ place, field, step, templates: templateReferences(use, field), given: givenBy(use, field), dryRun: metricPatterns(use, 'dryRun'), retention: metricPatterns(use, 'measurementRetention') }];
}

/** An analysis of an experiment names one template. */
function experimentUses(experiment: unknown, base: string, step: number | undefined): AnalysisUse[] {
  return list(experiment, 'analyses').flatMap((analysis, index): AnalysisUse[] => {
    const field = `${base}.analyses[${index}]`;
    const name = text(analysis, 'templateName');
    const templates = name === undefined ? [] : [{ name, clusterScope: dig(analysis, 'clusterScope') === true, field: `${field}.templateName` }];
    return [{ place: 'experiment', field, step, templates, given: givenBy(analysis, field), dryRun: [], retention: [] }];
  });
}

function givenBy(use: unknown, field: string): GivenArgument[] {
  return list(use, 'args').flatMap((arg, index): GivenArgument[] => {
    const name = text(arg, 'name');
    const value = dig(arg, 'value');
    return name === undefined ? [] : [{ name, value: typeof value === 'string' ? value : undefined, valueFrom: record(arg, 'valueFrom'), field: `${field}.args[${index}]` }];
  });
}
