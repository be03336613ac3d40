import type { IRolloutAnalysis } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/RolloutAnalysis';
import { analysisArguments } from '../analysis/arguments.ts';
import type { AnalysisFacts } from '../analysis/facts.ts';
import { analysisReference } from '../analysis/template.ts';
import type { AnalysisUseOptions, RolloutMetadata } from './options.ts';

/** Analyses as a Rollout starts them (`RolloutAnalysis`). */
export function useFor(use: AnalysisUseOptions, facts: AnalysisFacts): IRolloutAnalysis {
  const args = analysisArguments(use, facts);
  const keep = Object.entries(use.keep ?? {});
  return {
    templates: use.analyses.map((analysis) => analysisReference(analysis, facts.identity)),
    ...(args.length > 0 && { args }),
    ...dryRunFor(use.dryRun),
    ...(keep.length > 0 && { measurementRetention: keep.map(([metricName, limit]) => ({ metricName, limit })) }),
    ...metadataAs('analysisRunMetadata', use.runMetadata),
  };
}

/** Metrics that count for nothing. */
export function dryRunFor(metrics: readonly string[] = []): { dryRun?: { metricName: string }[] } {
  return metrics.length === 0 ? {} : { dryRun: metrics.map((metricName) => ({ metricName })) };
}

/** A field of labels and annotations, left out where there are none. */
export function metadataAs<Field extends string>(field: Field, metadata: RolloutMetadata | undefined): { [F in Field]?: { labels?: Record<string, string>; annotations?: Record<string, string> } } {
  const { labels = {}, annotations = {} } = metadata ?? {};
  const value = {
    ...(Object.keys(labels).length > 0 && { labels: { ...labels } }),
    ...(Object.keys(annotations).length > 0 && { annotations: { ...annotations } }),
  };
  return (Object.keys(value).length === 0 ? {} : { [field]: value }) as { [F in Field]?: typeof value };
}
