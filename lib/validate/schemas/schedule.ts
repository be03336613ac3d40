const fields: readonly { readonly from: number; readonly to: number; readonly names?: readonly string[] }[] = [
  { from: 0, to: 59 },
  { from: 0, to: 23 },
  { from: 1, to: 31 },
  { from: 1, to: 12, names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] },
  { from: 0, to: 6, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
];
const nicknames = new Set(['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly']);

/** A cron schedule as the CronJob controller reads it: five fields, a nickname such as `@daily`, or `@every <duration>`. */
export function isCronSchedule(value: string): boolean {
  if (value.startsWith('@')) return nicknames.has(value) || (value.startsWith('@every ') && isGoDuration(value.slice(7)));
  if (/^(TZ|CRON_TZ)=/.test(value)) return false;
  const parts = value.trim().split(/\s+/);
  return parts.length === fields.length && parts.every((part, at) => part.split(',').every((range) => isRange(range, at)));
}

function isRange(range: string, at: number): boolean {
  const bounds = fields[at];
  if (bounds === undefined) return false;
  const [span = '', step, ...more] = range.split('/');
  if (more.length > 0 || (step !== undefined && !(/^\d+$/.test(step) && Number(step) > 0))) return false;
  if (span === '*' || span === '?') return true;
  const [low = '', high, ...rest] = span.split('-');
  const numbers = [low, ...(high === undefined ? [] : [high])].map((word) => numberOf(word, bounds));
  const [first, last = first] = numbers;
  return rest.length === 0 && first !== undefined && last !== undefined && !numbers.includes(undefined) && first >= bounds.from && last <= bounds.to && first <= last;
}

function numberOf(word: string, bounds: { readonly from: number; readonly names?: readonly string[] }): number | undefined {
  if (/^\d+$/.test(word)) return Number(word);
  const at = bounds.names?.indexOf(word.toLowerCase()) ?? -1;
  return at < 0 ? undefined : at + bounds.from;
}

/** A duration as Go reads it: `90s`, `1h30m`, `0.5s`. */
export function isGoDuration(value: string): boolean {
  return value === '0' || /^[+-]?((\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))+$/.test(value);
}

/** A time zone that the IANA database knows; `Local` depends on the machine and is none. */
export function isTimeZone(value: string): boolean {
  let known = zones.get(value);
  if (known === undefined) zones.set(value, (known = lookUpZone(value)));
  return known;
}

/** What was looked up; the first look into the database is slow. */
const zones = new Map<string, boolean>([['Etc/UTC', true], ['UTC', true]]);

function lookUpZone(value: string): boolean {
  if (value.toLowerCase() === 'local' || !/^[A-Za-z][A-Za-z0-9_+\-/]*$/.test(value)) return false;
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions();
    // The database of a node is files, which tell capitals apart; JavaScript doesn't. An alias, such as Etc/UTC, resolves to another name.
    return timeZone === value || (timeZone.toLowerCase() !== value.toLowerCase() && !/^(?:[a-z]|[A-Z]{3,}\/)/.test(value));
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
