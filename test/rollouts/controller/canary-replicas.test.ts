import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { basicCounts, hasEnough, podsFor, routedCounts } from '../../../lib/rollouts/controller/canary-replicas.ts';
import { canaryReplicas, maxUnavailableOf, surgeOf } from '../../../lib/rollouts/replica-counts.ts';

const pods = (wanted: number, available = wanted): { wanted: number; available: number } => ({ wanted, available });

describe('pods where their number shares the traffic', () => {
  // What the controller's own tests hold it to (canary_test.go): replicas, weight, surge, unavailable, running [wanted, available], new [wanted, available], others -> running, new.
  it.each<[number, number, number, number, [number, number], [number, number], number, number, number]>([
    [10, 100, 3, 0, [7, 8], [6, 3], 0, 7, 6],
    [10, 20, 2, 0, [10, 10], [0, 0], 0, 10, 2],
    [10, 20, 2, 0, [10, 10], [2, 2], 0, 8, 2],
    [10, 30, 2, 0, [10, 10], [0, 0], 0, 10, 2],
    [10, 20, 0, 2, [10, 10], [0, 0], 0, 8, 0],
    [10, 30, 0, 2, [10, 10], [0, 0], 0, 8, 0],
    [10, 50, 2, 1, [10, 10], [0, 0], 0, 9, 2],
    [10, 0, 1, 1, [10, 10], [1, 1], 0, 10, 0],
    [10, 100, 1, 1, [1, 1], [10, 10], 0, 0, 10],
    [1, 20, 1, 0, [1, 1], [0, 0], 0, 1, 1],
    [1, 90, 1, 0, [1, 1], [0, 0], 0, 1, 1],
    [1, 49, 0, 1, [1, 1], [0, 0], 0, 1, 0],
    [1, 51, 0, 1, [1, 1], [0, 0], 0, 0, 0],
    [1, 51, 0, 1, [0, 0], [0, 0], 0, 0, 1],
    [10, 30, 1, 0, [1, 1], [0, 0], 3, 7, 1],
    [10, 30, 0, 3, [8, 5], [4, 4], 0, 7, 3],
    [10, 100, 1, 0, [10, 2], [10, 8], 0, 2, 9],
    [10, 30, 0, 1, [8, 6], [4, 2], 3, 8, 4],
    [10, 5, 0, 1, [10, 10], [0, 0], 0, 9, 0],
    [10, 5, 0, 1, [9, 9], [0, 0], 0, 9, 1],
    [4, 100, 1, 0, [4, 1], [0, 0], 0, 4, 1],
    [3, 99, 0, 2, [3, 3], [0, 0], 0, 1, 0],
  ])('of %i at %i %% with a surge of %i and %i unavailable, of %j old and %j new ones with %i others, are %i and %i', (replicas, weight, surge, unavailable, stable, fresh, others, wantedStable, wantedFresh) => {
    expect(basicCounts({ replicas, weight, surge, unavailable, stable: pods(...stable), fresh: pods(...fresh), others })).toEqual({ stable: wantedStable, fresh: wantedFresh });
  });

  it('are all of the new version where none ran before', () => {
    expect(basicCounts({ replicas: 10, weight: 10, surge: 0, unavailable: 1, fresh: pods(9), others: 0 })).toEqual({ fresh: 10, stable: 0 });
  });

  it('come to the weight that the pods can make, never fewer than may be missing and never more than may be too many', () => {
    const limits = fc.record({ replicas: fc.integer({ min: 1, max: 30 }), weight: fc.integer({ min: 0, max: 100 }), surge: fc.integer({ min: 0, max: 5 }), unavailable: fc.integer({ min: 0, max: 5 }) }).filter(({ surge, unavailable }) => surge + unavailable > 0);
    fc.assert(fc.property(limits, (given) => {
      let [fresh, stable] = [pods(0), pods(given.replicas)];
      for (let look = 0; look < 200; look += 1) {
        const next = basicCounts({ ...given, fresh, stable, others: 0 });
        expect(next.fresh + next.stable).toBeLessThanOrEqual(given.replicas + given.surge);
        // What goes, goes at once; what comes, serves by the next look.
        expect(Math.min(fresh.available, next.fresh) + Math.min(stable.available, next.stable)).toBeGreaterThanOrEqual(Math.min(given.replicas - given.unavailable, fresh.available + stable.available));
        [fresh, stable] = [pods(next.fresh), pods(next.stable)];
      }
      const { canary, total } = canaryReplicas(given.replicas, given.weight, given.surge);
      expect({ fresh: fresh.wanted, stable: stable.wanted }).toEqual({ fresh: canary, stable: total - canary });
    }));
  });

  it('that may be missing are a share rounded down, and one where neither more nor less would be allowed', () => {
    expect([10, 4, 3, 1].map((replicas) => maxUnavailableOf(replicas))).toEqual([2, 1, 0, 0]);
    expect(maxUnavailableOf(10, '0%', '0%')).toBe(1);
    expect(maxUnavailableOf(2, 5)).toBe(2);
    expect(maxUnavailableOf(0)).toBe(0);
    expect(surgeOf(10, '0%')).toBe(0);
  });
});

