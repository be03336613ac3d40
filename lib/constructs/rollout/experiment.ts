import type { IRolloutExperimentStep } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/RolloutExperimentStep';
import type { IRolloutExperimentTemplate } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/RolloutExperimentTemplate';
import { durationSeconds } from '../../values/duration.ts';
import { analysisArguments } from '../analysis/arguments.ts';
import type { AnalysisFacts } from '../analysis/facts.ts';
import { analysisReference, analysisTemplateName } from '../analysis/template.ts';
import { experimentAnalysis, versionsOf } from './analyses.ts';
import type { ExperimentStep, ExperimentVersion } from './options.ts';
import { dryRunFor, metadataAs } from './use.ts';

/** An experiment as a Rollout starts it (`RolloutExperimentStep`). Its analyses tell its own pods apart, not those of the rollout. */
export function experimentFor(step: ExperimentStep, facts: AnalysisFacts): IRolloutExperimentStep {
  const { versions, analyses = {}, duration, dryRun, runMetadata, scaleDownDelay } = step;
  const inside: AnalysisFacts = { ...facts, experiment: versionsOf(step) };
  const runs = Object.entries(analyses).map(([name, said]) => {
    const { analysis, args: values, requiredForCompletion } = experimentAnalysis(said);
    const args = analysisArguments({ analyses: [analysis], ...(values !== undefined && { args: values }) }, inside);
    return { name, ...analysisReference(analysis, facts.identity), templateName: analysisTemplateName(analysis, facts.identity), ...(args.length > 0 && { args }), ...(requiredForCompletion === true && { requiredForCompletion }) };
  });
  return {
    ...(duration !== undefined && { duration }),
    templates: Object.entries(versions).map(([name, version]) => versionFor(name, version)),
    ...(runs.length > 0 && { analyses: runs }),
    ...dryRunFor(dryRun),
    ...metadataAs('analysisRunMetadata', runMetadata),
    ...(scaleDownDelay !== undefined && { scaleDownDelaySeconds: durationSeconds(scaleDownDelay) }),
  };
}

function versionFor(name: string, { of, replicas, weight, service = false, selector, labels, annotations }: ExperimentVersion): IRolloutExperimentTemplate {
  return {
    name,
    specRef: of,
    ...(replicas !== undefined && { replicas }),
    ...(weight !== undefined && { weight }),
    ...(service !== false && { service: service === true ? {} : { name: service } }),
    ...(selector !== undefined && { selector: { matchLabels: { ...selector } } }),
    ...metadataAs('metadata', { ...(labels !== undefined && { labels }), ...(annotations !== undefined && { annotations }) }),
  };
}
