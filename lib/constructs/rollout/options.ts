import type { Analysis, ArgumentValue } from '../analysis/analysis.ts';
import type { DurationText } from '../../values/duration.ts';

/** Labels and annotations. */
export interface RolloutMetadata {
  /** @default {} */
  readonly labels?: Readonly<Record<string, string>>;
  /** @default {} */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** What a use of analyses may say beside them. */
export interface AnalysisUseSettings {
  /** Values of arguments for this use, by name (`args`). @default - those that the analyses say themselves */
  readonly args?: Readonly<Record<string, ArgumentValue>>;
  /** Metrics that are measured and shown and count for nothing here, beside those whose analysis says so (`dryRun[].metricName`: a name or a pattern). @default [] */
  readonly dryRun?: readonly string[];
  /** Measurements that are kept, by metric, beside what the analysis says (`measurementRetention[].limit`). @default - 10 each */
  readonly keep?: Readonly<Record<string, number>>;
  /** Labels and annotations of the AnalysisRun (`analysisRunMetadata`). @default - none */
  readonly runMetadata?: RolloutMetadata;
}

/** Analyses with values for this use; several are one AnalysisRun, in which every metric has a name of its own. */
export interface AnalysisUseOptions extends AnalysisUseSettings {
  /** What judges (`templates[]`). */
  readonly analyses: readonly Analysis[];
}

/** An analysis, several, or several with values for this use. */
export type AnalysisUse = Analysis | readonly Analysis[] | AnalysisUseOptions;

/** The new version gets this share of the traffic (`setWeight`). */
export interface WeightStep {
  readonly step: 'weight';
  /** In percent, or out of the router's `maxTrafficWeight`. */
  readonly weight: number;
}

/** Waits (`pause`). */
export interface PauseStep {
  readonly step: 'pause';
  /** For how long, whole seconds (`duration`). @default - until a person goes on */
  readonly duration?: DurationText;
}

/** Waits for what the analyses say; a failure aborts, an inconclusive one pauses (`analysis`). */
export interface AnalyseStep extends AnalysisUseOptions {
  readonly step: 'analyse';
}

/** How many pods the new version has, whatever its weight: a number, a share of `replicas` in percent, or as many as its weight wants again. */
export type CanaryScale = { readonly replicas: number } | { readonly weight: number } | { readonly matchTraffic: true };

/** Sets the number of the new version's pods apart from its weight; only with a traffic router (`setCanaryScale`). */
export interface CanaryScaleStep {
  readonly step: 'canary-scale';
  readonly scale: CanaryScale;
}

/** A text to compare a header, a path or a method with: exactly, or as its beginning, or as a regular expression of the router. */
export type HeaderMatch = string | { readonly exact: string } | { readonly prefix: string } | { readonly regex: string };

/**
 * Requests with these headers go to the new version; without any the route is removed (`setHeaderRoute`). Of several headers Istio takes any, ALB and the
 * Gateway API want all.
 */
export interface HeaderRouteStep {
  readonly step: 'header-route';
  readonly name: string;
  /** By the header's name. */
  readonly headers: Readonly<Record<string, HeaderMatch>>;
}

/** Requests that are mirrored; all that is said must match (`match[]`). */
export interface MirrorMatch {
  readonly method?: HeaderMatch;
  readonly path?: HeaderMatch;
  readonly headers?: Readonly<Record<string, HeaderMatch>>;
}

/** Requests of which a copy goes to the new version, whose answers are dropped; without matches the route is removed (`setMirrorRoute`). */
export interface MirrorRouteStep {
  readonly step: 'mirror-route';
  readonly name: string;
  /** Any of them. */
  readonly matches: readonly MirrorMatch[];
  /** Share of these requests in percent. @default - none written: all */
  readonly percentage?: number;
}

/** A version in an experiment (`templates[]`). */
export interface ExperimentVersion extends RolloutMetadata {
  /** The new version, or the running one (`specRef`). */
  readonly of: 'canary' | 'stable';
  /** @default - none written: 1 */
  readonly replicas?: number;
  /** Share of the traffic in percent, only with a router that can (`weight`). @default - none */
  readonly weight?: number;
  /** A Service of its own, by a name if one is said (`service`). @default false */
  readonly service?: boolean | string;
  /** Labels by which its pods are selected (`selector.matchLabels`). @default - those of the app */
  readonly selector?: Readonly<Record<string, string>>;
}

/** What judges an experiment (`analyses[]`). */
export interface ExperimentAnalysis extends Pick<AnalysisUseSettings, 'args'> {
  readonly analysis: Analysis;
  /** Whether the experiment goes on until it is done (`requiredForCompletion`). @default false */
  readonly requiredForCompletion?: boolean;
}

/** What `experiment()` takes. */
export interface ExperimentOptions {
  /** Versions that run, by name (`templates[]`). */
  readonly versions: Readonly<Record<string, ExperimentVersion>>;
  /** What judges, by name (`analyses[]`). @default {} */
  readonly analyses?: Readonly<Record<string, Analysis | ExperimentAnalysis>>;
  /** How long, a Go duration (`duration`). @default - until the analyses that are required for completion are done */
  readonly duration?: DurationText;
  /** Metrics that count for nothing (`dryRun[].metricName`). @default [] */
  readonly dryRun?: readonly string[];
  /** Labels and annotations of the AnalysisRuns (`analysisRunMetadata`). @default - none */
  readonly runMetadata?: RolloutMetadata;
  /** How long its pods stay at the end, whole seconds (`scaleDownDelaySeconds`). @default - none written: 30s */
  readonly scaleDownDelay?: DurationText;
}

/** Runs versions beside each other for a while and judges them; a failure aborts (`experiment`). */
export interface ExperimentStep extends ExperimentOptions {
  readonly step: 'experiment';
}

/** A step of a plugin that the controller is configured with (`plugin`). */
export interface PluginStep {
  readonly step: 'plugin';
  /** Name under which the controller knows it, such as `argoproj-labs/sample-step`. */
  readonly name: string;
  /** What the plugin is told, plain data. @default {} */
  readonly config: Readonly<Record<string, unknown>>;
}

/** One step of a canary (`spec.strategy.canary.steps[]`). */
export type CanaryStep = AnalyseStep | CanaryScaleStep | ExperimentStep | HeaderRouteStep | MirrorRouteStep | PauseStep | PluginStep | WeightStep;
