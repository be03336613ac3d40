import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cdk8sPluginSchema } from '../../lib/validate/cdk8s-plugin.ts';
import { rules } from '../../lib/validate/rules/all.ts';
import { knownMinors, schemaIndex } from '../../lib/validate/schemas/library.ts';
import { parseAllDocuments } from 'yaml';

const page = readFileSync(new URL('../../docs/validation.md', import.meta.url), 'utf8');

describe('docs/validation.md', () => {
  it('lists every rule with its severity and title', () => {
    const listed = page.split('\n').filter((line) => line.startsWith('| `'));
    expect(listed).toEqual(rules.map(({ id, severity, title }) => `| \`${id}\` | ${severity} | ${title} |`).sort());
  });

  it('names the minors and the versions of the custom resources that are carried', () => {
    expect(page).toContain(`from ${knownMinors()[0] ?? ''} to ${knownMinors().at(-1) ?? ''}`);
    for (const { version } of schemaIndex().customResources) expect(page).toContain(version);
  });

  it('shows properties of the cdk8s plugin that it takes', () => {
    const yaml = /```yaml\n(.*?)```/s.exec(page)?.[1] ?? '';
    const project = parseAllDocuments(yaml)[0]?.toJS() as { validations: { properties: unknown }[] };
    expect(cdk8sPluginSchema.safeParse(project.validations[0]?.properties).success).toBe(true);
  });
});
