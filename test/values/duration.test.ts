import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationProblem, durationSeconds, parseDuration } from '../../lib/values/duration.ts';
import { goAnswers } from './go-answers.ts';

describe('durations', () => {
  it.each(goAnswers.durations)('reads %j as Go does', (text, nanos) => {
    const milliseconds = nanos === null ? undefined : Number(BigInt(nanos) / 1_000_000n) + Number(BigInt(nanos) % 1_000_000n) / 1e6;
    expect(parseDuration(text)).toBe(milliseconds);
    expect(durationProblem(text) === undefined).toBe(nanos !== null);
  });

  it('has no sign: a length of time is never negative', () => {
    expect(parseDuration('-1s')).toBeUndefined();
    expect(parseDuration('+1s')).toBeUndefined();
  });

  it('gives whole seconds and refuses a fraction of one', () => {
    expect([durationSeconds('0'), durationSeconds('90s'), durationSeconds('1h30m'), durationSeconds('1500ms500ms')]).toEqual([0, 90, 5400, 2]);
    expect(() => durationSeconds('1500ms')).toThrow('expected whole seconds, got "1500ms"');
    expect(() => durationSeconds('soon')).toThrow('expected a duration such as 30s, 5m, 1h30m or 250ms, got "soon"');
  });

  it('says that there are no days', () => {
    expect(durationProblem('3d')).toContain('there is no unit for days');
  });

  it('adds its parts up', () => {
    fc.assert(fc.property(fc.nat(1000), fc.nat(59), fc.nat(59), fc.nat(999), (h, m, s, ms) => {
      expect(parseDuration(`${h}h${m}m${s}s${ms}ms`)).toBe(((h * 60 + m) * 60 + s) * 1000 + ms);
    }));
  });

  it('never throws on any text', () => {
    fc.assert(fc.property(fc.string(), (text) => {
      expect(parseDuration(text) === undefined).toBe(durationProblem(text) !== undefined);
    }));
  });
});
