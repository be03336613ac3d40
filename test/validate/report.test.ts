import { describe, expect, it } from 'vitest';
import type { Finding } from '../../lib/validate/finding.ts';
import { formatFindings } from '../../lib/validate/report.ts';
import { ruleIds } from '../../lib/validate/fleet-validator.ts';

const base: Finding = {
  rule: 'mutable-image',
  severity: 'error',
  object: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
  file: 'apps/prod/shop@eu/deployment-web.yaml',
  field: 'spec.template.spec.containers[0].image',
  construct: 'shop/web/deployment',
  message: 'expected a tag that names one version, got "latest", which moves',
  fix: 'pin the image',
};
const findings: Finding[] = [
  base,
  { ...base, rule: 'unused-waiver', severity: 'warning', field: '', message: 'the waiver allows nothing', fix: 'take it out' },
  { ...base, file: 'clusters/eu/platform/namespace-shop.yaml', object: { apiVersion: 'v1', kind: 'Namespace', name: 'shop' }, rule: 'pod-security-labels', waived: 'a legacy app' },
];

describe('a report', () => {
  it('in text groups by file, lists waivers with their reasons and closes with a summary', () => {
    expect(formatFindings(findings, 'text')).toBe([
      'apps/prod/shop@eu/deployment-web.yaml',
      '  error  Deployment shop/web  spec.template.spec.containers[0].image  [mutable-image]',
      '    expected a tag that names one version, got "latest", which moves',
      '    fix: pin the image',
      '    made by shop/web/deployment',
      '  warning  Deployment shop/web  [unused-waiver]',
      '    the waiver allows nothing',
      '    fix: take it out',
      '    made by shop/web/deployment',
      '',
      'Waived:',
      '  pod-security-labels  Namespace shop (clusters/eu/platform/namespace-shop.yaml): a legacy app',
      '',
      '1 error, 1 warning, 1 waived',
      '',
    ].join('\n'));
    expect(formatFindings([], 'text')).toBe('0 errors, 0 warnings\n');
  });

  it('in JSON holds every finding whole, and the counts', () => {
    expect(JSON.parse(formatFindings(findings, 'json'))).toEqual({ summary: { errors: 1, warnings: 1, waived: 1 }, findings });
  });

  it('in SARIF 2.1.0 has each rule with help, and results that point to rules, files and constructs', () => {
    const sarif = JSON.parse(formatFindings(findings, 'sarif')) as { version: string; runs: { tool: { driver: { rules: { id: string; help: { text: string } }[] } }; results: Record<string, unknown>[] }[] };
    const [run] = sarif.runs;
    expect(sarif.version).toBe('2.1.0');
    expect(run?.tool.driver.rules.map(({ id }) => id)).toEqual(ruleIds);
    expect(run?.tool.driver.rules.every(({ help }) => help.text.length > 5)).toBe(true);
    for (const result of run?.results ?? []) expect(run?.tool.driver.rules[result['ruleIndex'] as number]?.id).toBe(result['ruleId']);
    expect(run?.results[0]).toMatchObject({
      ruleId: 'mutable-image',
      level: 'error',
      locations: [{ physicalLocation: { artifactLocation: { uri: 'apps/prod/shop%40eu/deployment-web.yaml' } }, logicalLocations: [{ fullyQualifiedName: 'shop/web/deployment' }, { fullyQualifiedName: 'spec.template.spec.containers[0].image' }] }],
    });
    expect(run?.results[2]?.['suppressions']).toEqual([{ kind: 'inSource', justification: 'a legacy app' }]);
  });
});
