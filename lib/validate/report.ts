import type { Finding } from './finding.ts';
import { sarifReport } from './report/sarif.ts';
import { summarize } from './report/summary.ts';
import { textReport } from './report/text.ts';

/** The formats of a report. */
export const reportFormats = ['text', 'json', 'sarif'] as const;

/** One of the formats of a report. */
export type ReportFormat = (typeof reportFormats)[number];

/** The text of a report, with a line break at its end. Findings are taken in the order in which they come. */
export function formatFindings(findings: readonly Finding[], format: ReportFormat): string {
  switch (format) {
    case 'text':
      return textReport(findings);
    case 'json':
      return `${JSON.stringify({ summary: summarize(findings), findings }, undefined, 2)}\n`;
    case 'sarif':
      return sarifReport(findings);
    default: {
      const never: never = format;
      return never;
    }
  }
}
