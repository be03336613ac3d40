import { SlipwayError } from './errors.ts';
import { shown } from './shown.ts';

/**
 * A length of time as Go's `time.ParseDuration` reads it, never negative: numbers with a unit each, such as `30s`, `5m`, `1h30m`,
 * `250ms` or `1.5h`. Units: `ns`, `us` (`µs`), `ms`, `s`, `m`, `h`; a bare `0` needs none. There is no unit for days.
 */
export type DurationText = string;

const nanosPerUnit: ReadonlyMap<string, bigint> = new Map([
  ['ns', 1n], ['us', 1_000n], ['\u00b5s', 1_000n], ['\u03bcs', 1_000n], ['ms', 1_000_000n],
  ['s', 1_000_000_000n], ['m', 60_000_000_000n], ['h', 3_600_000_000_000n],
]);
const part = /(?=[0-9.])([0-9]*)(?:\.([0-9]*))?(ns|us|\u00b5s|\u03bcs|ms|s|m|h)/y;
const longestText = 200;
/** Go keeps durations in 64 bits: about 292 years. */
const longest = 2n ** 63n - 1n;

/** Milliseconds (a fraction below one), or undefined when it is no duration. */
export function parseDuration(text: DurationText): number | undefined {
  const nanos = durationNanos(text);
  return nanos === undefined ? undefined : Number(nanos / 1_000_000n) + Number(nanos % 1_000_000n) / 1e6;
}

/** Whole seconds. Throws when it is no duration or has a fraction of a second. */
export function durationSeconds(text: DurationText): number {
  const nanos = durationNanos(text);
  if (nanos === undefined) throw SlipwayError.of('duration', durationProblem(text) ?? 'malformed');
  if (nanos % 1_000_000_000n !== 0n) {
    throw SlipwayError.of('duration', `expected whole seconds, got ${shown(text)}`, 'round it to a second');
  }
  return Number(nanos / 1_000_000_000n);
}

/** What is wrong with a duration. */
export function durationProblem(text: string): string | undefined {
  if (durationNanos(text) !== undefined) return undefined;
  const days = /^[0-9]+(d|w)$/.exec(text);
  const hint = days === null ? '' : `; there is no unit for ${days[1] === 'd' ? 'days' : 'weeks'}: write hours`;
  return `expected a duration such as 30s, 5m, 1h30m or 250ms, got ${shown(text)}${hint}`;
}

function durationNanos(text: string): bigint | undefined {
  if (text === '0') return 0n;
  if (text === '' || text.length > longestText) return undefined;
  let nanos = 0n;
  part.lastIndex = 0;
  while (part.lastIndex < text.length) {
    const match = part.exec(text);
    if (match === null) return undefined;
    const [, whole = '', fraction = '', unit = ''] = match;
    const size = nanosPerUnit.get(unit);
    if (size === undefined || (whole === '' && fraction === '')) return undefined;
    nanos += BigInt(whole === '' ? 0 : whole) * size + (BigInt(fraction === '' ? 0 : fraction) * size) / 10n ** BigInt(fraction.length);
    if (nanos > longest) return undefined;
  }
  return nanos;
}
