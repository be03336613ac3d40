import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cronScheduleProblem, timeZoneProblem } from '../../../lib/constructs/companions/cron-schedule.ts';

describe('a cron schedule', () => {
  it.each(['* * * * *', '0 6 * * MON-FRI', '*/15 0-6 1,15 JAN,jul ?', '5/20 23 31 12 0', '0 0 29 2 *', '@daily', '0 0 30 2 MON', '  0  6  *  *  *  '])('may be %j', (text) => {
    expect(cronScheduleProblem(text)).toBeUndefined();
  });

  it.each([
    ['* * * *', 'five fields'], ['* * * * * *', 'five fields'], ['', 'five fields'], ['60 * * * *', 'minute from 0 to 59'], ['* 24 * * *', 'hour from 0 to 23'],
    ['* * 0 * *', 'day of the month from 1 to 31'], ['* * * 13 *', 'month from 1 to 12 or JAN to DEC'], ['* * * * 7', 'day of the week from 0 to 6 or SUN to SAT'],
    ['*/0 * * * *', '"*/0"'], ['5-1 * * * *', 'goes upwards'], ['1,,2 * * * *', 'got ""'], ['a * * * *', '"a"'], ['1/2/3 * * * *', '"1/2/3"'], ['1-2-3 * * * *', '"1-2-3"'],
    ['-1 * * * *', '"-1"'], ['0 0 30 2 *', 'which never does'], ['0 0 31 4,6 *', 'which never does'], ['@often', '@weekly'], ['@every 5m', '@daily'],
    ['TZ=Europe/Berlin 0 6 * * *', 'timeZone'], ['CRON_TZ=UTC 0 6 * * *', 'timeZone'],
  ])('may not be %j: the message says %j', (text, said) => {
    expect(cronScheduleProblem(text)).toContain(said);
  });

  it('may be any list of values, ranges and steps inside the bounds', () => {
    const part = (least: number, most: number) => fc.array(fc.tuple(fc.integer({ min: least, max: most }), fc.integer({ min: least, max: most }), fc.option(fc.integer({ min: 1, max: 99 }), { nil: undefined })), { minLength: 1, maxLength: 3 })
      .map((entries) => entries.map(([a, b, step]) => `${Math.min(a, b)}-${Math.max(a, b)}${step === undefined ? '' : `/${step}`}`).join(','));
    fc.assert(fc.property(part(0, 59), part(0, 23), part(1, 31), part(1, 12), part(0, 6), (...parts) => {
      expect(cronScheduleProblem(parts.join(' '))).toBeUndefined();
    }));
  });

  it('is judged, never a crash, whatever the text', () => {
    fc.assert(fc.property(fc.string(), (text) => { expect(['string', 'undefined']).toContain(typeof cronScheduleProblem(text)); }));
  });
});

describe('a time zone', () => {
  it.each(['Etc/UTC', 'UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5'])('may be %s', (text) => {
    expect(timeZoneProblem(text)).toBeUndefined();
  });

  it.each(['Local', 'europe/berlin', 'Europe/Berlni', '', '+02:00', 'CEST/'])('may not be %j', (text) => {
    expect(timeZoneProblem(text)).toContain('expected a time zone of the IANA database');
  });
});
