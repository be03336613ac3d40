import type { OwnAnalysis } from '../analysis.ts';
import { requestAnalysis, type RequestAnalysisOptions } from './request-analysis.ts';

/** What `latency()` takes. */
export interface LatencyOptions extends RequestAnalysisOptions {
  /** Share of requests that have to be answered in time, above 0 and below 1. @default 0.95 */
  readonly quantile?: number;
}

/**
 * Whether the new version answers in time: `latency(0.5)`, half a second for 95 of 100 requests. A histogram knows nothing between and above its
 * buckets: choose a limit that is one of them, and not the highest.
 */
export function latency(maxSeconds: number, options: LatencyOptions = {}): OwnAnalysis {
  const { quantile, ...others } = options;
  return requestAnalysis({ measure: 'latency', limit: maxSeconds, quantile: quantile ?? 0.95 }, `<= ${maxSeconds}`, `> ${maxSeconds}`, others);
}
