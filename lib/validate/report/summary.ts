import { isFailure, type Finding } from '../finding.ts';

/** How many findings there are of each weight. */
export interface Summary {
  readonly errors: number;
  readonly warnings: number;
  readonly waived: number;
}

/** Counts findings; a waived one counts as nothing else. */
export function summarize(findings: readonly Finding[]): Summary {
  const waived = findings.filter((finding) => finding.waived !== undefined).length;
  const errors = findings.filter(isFailure).length;
  return { errors, warnings: findings.length - waived - errors, waived };
}

/** The summary in one line: `2 errors, 1 warning, 3 waived`. */
export function summaryLine(findings: readonly Finding[]): string {
  const { errors, warnings, waived } = summarize(findings);
  const parts = [count(errors, 'error'), count(warnings, 'warning'), ...(waived > 0 ? [`${waived} waived`] : [])];
  return parts.join(', ');
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
