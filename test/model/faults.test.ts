import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assembleFleet } from '../../lib/model/assemble.ts';
import { knownFaults, type KnownFault } from './known-faults.ts';
import { draft, sourcesOf } from './sources.ts';

/** 1 to 5 faults of different slots: one that replaces another would hide it. */
const planted = fc.shuffledSubarray([...knownFaults], { minLength: 1, maxLength: 5 })
  .map((faults) => faults.filter((fault, index) => faults.findIndex((other) => other.slot === fault.slot) === index));

function report(faults: readonly KnownFault[]): { readonly where: string; readonly message: string }[] {
  const edited = draft();
  for (const fault of faults) fault.plant(edited);
  return assembleFleet(sourcesOf(edited)).problems.map(({ where, message, fix }) => ({ where, message: `${message} ${fix ?? ''}` }));
}

describe('a fleet', () => {
  it('in which nothing is wrong has no problems', () => {
    expect(report([])).toEqual([]);
  });

  it.each(knownFaults.map((fault) => [`${fault.where} ${String(fault.message)}`, fault] as const))('with one fault reports it alone: %s', (_, fault) => {
    const problems = report([fault]);
    expect(problems.map((problem) => problem.where)).toEqual([fault.where]);
    expect(problems[0]?.message).toMatch(fault.message);
  });

  it('with 1 to 5 planted faults reports exactly those, in 2,500 random edits', () => {
    fc.assert(fc.property(planted, (faults) => {
      const problems = report(faults);
      expect(problems.map((problem) => problem.where).sort()).toEqual(faults.map((fault) => fault.where).sort());
      for (const fault of faults) expect(problems.some((problem) => problem.where === fault.where && fault.message.test(problem.message))).toBe(true);
    }), { numRuns: 2_500, seed: 20_26 });
  });

  it('made of anything at all is judged, never a crash', () => {
    fc.assert(fc.property(fc.anything(), fc.anything(), fc.anything(), fc.anything(), (fleet, environment, cluster, app) => {
      const sources = sourcesOf(draft());
      const judged = assembleFleet({
        ...sources,
        fleet: { file: 'environments/index.ts', value: fleet as never },
        environments: [...sources.environments, { file: 'environments/odd.ts', value: environment as never }],
        clusters: [...sources.clusters, { file: 'environments/clusters/odd.ts', value: cluster as never }],
        apps: [...sources.apps, { file: 'apps/odd.ts', value: app as never }],
      });
      expect(judged.problems.length).toBeGreaterThan(0);
    }), { numRuns: 1_000, seed: 7 });
  });
});
