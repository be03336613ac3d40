import type { Finding } from '../finding.ts';
import { summaryLine } from './summary.ts';

/** Findings for a person: by file, then what is waived and why, then one closing line. Ends with a line break. */
export function textReport(findings: readonly Finding[]): string {
  const lines: string[] = [];
  const open = findings.filter((finding) => finding.waived === undefined);
  let file: string | undefined;
  for (const finding of open) {
    if (finding.file !== file) lines.push(...(file === undefined ? [] : ['']), finding.file);
    file = finding.file;
    lines.push(`  ${finding.severity}  ${objectText(finding)}${finding.field === '' ? '' : `  ${finding.field}`}  [${finding.rule}]`);
    lines.push(`    ${finding.message}`, `    fix: ${finding.fix}`, `    made by ${finding.construct}`);
  }
  const waived = findings.filter((finding) => finding.waived !== undefined);
  if (waived.length > 0) {
    if (lines.length > 0) lines.push('');
    lines.push('Waived:');
    for (const finding of waived) lines.push(`  ${finding.rule}  ${objectText(finding)} (${finding.file}): ${finding.waived ?? ''}`);
  }
  if (lines.length > 0) lines.push('');
  return `${[...lines, summaryLine(findings)].join('\n')}\n`;
}

function objectText({ object }: Finding): string {
  return `${object.kind} ${object.namespace === undefined ? '' : `${object.namespace}/`}${object.name}`;
}
