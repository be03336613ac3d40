import type { Analysis, ArgumentValue } from '../analysis/analysis.ts';

/** An analysis with values for this use: `analyse(successRate(0.99))`, or several at once. */
export interface AnalysisUseOptions {
  /** What judges; several are one AnalysisRun, in which every metric has a name of its own. */
  readonly analyses: readonly Analysis[];
  /** Values of arguments for this use, by name (`args`). @default - those that the analyses say themselves */
  readonly args?: Readonly<Record<string, ArgumentValue>>;
}

/** One step of a canary (`spec.strategy.canary.steps[]`). */
export type CanaryStep =
  /** The new version gets this share of the traffic, in percent (`setWeight`). */
  | { readonly step: 'weight'; readonly weight: number }
  /** Waits, without a duration until a person goes on (`pause`). */
  | { readonly step: 'pause'; readonly duration?: string }
  /** Waits for the analysis; a failure aborts (`analysis`). */
  | ({ readonly step: 'analyse' } & AnalysisUseOptions)
  /** How many pods the new version has, whatever its weight: only with a router (`setCanaryScale`). */
  | { readonly step: 'canary-scale'; readonly scale: { readonly replicas: number } | { readonly weight: number } | { readonly matchTraffic: true } }
  /** Requests with these headers go to the new version; without any the route is removed (`setHeaderRoute`). */
  | { readonly step: 'header-route'; readonly name: string; readonly headers: Readonly<Record<string, HeaderMatch>> }
  /** A share of the matching requests is sent to the new version as well, and its answers are dropped (`setMirrorRoute`). */
  | { readonly step: 'mirror-route'; readonly name: string; readonly percentage?: number; readonly matches: readonly MirrorMatch[] }
  /** Runs versions beside each other for a while (`experiment`). */
  | ({ readonly step: 'experiment' } & ExperimentOptions);

/** A text to compare with. */
export type HeaderMatch = string | { readonly exact: string } | { readonly prefix: string } | { readonly regex: string };

/** Requests that are mirrored; all that is said must match. */
export interface MirrorMatch {
  readonly method?: HeaderMatch;
  readonly path?: HeaderMatch;
  readonly headers?: Readonly<Record<string, HeaderMatch>>;
}

/** What `experiment()` takes. */
export interface ExperimentOptions {
  /** How long, a Go duration (`duration`). @default - until its required analyses are done */
  readonly duration?: string;
  /** Versions that run, by name (`templates[]`). */
  readonly versions: Readonly<Record<string, ExperimentVersion>>;
  /** What judges, by name (`analyses[]`). @default {} */
  readonly analyses?: Readonly<Record<string, AnalysisUseOptions & { /** The experiment ends when it does. @default false */ readonly requiredForCompletion?: boolean }>>;
}

/** A version in an experiment. */
export interface ExperimentVersion {
  /** `canary` for the new version, `stable` for the running one (`specRef`). */
  readonly of: 'canary' | 'stable';
  /** @default 1 */
  readonly replicas?: number;
  /** Share of the traffic, only with a router that can (`weight`). @default - none */
  readonly weight?: number;
  /** Whether it gets a Service of its own (`service`). @default false */
  readonly service?: boolean;
  /** Labels and annotations of its pods (`metadata`). @default {} */
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}
