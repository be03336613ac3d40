/** What a measurement, a metric or an analysis has come to (`AnalysisPhase`). */
export type Phase = 'Pending' | 'Running' | 'Successful' | 'Inconclusive' | 'Error' | 'Failed';

const ranks: Readonly<Record<Phase, number>> = { Successful: 0, Running: 1, Pending: 2, Inconclusive: 3, Error: 4, Failed: 5 };

/** Whether one phase is worse than another. */
export function isWorse(current: Phase, next: Phase): boolean {
  return ranks[next] > ranks[current];
}

/** Whether nothing more can change it. */
export function isCompleted(phase: Phase): boolean {
  return phase !== 'Pending' && phase !== 'Running';
}

/** Whether it ends an analysis badly. */
export function isBad(phase: Phase): boolean {
  return phase === 'Failed' || phase === 'Error' || phase === 'Inconclusive';
}
