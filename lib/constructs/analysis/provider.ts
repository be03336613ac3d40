import type { IMetricProvider } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/MetricProvider';
import type { z } from 'zod';
import type { Problem } from '../../values/errors.ts';
import type { SecretSource } from '../secret-source.ts';
import type { AnalysisFacts } from './facts.ts';
import type { JobRun } from './job/options.ts';
import type { KayentaScore } from './kayenta/options.ts';
import type { PrometheusQuery } from './prometheus/options.ts';
import type { WavefrontQuery } from './wavefront/options.ts';
import type { WebRequest } from './web/options.ts';

/** Where a metric is measured; a folder for each of the five. Each is pure data, told by its kind. */
export type MetricProvider = JobRun | KayentaScore | PrometheusQuery | WavefrontQuery | WebRequest;

/** What is wrong with a provider's options: where within them, and what. */
export interface ProviderFault extends Omit<Problem, 'where'> {
  /** Path within the provider, such as `['headers', 'Authorization']`. */
  readonly path: readonly PropertyKey[];
}

/** How a metric is used: some providers need its interval. */
export interface MetricUse {
  readonly interval?: string;
}

/** Where a metric stands. */
export interface MetricPlace {
  /** Name of its template. */
  readonly template: string;
  /** Name of the metric. */
  readonly metric: string;
}

/** One way to measure: what it takes, and what Argo Rollouts gets. The measurements themselves are the controller's. */
export interface AnalysisProvider<P extends MetricProvider = MetricProvider> {
  /** Checks every option by itself. */
  readonly schema: z.ZodType;
  /** `metrics[].provider`. */
  render(options: P, facts: AnalysisFacts, place: MetricPlace): IMetricProvider;
  /** What is wrong between the options, and with what they need of the app. */
  faults(options: P, facts: AnalysisFacts, metric: MetricUse): readonly ProviderFault[];
  /** Secrets whose keys it reads outside the analysis's arguments. @default - none */
  secrets?(options: P): readonly SecretSource[];
}
