import type { IAnalysisTemplate } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/AnalysisTemplate';
import type { IAnalysisTemplateRef } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/AnalysisTemplateRef';
import type { IAnalysisTemplateSpec } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/AnalysisTemplateSpec';
import type { IMetric } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/Metric';
import { metadataFor } from '../network/metadata.ts';
import type { SecretSource } from '../secret-source.ts';
import type { WorkloadIdentity } from '../workload-identity.ts';
import type { Analysis, AnalysisOptions, MetricOptions, OwnAnalysis } from './analysis.ts';
import { argumentSecrets, templateArguments } from './arguments.ts';
import type { AnalysisFacts } from './facts.ts';
import { providers } from './providers.ts';

/** Name of an analysis's template in the cluster: an existing one's own, else `<name of the app's objects>-<name>`. */
export function analysisTemplateName(analysis: Analysis, identity: Pick<WorkloadIdentity, 'name'>): string {
  return analysis.kind === 'existing-analysis' ? analysis.name : `${identity.name}-${analysis.name}`;
}

/** An analysis as Rollouts, experiments and other templates refer to it (`templates[]`). */
export function analysisReference(analysis: Analysis, identity: Pick<WorkloadIdentity, 'name'>): IAnalysisTemplateRef {
  return { templateName: analysisTemplateName(analysis, identity), ...(analysis.kind === 'existing-analysis' && analysis.clusterScope && { clusterScope: true }) };
}

/** The AnalysisTemplate of an app's own analysis. */
export function analysisTemplateFor(analysis: OwnAnalysis, facts: AnalysisFacts): IAnalysisTemplate {
  const name = analysisTemplateName(analysis, facts.identity);
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AnalysisTemplate',
    metadata: metadataFor(facts.identity, { name, ...(analysis.description !== undefined && { annotations: { description: analysis.description } }) }),
    spec: templateSpec(name, analysis, facts),
  };
}

/** `spec` of a template. */
export function templateSpec(template: string, { args, metrics = [], includes = [] }: AnalysisOptions, facts: AnalysisFacts): IAnalysisTemplateSpec {
  const declared = templateArguments(args, facts);
  const dry = metrics.filter(({ dryRun }) => dryRun === true);
  const kept = metrics.flatMap(({ name, keep }) => (keep === undefined ? [] : [{ metricName: pattern(name), limit: keep }]));
  return {
    ...(declared.length > 0 && { args: declared }),
    ...(metrics.length > 0 && { metrics: metrics.map((metric) => metricOf(metric, template, facts)) }),
    ...(includes.length > 0 && { templates: includes.map((each) => analysisReference(each, facts.identity)) }),
    ...(dry.length > 0 && { dryRun: dry.map(({ name }) => ({ metricName: pattern(name) })) }),
    ...(kept.length > 0 && { measurementRetention: kept }),
  };
}

/** Argo Rollouts takes the name for a regular expression that may match anywhere. */
function pattern(name: string): string {
  return `^${name}$`;
}

function metricOf({ provider, dryRun: _dryRun, keep: _keep, ...metric }: MetricOptions, template: string, facts: AnalysisFacts): IMetric {
  return { ...metric, provider: providers[provider.provider].render(provider, facts, { template, metric: metric.name }) };
}

/** Secrets that the analyses read, whose objects the app has to make: keys for arguments, and for the environment of Jobs. */
export function analysisSecrets(analyses: readonly OwnAnalysis[]): SecretSource[] {
  const ofProviders = analyses.flatMap(({ metrics = [] }) => metrics.flatMap(({ provider }) => providers[provider.provider].secrets?.(provider) ?? []));
  return [...new Set([...argumentSecrets(analyses), ...ofProviders])];
}
