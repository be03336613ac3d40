import type { KubeObject } from '../../manifests/rendered.ts';
import { SlipwayError, throwProblems, type Problem } from '../../values/errors.ts';
import { at, fieldsAt, textAt, type Fields } from '../../values/fields.ts';
import type { Metric } from '../analysis/metric.ts';
import type { AnalysisPlan } from '../analysis/run.ts';
import { wholeNumber } from '../whole-number.ts';
import { abortDelayAt, defaultDelay, readCanary } from './read-canary.ts';
import { analysisAt, secondsAt, type Reader } from './reader.ts';
import { defaultDeadline } from './read-experiment.ts';
import type { BlueGreenPlan, RolloutPlan } from './rollout-plan.ts';

/** Reads a Rollout and the AnalysisTemplates beside it. Fails with everything that can't be simulated. */
export function planRollout(rollout: KubeObject, objects: readonly KubeObject[]): RolloutPlan {
  const problems: Problem[] = [];
  const reader: Reader = { rollout, objects, problems };
  const spec = fieldsAt(rollout['spec']);
  const replicas = wholeNumber(spec['replicas']) ?? 1;
  const { blueGreen, canary } = fieldsAt(spec['strategy']);
  if (spec['paused'] === true) problems.push({ where: 'spec.paused', message: 'cannot simulate a Rollout that is paused: it never goes on', fix: 'take it out' });
  if (spec['restartAt'] !== undefined && spec['restartAt'] !== null) problems.push({ where: 'spec.restartAt', message: 'cannot simulate a restart: when its pods go isn\'t known', fix: 'take it out of Git: `kubectl argo rollouts restart` sets it' });
  if (blueGreen === undefined && canary === undefined) problems.push({ where: 'spec.strategy', message: 'expected canary or blueGreen, got neither', fix: 'say one' });
  const strategy = blueGreen !== undefined ? readBlueGreen(reader, fieldsAt(blueGreen)) : readCanary(reader, fieldsAt(canary), replicas);
  throwProblems(problems);
  return {
    name: rollout.metadata?.name ?? '', replicas,
    minReady: secondsAt(spec, 'minReadySeconds', 0),
    deadline: secondsAt(spec, 'progressDeadlineSeconds', defaultDeadline),
    abortsAtDeadline: spec['progressDeadlineAbort'] === true,
    rollbackWindow: wholeNumber(at(spec, 'rollbackWindow', 'revisions')) ?? 0,
    strategy,
    metrics: metricsOf(strategy),
  };
}

function readBlueGreen(reader: Reader, blueGreen: Fields): BlueGreenPlan {
  const before = analysisAt(reader, blueGreen['prePromotionAnalysis'], 'spec.strategy.blueGreen.prePromotionAnalysis');
  const after = analysisAt(reader, blueGreen['postPromotionAnalysis'], 'spec.strategy.blueGreen.postPromotionAnalysis');
  const previewReplicas = wholeNumber(blueGreen['previewReplicaCount']);
  return {
    kind: 'blueGreen', hasPreview: textAt(blueGreen, 'previewService') !== undefined,
    ...(previewReplicas !== undefined && { previewReplicas }),
    ...(before !== undefined && { before }), ...(after !== undefined && { after }),
    autoPromotion: blueGreen['autoPromotionEnabled'] !== false,
    autoPromotionDelay: secondsAt(blueGreen, 'autoPromotionSeconds', 0),
    abortDelay: abortDelayAt(blueGreen),
    scaleDownDelay: { after: secondsAt(blueGreen, 'scaleDownDelaySeconds', defaultDelay), isSaid: wholeNumber(blueGreen['scaleDownDelaySeconds']) !== undefined, revisions: wholeNumber(blueGreen['scaleDownDelayRevisionLimit']) ?? Infinity },
  };
}

function metricsOf(strategy: RolloutPlan['strategy']): Metric[] {
  const analyses: (AnalysisPlan | undefined)[] = strategy.kind === 'blueGreen' ? [strategy.before, strategy.after] : [
    ...strategy.steps.flatMap((step) => (step.kind === 'analysis' ? [step.analysis] : step.kind === 'experiment' ? step.experiment.analyses.map(({ analysis }) => analysis) : [])),
    strategy.background?.analysis,
  ];
  return [...new Map(analyses.flatMap((analysis) => analysis?.metrics ?? []).map((metric) => [metric.name, metric])).values()];
}

/** The one Rollout among objects, or the one of a name. Fails naming those that there are. */
export function rolloutAmong(objects: readonly KubeObject[], name: string | undefined, where: string): KubeObject {
  const rollouts = objects.filter((object) => object.kind === 'Rollout' && object.apiVersion.startsWith('argoproj.io/'));
  const found = name === undefined ? rollouts : rollouts.filter((rollout) => rollout.metadata?.name === name);
  const [only, second] = found;
  if (only !== undefined && second === undefined) return only;
  const names = rollouts.map((rollout) => rollout.metadata?.name ?? '').sort();
  if (rollouts.length === 0) throw SlipwayError.of(where, 'expected a Rollout among what it renders, got none', 'only a Rollout has steps to simulate: a Deployment replaces its pods as they get ready');
  throw SlipwayError.of(where, `expected ${name === undefined ? 'one Rollout' : `a Rollout named ${JSON.stringify(name)}`}, got ${names.join(', ')}`, 'name one with --rollout');
}
