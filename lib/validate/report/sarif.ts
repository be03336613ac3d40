import { compareText } from '../../values/errors.ts';
import type { Finding } from '../finding.ts';
import { rules } from '../rules/all.ts';

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** Findings as SARIF 2.1.0, which code hosts show beside the changed files. A waived finding is a suppressed result. */
export function sarifReport(findings: readonly Finding[]): string {
  const sorted = [...rules].sort((a, b) => compareText(a.id, b.id));
  const index = new Map(sorted.map(({ id }, at) => [id, at]));
  return `${JSON.stringify({
    $schema: schema,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'slipway',
            rules: sorted.map(({ id, title, fix, severity }) => ({ id, shortDescription: { text: title }, help: { text: `Fix: ${fix}` }, defaultConfiguration: { level: severity } })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => result(finding, index.get(finding.rule))),
      },
    ],
  }, undefined, 2)}\n`;
}

function result(finding: Finding, ruleIndex: number | undefined): object {
  const { rule, severity, object, file, field, construct, message, fix, waived } = finding;
  const name = `${object.kind} ${object.namespace === undefined ? '' : `${object.namespace}/`}${object.name}`;
  return {
    ruleId: rule,
    ...(ruleIndex !== undefined && { ruleIndex }),
    level: severity,
    message: { text: `${name}${field === '' ? '' : ` ${field}`}: ${message}\nFix: ${fix}` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: file.split('/').map(encodeURIComponent).join('/') } },
        logicalLocations: [{ fullyQualifiedName: construct, kind: 'object' }, ...(field === '' ? [] : [{ fullyQualifiedName: field, kind: 'member' }])],
      },
    ],
    ...(waived !== undefined && { suppressions: [{ kind: 'inSource', justification: waived }] }),
  };
}
