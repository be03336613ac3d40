import type { KubeObject } from '../../../../lib/manifests/rendered.ts';
import type { Measurements, PredictedMetric, PredictedRun, Prediction } from '../../../../lib/rollouts/simulate/predict.ts';
import type { Feed } from './feed.ts';
import type { Script } from './script.ts';

/** An update of a Rollout that the simulator foretells and the controller does. */
export interface RolloutCase {
  /** A sentence that says what comes of it. */
  readonly name: string;
  /** Names its namespace and the hosts of its providers. */
  readonly id: string;
  /** The Rollout at its first version. */
  readonly rollout: KubeObject;
  /** AnalysisTemplates. @default [] */
  readonly templates?: readonly KubeObject[];
  /** What it needs beside them: Services, an Ingress. @default [] */
  readonly others?: readonly KubeObject[];
  /** What its metrics measure, one after the other; the last sample holds. @default {} */
  readonly measured?: Measurements;
  /** Metrics that are as at first until the Rollout is at a step, and then as at last, however long that takes. @default {} */
  readonly badFrom?: Readonly<Record<string, number>>;
  /** What has to come of it: the name in figures, so that simulator and controller can't be wrong together. */
  readonly comesTo: Partial<Outcome>;
  /**
   * What happens: a new image; the first version of all, of which nothing is analysed; a version whose pods find no node; a new image at
   * whose pauses a person goes on; a new image and, once it is promoted, the former one again.
   * @default 'new-image'
   */
  readonly play?: 'first-deployment' | 'new-image' | 'no-start' | 'person' | 'revert';
  /** Makes the objects for a namespace, where they name it themselves. @default - they name none */
  readonly render?: (namespace: string) => Pick<RolloutCase, 'others' | 'rollout' | 'templates'>;
  /** Answers for the hosts that its metrics ask. @default - its Prometheus and its pages */
  readonly serve?: (feed: Feed, script: Script, namespace: string) => void;
  /** Analyses of which the clock decides how often they measure: their counts aren't compared. @default [] */
  readonly untimed?: readonly RunOutcome['origin'][];
}

/** A case with its objects for a namespace. */
export function inNamespace(each: RolloutCase, namespace: string): RolloutCase {
  return each.render === undefined ? each : { ...each, ...each.render(namespace) };
}

/** A step of a canary, as it is rendered. */
export type Step = Readonly<Record<string, unknown>>;

/** The steps of a Rollout; none with blue-green. */
export function stepsOf(rollout: KubeObject): readonly Step[] {
  return (rollout['spec'] as { readonly strategy: { readonly canary?: { readonly steps?: readonly Step[] } } }).strategy.canary?.steps ?? [];
}

/** What became of a metric, as far as the clock doesn't decide it. */
export type MetricOutcome = Pick<PredictedMetric, 'consecutiveError' | 'consecutiveSuccess' | 'count' | 'error' | 'failed' | 'inconclusive' | 'name' | 'phase' | 'successful'>;

/** What became of an AnalysisRun. */
export interface RunOutcome extends Pick<PredictedRun, 'message' | 'phase' | 'step'> {
  readonly origin: PredictedRun['origin'] | 'experiment';
  /** By name. */
  readonly metrics: readonly MetricOutcome[];
}

/** What a status says. */
export interface StatusOutcome extends Pick<Prediction, 'abort' | 'decidedAtStep' | 'message' | 'pauseReasons' | 'phase' | 'promoted' | 'stepIndex'> {
  readonly analysisRuns: readonly RunOutcome[];
}

/** What came of an update, foretold or seen, as far as the clock doesn't decide it. */
export interface Outcome extends Omit<StatusOutcome, 'analysisRuns' | 'decidedAtStep'> {
  /** Left out after a promotion, and for blue-green, where the controller counts no steps. */
  readonly decidedAtStep?: number;
  /** Shares of the new version in percent, each once it changed; left out for blue-green, where a Service is switched. */
  readonly weights?: readonly number[];
  readonly analysisRuns: readonly Partial<RunOutcome>[];
}

/** What a prediction and a live Rollout have in common, but for what the clock decides. */
export function outcomeOf({ rollout, untimed = [] }: RolloutCase, status: StatusOutcome, weights: readonly number[]): Outcome {
  const { phase, message, abort, promoted, stepIndex, decidedAtStep, pauseReasons, analysisRuns } = status;
  const isCanary = 'canary' in (rollout['spec'] as { readonly strategy: object }).strategy;
  return {
    phase,
    message: message.replace(/(?<=update to revision )\d+/, '<revision>'),
    abort, promoted, pauseReasons,
    ...(stepIndex !== undefined && { stepIndex }),
    ...(isCanary && !promoted && { decidedAtStep }),
    ...(isCanary && { weights: changes(weights.map((weight) => Math.round(weight))) }),
    analysisRuns: analysisRuns.map((run) => (untimed.includes(run.origin) ? timeless(run) : { ...timeless(run), metrics: run.metrics.map(metricOutcome).sort((a, b) => (a.name < b.name ? -1 : 1)) })),
  };
}

function timeless({ origin, step, phase, message }: RunOutcome): Partial<RunOutcome> {
  return { origin, phase, message, ...(step !== undefined && { step }) };
}

function metricOutcome({ name, phase, count, successful, failed, inconclusive, error, consecutiveError, consecutiveSuccess }: MetricOutcome): MetricOutcome {
  return { name, phase, count, successful, failed, inconclusive, error, consecutiveError, consecutiveSuccess };
}

/** A list without what is the same as the one before. */
function changes<T>(list: readonly T[]): T[] {
  return list.filter((each, index) => index === 0 || each !== list[index - 1]);
}
