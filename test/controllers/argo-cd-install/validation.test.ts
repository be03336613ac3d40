import { describe, expect, it } from 'vitest';
import { assembleFleet } from '../../../lib/model/assemble.ts';
import { argoCd, type ArgoCdOptions } from '../../../lib/model/argo-cd-options.ts';
import { renderChecked } from '../../../lib/synth/checked.ts';
import { draft, sourcesOf } from '../../model/sources.ts';
import { richest, richestHa, smallest } from './richest.ts';

/** What validation says of the installs of a fleet whose clusters all have the options. */
function findingsOf(options: ArgoCdOptions): string[] {
  const edited = draft();
  for (const cluster of Object.values(edited.clusters)) {
    const value = cluster as { controller: { kind: string }; existingDefinitions?: readonly string[]; existingSecrets?: object };
    if (value.controller.kind !== 'argo-cd') continue;
    value.controller = argoCd(options);
    value.existingDefinitions = ['gateway.networking.k8s.io'];
    value.existingSecrets = { argocd: ['argocd-tls'] };
  }
  const { fleet, problems } = assembleFleet(sourcesOf(edited));
  expect(problems).toEqual([]);
  const checked = renderChecked(fleet, {}, (unit) => unit.id);
  expect(checked.kept.filter((id) => id.endsWith('/argo-cd')).length).toBeGreaterThan(0);
  return checked.findings.filter((finding) => finding.file.includes('/argo-cd/')).map((finding) => `${finding.file}: ${finding.rule}: ${finding.message}`);
}

describe('validation', () => {
  it.each([['plain', {}], ['with every option', richest], ['for high availability with every option', richestHa], ['with parts removed', smallest]] as const)('finds nothing wrong in an install %s, whose upstream may still be missing', (_, options) => {
    expect(findingsOf(options)).toEqual([]);
  });
});
