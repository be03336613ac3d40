import fc from 'fast-check';
import { expect, it } from 'vitest';
import { objectsOf } from '../support.ts';
import { findingsOf, unitOf, type Loose } from '../../validate/healthy-app.ts';
import { refusals } from '../network/samples.ts';
import { arbitraryRollout } from './arbitrary-rollout.ts';
import { rolledOut } from './support.ts';

/** Rules that hold what Argo Rollouts itself refuses, checked against its own code elsewhere. */
const upstream = ['rollout-limits', 'rollout-services', 'rollout-strategy', 'rollout-template'];

it('whatever is accepted of a rollout, API servers and Argo Rollouts accept', { timeout: 120_000 }, () => {
  let accepted = 0;
  fc.assert(fc.property(arbitraryRollout, ({ rollout, props }) => {
    const { chart, problems } = rolledOut(rollout, props);
    if (problems.length > 0) {
      expect(objectsOf(chart)).toEqual([]);
      return;
    }
    accepted++;
    const objects = objectsOf(chart);
    expect(objects.filter((object) => object.kind === 'Rollout').flatMap(refusals)).toEqual([]);
    expect(findingsOf(unitOf(objects as unknown as Loose[])).filter(({ rule }) => upstream.includes(rule)).map(({ field, message }) => `${field}: ${message}`)).toEqual([]);
  }), { numRuns: 1200 });
  expect(accepted).toBeGreaterThan(150);
});
