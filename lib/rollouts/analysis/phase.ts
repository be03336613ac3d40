/** What a measurement, a metric or an analysis has come to (`AnalysisPhase`). */
export type Phase = 'Pending' | 'Running' | 'Successful' | 'Inconclusive' | 'Error' | 'Failed';

const fromBest: readonly Phase[] = ['Successful', 'Running', 'Pending', 'Inconclusive', 'Error', 'Failed'];

/** Whether one phase is worse than another. */
export function isWorse(current: Phase, next: Phase): boolean {
  return fromBest.indexOf(next) > fromBest.indexOf(current);
}

/** Whether nothing more can change it. */
export function isCompleted(phase: Phase): boolean {
  return phase !== 'Pending' && phase !== 'Running';
}
