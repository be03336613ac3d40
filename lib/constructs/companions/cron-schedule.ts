import { shown } from '../../values/shown.ts';

interface Field {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly names: readonly string[];
}

const fields: readonly Field[] = [
  { name: 'minute', least: 0, most: 59, names: [] },
  { name: 'hour', least: 0, most: 23, names: [] },
  { name: 'day of the month', least: 1, most: 31, names: [] },
  { name: 'month', least: 1, most: 12, names: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'] },
  { name: 'day of the week', least: 0, most: 6, names: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] },
];

const macros = ['@annually', '@daily', '@hourly', '@midnight', '@monthly', '@weekly', '@yearly'];
const longestMonths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** What is wrong with a cron schedule, by the rules of the CronJob controller: five fields, or a macro such as `@daily`. */
export function cronScheduleProblem(text: string): string | undefined {
  if (/^(?:CRON_)?TZ=/.test(text)) return `expected a schedule without a time zone, got ${shown(text)}; name it in timeZone`;
  if (macros.includes(text)) return undefined;
  if (text.startsWith('@')) return `expected one of ${macros.join(', ')}, got ${shown(text)}`;
  const parts = text.trim().split(/\s+/);
  if (parts.length !== fields.length) return `expected five fields (minute, hour, day of the month, month, day of the week), got ${shown(text)}`;
  for (const [index, field] of fields.entries()) {
    const part = parts[index] ?? '';
    const problem = part.split(',').map((each) => entryProblem(each, field)).find((each) => each !== undefined);
    if (problem !== undefined) return problem;
  }
  return neverProblem(parts, text);
}

/** One entry of a field: `*`, `5`, `1-5`, each with an optional step. */
function entryProblem(entry: string, field: Field): string | undefined {
  const [range = '', step, ...rest] = entry.split('/');
  const expected = `expected ${field.name} from ${field.least} to ${field.most}${field.names.length > 0 ? ` or ${field.names[0] ?? ''} to ${field.names.at(-1) ?? ''}` : ''}, "*", a range or a step, got ${shown(entry)}`;
  if (rest.length > 0 || (step !== undefined && (!/^[0-9]{1,4}$/.test(step) || Number(step) === 0))) return expected;
  if (range === '*' || range === '?') return undefined;
  const ends = range.split('-').map((end) => valueOf(end, field));
  const [first, last = first] = ends;
  if (ends.length > 2 || first === undefined || ends.includes(undefined) || last === undefined) return expected;
  return first > last ? `expected a range of ${field.name} that goes upwards, got ${shown(entry)}` : undefined;
}

function valueOf(text: string, field: Field): number | undefined {
  const named = field.names.indexOf(text.toUpperCase());
  if (named >= 0) return named + field.least;
  const value = /^[0-9]{1,2}$/.test(text) ? Number(text) : undefined;
  return value !== undefined && value >= field.least && value <= field.most ? value : undefined;
}

/** A day that none of the months has, such as 30 February: the controller takes it and never runs. */
function neverProblem(parts: readonly string[], text: string): string | undefined {
  const [, , day = '', month = '', weekday = ''] = parts;
  if (!/^(?:\*|\?)$/.test(weekday) || !/^[0-9]+(?:,[0-9]+)*$/.test(day) || !/^\w+(?:,\w+)*$/.test(month)) return undefined;
  const monthField = fields[3];
  const least = Math.min(...day.split(',').map(Number));
  const longest = Math.max(...month.split(',').map((each) => longestMonths[((monthField && valueOf(each, monthField)) ?? 1) - 1] ?? 31));
  return least > longest ? `expected a day that comes, got ${shown(text)}, which never does` : undefined;
}

/** What is wrong with the name of a time zone (IANA), as `timeZone` takes it. */
export function timeZoneProblem(text: string): string | undefined {
  const spelled = /^[A-Z][\w+-]*(?:\/[A-Z][\w+-]*)*$/.test(text) && text !== 'Local';
  if (spelled && isKnownZone(text)) return undefined;
  return `expected a time zone of the IANA database such as Etc/UTC or Europe/Berlin, got ${shown(text)}`;
}

function isKnownZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
