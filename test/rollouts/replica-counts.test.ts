import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canaryReplicas, surgeOf, weightOf } from '../../lib/rollouts/replica-counts.ts';

describe('a canary by replica count', () => {
  // What Argo Rollouts 1.10.1 does; all 16,564 combinations of up to 40 replicas, every weight and a surge of up to 3 were compared with its code.
  it.each([
    [5, 20, 2, 1, 5], [5, 80, 2, 4, 5], [2, 20, 1, 1, 3], [2, 80, 1, 2, 3], [10, 5, 1, 1, 11], [10, 30, 0, 3, 10], [1, 5, 1, 1, 2], [1, 5, 0, 0, 1],
    [3, 50, 0, 2, 3], [3, 50, 1, 2, 4], [4, 20, 1, 1, 5], [0, 50, 1, 0, 0], [7, 0, 1, 0, 7], [7, 100, 1, 7, 7], [10, 99, 0, 9, 10], [10, 1, 0, 1, 10],
    // Halfway to all of them, the larger count is no option and the smaller isn't considered: the controller gives it none.
    [50, 99, 0, 0, 50],
  ])('of %i replicas at %i percent with a surge of %i has %i of %i pods', (replicas, weight, surge, canary, total) => {
    expect(canaryReplicas(replicas, weight, surge)).toEqual({ canary, total });
  });

  it('never takes all or none of several pods between 1 and 99 %, and never surges by more than one, where there is a surge', () => {
    fc.assert(fc.property(fc.integer({ min: 2, max: 500 }), fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 5 }), (replicas, weight, surge) => {
      const { canary, total } = canaryReplicas(replicas, weight, surge);
      expect(canary).toBeGreaterThan(0);
      expect(canary).toBeLessThan(total);
      expect(total - replicas).toBeLessThanOrEqual(Math.min(surge, 1));
    }));
  });

  it('comes nearer to the weight the more pods there are', () => {
    fc.assert(fc.property(fc.integer({ min: 100, max: 1000 }), fc.integer({ min: 1, max: 99 }), (replicas, weight) => {
      expect(Math.abs(weightOf(canaryReplicas(replicas, weight, 1)) - weight)).toBeLessThanOrEqual(100 / replicas);
    }));
  });
});

describe('the surge', () => {
  it.each([[10, undefined, 3], [10, '25%', 3], [4, '25', 1], [10, 2, 2], [10, '0%', 0], [1, '25%', 1]] as const)('of %i replicas by %s is %i', (replicas, maxSurge, surge) => {
    expect(surgeOf(replicas, maxSurge)).toBe(surge);
  });
});
