import { describe, expect, it } from 'vitest';
import { freezeSchema, frozenBy, type FreezeInput } from '../../lib/model/freeze.ts';

function frozen(window: FreezeInput, at: string): boolean {
  return frozenBy([freezeSchema.parse(window)], new Date(at)) !== undefined;
}

describe('a freeze window', () => {
  const year = { name: 'year end', from: '2026-12-20T00:00:00+01:00', until: '2027-01-02T00:00:00+01:00' };
  it.each([['2026-12-19T22:59:59Z', false], ['2026-12-19T23:00:00Z', true], ['2027-01-01T22:59:59Z', true], ['2027-01-01T23:00:00Z', false]])('between two instants holds its start and not its end: %s', (at, expected) => {
    expect(frozen(year, at)).toBe(expected);
  });

  const friday = { name: 'weekend', days: ['fri' as const], from: '16:00', until: '24:00', timeZone: 'Europe/Berlin' };
  it.each([['2026-11-20T14:59:00Z', false], ['2026-11-20T15:00:00Z', true], ['2026-11-20T22:59:00Z', true], ['2026-11-20T23:00:00Z', false], ['2026-07-17T14:00:00Z', true], ['2026-07-17T13:59:00Z', false]])('of a weekday keeps to its time zone, summer and winter: %s', (at, expected) => {
    expect(frozen(friday, at)).toBe(expected);
  });

  const night = { name: 'night', days: ['fri' as const], from: '22:00', until: '06:00', timeZone: 'UTC' };
  it.each([['2026-11-20T21:59:00Z', false], ['2026-11-20T22:00:00Z', true], ['2026-11-21T05:59:00Z', true], ['2026-11-21T06:00:00Z', false], ['2026-11-20T05:00:00Z', false]])('that ends before it starts goes on into the next day: %s', (at, expected) => {
    expect(frozen(night, at)).toBe(expected);
  });

  it.each([[{ ...year, from: '2026-12-20' }], [{ ...friday, timeZone: 'Mars/Olympus' }], [{ ...friday, from: '25:00' }], [{ ...friday, days: [] }], [{ name: 'x' }]])('that says no span is refused: %j', (window) => {
    expect(freezeSchema.safeParse(window).success).toBe(false);
  });
});
