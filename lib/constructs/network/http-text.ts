import { shown } from '../../values/shown.ts';

const allowed = /^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})+$/;
const traps = ['//', '/./', '/../', '%2f', '%2F', '#'];

/** What is wrong with a path to match, by the rules of Gateway API. */
export function pathProblem(text: string): string | undefined {
  if (!text.startsWith('/')) return `expected a path that starts with "/", got ${shown(text)}`;
  const trap = traps.find((each) => text.includes(each)) ?? ['/..', '/.'].find((each) => text.endsWith(each));
  if (trap !== undefined) return `expected a path without ${JSON.stringify(trap)}, got ${shown(text)}`;
  if (text.length > 1024 || !allowed.test(text)) return `expected a path of at most 1024 characters as URLs have it, others percent-encoded, got ${shown(text)}`;
  return undefined;
}

const unitMilliseconds = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 } as const;

/** Milliseconds of a duration as Gateway API has it, undefined when it is none. */
export function durationOf(text: string): number | undefined {
  if (!/^([0-9]{1,5}(h|m|s|ms)){1,4}$/.test(text)) return undefined;
  return [...text.matchAll(/([0-9]+)(ms|[hms])/g)].reduce((sum, [, count, unit]) => sum + Number(count) * unitMilliseconds[unit as keyof typeof unitMilliseconds], 0);
}