describe('pods where a router shares the traffic', () => {
  const plain = { replicas: 10, maxWeight: 100, weight: 10, minPods: 0, isDynamic: false, isAborted: false };

  it('are as many as the weight wants beside all of the running version, or as many as are said', () => {
    expect(routedCounts(plain)).toEqual({ fresh: 1, stable: 10 });
    expect(routedCounts({ ...plain, replicas: 1, weight: 0, scale: 9 })).toEqual({ fresh: 9, stable: 1 });
    expect(routedCounts({ ...plain, replicas: 4, weight: 200 })).toEqual({ fresh: 8, stable: 4 });
    expect(routedCounts({ ...plain, weight: 5, minPods: 2 })).toEqual({ fresh: 2, stable: 10 });
    expect(routedCounts({ ...plain, weight: 0, minPods: 2 })).toEqual({ fresh: 0, stable: 10 });
  });

  // Weight wanted, weights that are set, aborted -> new, running (canary_test.go).
  it.each<[number, [number, number], boolean, number, number]>([
    [10, [10, 90], false, 1, 9],
    [20, [10, 90], false, 2, 9],
    [0, [20, 80], true, 2, 10],
    [0, [10, 90], true, 1, 10],
    [20, [60, 40], true, 6, 8],
  ])('with a running version that shrinks, at %i %% after %j (aborted: %s), are %i and %i', (weight, [canary, stable], isAborted, fresh, old) => {
    expect(routedCounts({ ...plain, weight, isDynamic: true, isAborted, weights: { canary, stable } })).toEqual({ fresh, stable: old });
  });

  it.each([[10, 0, 100, 0], [10, 20, 100, 2], [10, 25, 100, 3], [10, 33, 100, 4], [10, 99, 100, 10], [10, 100, 100, 10], [23, 100_000_000, 100_000_000, 23]])('are of %i for a weight of %i in %i: %i', (replicas, weight, maxWeight, count) => {
    expect(podsFor(weight, replicas, maxWeight)).toBe(count);
  });
});

describe('enough pods', () => {
  // canary_test.go, TestAllReplicaProgressThresholdMet.
  it.each<[string, { share: boolean; value: number } | undefined, { wanted: number; available: number }, number, boolean]>([
    ['a share that is reached', { share: true, value: 90 }, pods(10, 9), 10, true],
    ['a number that is reached', { share: false, value: 9 }, pods(10, 9), 10, true],
    ['a share that isn\'t reached', { share: true, value: 90 }, pods(10, 8), 10, false],
    ['a number that isn\'t reached', { share: false, value: 8 }, pods(10, 7), 10, false],
    ['all, where nothing is said', undefined, pods(10), 10, true],
    ['more than are started, where nothing is said', undefined, pods(5, 10), 10, false],
    ['a share of none', { share: true, value: 90 }, pods(0), 0, true],
  ])('are %s', (_, threshold, own, wanted, enough) => {
    expect(hasEnough(own, wanted, threshold)).toBe(enough);
  });
});
