import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Loose, LooseValue } from '../healthy-app.ts';
import { worlds } from './random-worlds.ts';
import { judged } from './world.ts';

/** A value with another put somewhere into it, as the numbers choose. */
function altered(value: LooseValue, choices: readonly number[], put: LooseValue): LooseValue {
  const [choice = 0, ...rest] = choices;
  if (typeof value !== 'object' || value === null || choices.length === 0) return put;
  const keys = Object.keys(value);
  const key = keys[choice % Math.max(1, keys.length)];
  if (key === undefined) return put;
  if (Array.isArray(value)) return value.map((item, index) => (String(index) === key ? altered(item, rest, put) : item));
  return { ...value, [key]: altered(value[key], rest, put) };
}

const anything = fc.oneof(fc.constantFrom<LooseValue>(null, '', 0, -1, 1e9, true, 'x', '{{args.x}}', '5m', [], [null], {}, { name: 1 }, [{}]), fc.jsonValue({ maxDepth: 2 }).map((value) => value as LooseValue));

describe('random Rollouts', () => {
  it('are judged alike each time, and each finding says what came and what to do', () => {
    fc.assert(fc.property(worlds, (world) => {
      const findings = judged(world, { unattended: true });
      expect(judged(structuredClone(world), { unattended: true })).toEqual(findings);
      expect(findings.filter(({ message, fix }) => message.length < 20 || fix === '' || /undefined|NaN|\[object|Infinity/.test(`${message} ${fix}`))).toEqual([]);
    }), { numRuns: 150 });
  });

  it('are judged whatever nonsense stands anywhere in them or in what they name', () => {
    const choices = fc.array(fc.nat(50), { minLength: 1, maxLength: 9 });
    fc.assert(fc.property(worlds, choices, anything, fc.nat(40), (world, path, put, which) => {
      const rollout = altered(world.rollout, [Object.keys(world.rollout).indexOf('spec'), ...path], put) as Loose;
      const objects = world.objects.map((object, index) => (index === which % world.objects.length ? (altered(object, [Object.keys(object).indexOf('spec'), ...path], put) as Loose) : object));
      expect(() => judged({ rollout, objects: world.objects }, { unattended: true })).not.toThrow();
      expect(() => judged({ rollout: world.rollout, objects }, { unattended: true })).not.toThrow();
    }), { numRuns: 150 });
  });
});
