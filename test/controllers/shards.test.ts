import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shardPlan, tolerance, type ShardLoad } from '../../lib/controllers/shards.ts';

const loads = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 200 }).map((objects) => objects.map((each, index): ShardLoad => ({ cluster: `cluster-${index}`, objects: each })));

function filled(plan: ReadonlyMap<string, number>, all: readonly ShardLoad[], shards: number): number[] {
  const sums = Array.from({ length: shards }, () => 0);
  for (const { cluster, objects } of all) {
    const shard = plan.get(cluster) ?? -1;
    sums[shard] = (sums[shard] ?? Number.NaN) + objects;
  }
  return sums;
}

/** The share of all objects whose clusters change their shard. */
function moved(all: readonly ShardLoad[], from: number, to: number): number {
  const [before, after] = [shardPlan(all, from), shardPlan(all, to)];
  return all.reduce((sum, { cluster, objects }) => sum + (before.get(cluster) === after.get(cluster) ? 0 : objects), 0) / all.reduce((sum, { objects }) => sum + objects, 0);
}

const equal = (count: number): ShardLoad[] => Array.from({ length: count }, (_, index) => ({ cluster: `edge-${index}`, objects: 1000 }));

describe('a shard plan', () => {
  it('gives every cluster one of the shards, the same whatever the order of clusters', () => {
    fc.assert(fc.property(loads, fc.integer({ min: 1, max: 20 }), (all, shards) => {
      const plan = shardPlan(all, shards);
      expect([...plan.keys()].sort()).toEqual(all.map(({ cluster }) => cluster).sort());
      for (const shard of plan.values()) expect(shard >= 0 && shard < shards && Number.isInteger(shard)).toBe(true);
      expect(shardPlan([...all].reverse(), shards)).toEqual(plan);
    }));
  });

  it('fills no shard beyond the average and a quarter, or the average and the largest cluster where one is so large', () => {
    fc.assert(fc.property(loads, fc.integer({ min: 1, max: 20 }), (all, shards) => {
      const average = all.reduce((sum, { objects }) => sum + objects, 0) / shards;
      const largest = Math.max(...all.map(({ objects }) => objects));
      const most = Math.max(average * (1 + tolerance), average + largest);
      for (const sum of filled(shardPlan(all, shards), all, shards)) expect(sum).toBeLessThanOrEqual(most + 1e-6);
    }));
  });

  it('keeps a thousand equal clusters within the average and a quarter', () => {
    const all = equal(1000);
    for (const shards of [2, 5, 10, 20]) expect(Math.max(...filled(shardPlan(all, shards), all, shards))).toBeLessThanOrEqual((1_000_000 / shards) * 1.25);
  });

  it('moves little more than the new shard takes, and little more than a removed shard had', () => {
    const all = equal(1000);
    for (const shards of [2, 5, 10, 20]) {
      expect(moved(all, shards, shards + 1), `${shards} to ${shards + 1}`).toBeLessThan(1.6 / (shards + 1));
      expect(moved(all, shards + 1, shards), `${shards + 1} to ${shards}`).toBeLessThan(1.6 / (shards + 1));
    }
  });

  it('moves few when a cluster joins', () => {
    const all = equal(200);
    const before = shardPlan(all, 8);
    const after = shardPlan([...all, { cluster: 'new', objects: 1000 }], 8);
    expect(all.filter(({ cluster }) => before.get(cluster) !== after.get(cluster)).length).toBeLessThanOrEqual(8);
  });

  it('counts what a shard has already', () => {
    const all = equal(10);
    expect([...shardPlan(all, 2, { 0: 10_000 }).values()].filter((shard) => shard === 0).length).toBeLessThanOrEqual(3);
  });
});
