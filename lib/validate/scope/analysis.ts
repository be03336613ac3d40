import { field, isRecord, list, record, text } from '../schemas/plain.ts';

/** The kinds that hold metrics. */
export const analysisKinds = ['argoproj.io/AnalysisTemplate', 'argoproj.io/ClusterAnalysisTemplate', 'argoproj.io/AnalysisRun'] as const;

/** A metric of an analysis. */
export interface AnalysisMetric {
  readonly value: Readonly<Record<string, unknown>>;
  /** Path of its field, such as `spec.metrics[0]`. */
  readonly field: string;
  readonly name: string;
  /** Names of its providers, such as `prometheus`: one, when it is right. */
  readonly providers: readonly string[];
}

/** The metrics of an analysis, in order. */
export function metricsOf(object: unknown): AnalysisMetric[] {
  return list(record(object, 'spec'), 'metrics').flatMap((value, index) => {
    if (!isRecord(value)) return [];
    const provider = record(value, 'provider') ?? {};
    // Each plugin is a provider of its own.
    const providers = Object.keys(provider).flatMap((name) => (name === 'plugin' ? Object.keys(record(provider, name) ?? {}).map((plugin) => `plugin ${plugin}`) : [name]));
    return [{ value, field: `spec.metrics[${index}]`, name: text(value, 'name') ?? '', providers: providers.sort() }];
  });
}

/** The arguments that an analysis declares: name -> its value, where the template itself gives one. */
export function argumentsOf(object: unknown): Map<string, string | undefined> {
  return new Map(list(record(object, 'spec'), 'args').flatMap((arg) => {
    const name = text(arg, 'name');
    const value = field(arg, 'value');
    return name === undefined ? [] : [[name, typeof value === 'string' ? value : undefined] as const];
  }));
}

/** Uses of arguments in a text: `{{args.service}}`, with or without spaces. */
export const argumentUse = /\{\{\s*args\.([^{}\s]+)\s*\}\}/g;
