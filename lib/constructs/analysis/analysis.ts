import type { IMeasurementRetention } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/MeasurementRetention';
import type { SecretSource } from '../secret-source.ts';
import type { MetricProvider } from './provider.ts';

/** What Slipway knows of the app where an analysis is used; it becomes the argument's value there. */
export type AnalysisFact =
  /** Name of the app's objects, such as `storefront-web`. */
  | 'name'
  /** The app's namespace. */
  | 'namespace'
  /** The environment's name. */
  | 'environment'
  /** Service in front of the new version's pods alone (canary, or preview). */
  | 'canary-service'
  /** Service in front of the running version's pods alone (stable, or active). */
  | 'stable-service'
  /** Port of these Services. */
  | 'port'
  /** Hash of the new version's pods, the value of their label `rollouts-pod-template-hash` (`podTemplateHashValue: Latest`). */
  | 'canary-hash'
  /** Hash of the running version's pods (`podTemplateHashValue: Stable`). */
  | 'stable-hash';

/** Value of an argument: said, known to Slipway, read from a field of the Rollout when the analysis starts, or a key of a Secret. */
export type ArgumentValue =
  | string
  | number
  | { readonly fact: AnalysisFact }
  /** Path of a field of the Rollout, such as `metadata.labels['team']` (`valueFrom.fieldRef.fieldPath`). */
  | { readonly field: string }
  /** Read by the controller in the app's namespace, never written to Git (`valueFrom.secretKeyRef`). */
  | { readonly secret: SecretSource; readonly key: string }
  /** Whoever uses the analysis says it. */
  | { readonly required: true };

/** A metric that judges a version (`AnalysisTemplate.spec.metrics[]`). Texts may hold `{{args.<name>}}`. */
export interface MetricOptions {
  /** Lower case with dashes, unique in its analysis. */
  readonly name: string;
  /** Where it is measured: `prometheusQuery()`, `wavefrontQuery()`, `jobRun()`, `kayentaScore()` or `webRequest()` (`provider`). */
  readonly provider: MetricProvider;
  /** Time between the end of a measurement and the next, a Go duration such as `1m` (`interval`). @default - measured once */
  readonly interval?: string;
  /** Time before the first measurement, a Go duration (`initialDelay`). @default - none */
  readonly initialDelay?: string;
  /** Number of measurements (`count`). @default - 1, or with an interval until the analysis is stopped */
  readonly count?: number | string;
  /** Expression of expr-lang on `result` that makes a measurement successful (`successCondition`). @default - whatever doesn't fail succeeds */
  readonly successCondition?: string;
  /** Expression that makes it fail (`failureCondition`). @default - whatever doesn't succeed fails */
  readonly failureCondition?: string;
  /** Failures that are borne: one more fails the metric; -1 for any number (`failureLimit`). @default 0 */
  readonly failureLimit?: number | string;
  /** Inconclusive measurements that are borne (`inconclusiveLimit`). @default 0 */
  readonly inconclusiveLimit?: number | string;
  /** Errors in a row that are borne (`consecutiveErrorLimit`). @default 4 */
  readonly consecutiveErrorLimit?: number | string;
  /** Successes in a row that end the metric well (`consecutiveSuccessLimit`). @default - none */
  readonly consecutiveSuccessLimit?: number | string;
  /** Measured and shown, and counts for nothing (`dryRun[].metricName`). @default false */
  readonly dryRun?: boolean;
  /** Measurements that are kept in the AnalysisRun (`measurementRetention[].limit`). @default 10 */
  readonly keep?: NonNullable<IMeasurementRetention['limit']>;
}

/** What `analysis()` takes. */
export interface AnalysisOptions {
  /** Arguments by name, which texts of the metrics use as `{{args.<name>}}`. @default {} */
  readonly args?: Readonly<Record<string, ArgumentValue>>;
  /** What is measured; may be left out where it includes others (`metrics`). @default [] */
  readonly metrics?: readonly MetricOptions[];
  /** Analyses whose metrics and arguments it takes in (`templates`). @default [] */
  readonly includes?: readonly Analysis[];
  /** For whoever reads the object (annotation `description`). @default - none */
  readonly description?: string;
}

/** An analysis that the app brings along: an AnalysisTemplate in its folder, named `<name of the app's objects>-<name>`. */
export interface OwnAnalysis extends AnalysisOptions {
  readonly kind: 'analysis';
  readonly name: string;
}

/** An AnalysisTemplate or ClusterAnalysisTemplate that somebody else makes. */
export interface ExistingAnalysis {
  readonly kind: 'existing-analysis';
  /** Its name in the cluster. */
  readonly name: string;
  /** Whether it is a ClusterAnalysisTemplate (`clusterScope`). */
  readonly clusterScope: boolean;
  /** Values of its arguments. */
  readonly args: Readonly<Record<string, ArgumentValue>>;
}

/** What judges a version. Pure data: a Rollout that uses it says for which app. */
export type Analysis = OwnAnalysis | ExistingAnalysis;

/** An analysis of the app's own: `analysis('errors', { args: { hash: { fact: 'canary-hash' } }, metrics: [{ name: 'errors', provider: prometheusQuery('…') }] })`. */
export function analysis(name: string, options: AnalysisOptions): OwnAnalysis {
  return { kind: 'analysis', name, ...options };
}

/** A template that is there already: `existingAnalysis('success-rate', { clusterScope: true, args: { hash: { fact: 'canary-hash' } } })`. */
export function existingAnalysis(name: string, options: { readonly clusterScope?: boolean; readonly args?: ExistingAnalysis['args'] } = {}): ExistingAnalysis {
  return { kind: 'existing-analysis', name, clusterScope: options.clusterScope ?? false, args: options.args ?? {} };
}
