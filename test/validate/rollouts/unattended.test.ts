import { describe, expect, it } from 'vitest';
import { Manifest } from '../../../lib/constructs/manifest.ts';
import { renderChecked } from '../../../lib/synth/checked.ts';
import { fleetWith } from '../../synth/fleet-with.ts';
import { canary } from '../rules/rollout-objects.ts';

/** What is found of a Rollout that waits for a person, in environments that are told. */
function foundIn(unattended: readonly string[]): string[] {
  const fleet = fleetWith((chart) => {
    const { metadata: _, ...made } = canary({ steps: [{ setWeight: 20 }, { pause: {} }] });
    new Manifest(chart, 'api', { ...made, metadata: { name: 'api' } } as unknown as ConstructorParameters<typeof Manifest>[2]);
  }, ({ environments }) => {
    for (const name of unattended) Object.assign(environments[name] ?? {}, { unattended: true });
  });
  return renderChecked(fleet, {}, ({ id }) => id).findings.filter(({ rule }) => rule === 'endless-pause').map(({ file, message }) => `${file}: ${message}`);
}

describe('an unattended environment', () => {
  it('lets nothing wait for a person, and others do', () => {
    expect(foundIn([])).toEqual([]);
    const found = foundIn(['prod']);
    expect(found.length).toBeGreaterThan(0);
    for (const each of found) expect(each).toMatch(/^apps\/prod.*: expected a duration in prod, which is unattended, got a pause that a person ends/);
  });
});
