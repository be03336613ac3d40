import type { OwnAnalysis } from '../analysis.ts';
import { requestAnalysis, type RequestAnalysisOptions } from './request-analysis.ts';

/**
 * Whether the new version answers its requests without server errors: `successRate(0.99)`. Measured five times, a minute apart, each over two
 * minutes; the second bad measurement fails. No requests are inconclusive, never good.
 */
export function successRate(min: number, options: RequestAnalysisOptions = {}): OwnAnalysis {
  return requestAnalysis({ measure: 'success-rate', limit: min }, `>= ${min}`, `< ${min}`, options);
}
