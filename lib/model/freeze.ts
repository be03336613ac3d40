import { z } from 'zod';

const weekDays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'expected a time of day such as 16:00');
/** An IANA time zone. */
export const timeZoneSchema = z.string().refine(isTimeZone, { error: 'expected an IANA time zone such as Europe/Berlin' });
const instant = z.iso.datetime({ offset: true, error: 'expected an instant with its offset, such as 2026-12-20T00:00:00Z' });

/** When nothing may be published: once, or every week. */
export const freezeSchema = z.union([
  z.strictObject({ name: z.string().min(1), from: instant, until: instant }),
  z.strictObject({ name: z.string().min(1), days: z.array(z.enum(weekDays)).min(1), from: timeOfDay, until: timeOfDay, timeZone: timeZoneSchema }),
]);

/** A freeze window: a span between two instants, or the same hours of some weekdays. */
export type Freeze = z.output<typeof freezeSchema>;
/** What `freeze` takes: two instants, or hours of weekdays in a time zone. */
export type FreezeInput = z.input<typeof freezeSchema>;

/** The window that holds an instant, if any does. */
export function frozenBy(windows: readonly Freeze[], at: Date): Freeze | undefined {
  return windows.find((window) => 'days' in window ? inWeekly(window, at) : Date.parse(window.from) <= at.getTime() && at.getTime() < Date.parse(window.until));
}

function inWeekly(window: Extract<Freeze, { days: unknown }>, at: Date): boolean {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: window.timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).formatToParts(at);
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? '';
  const time = `${part('hour')}:${part('minute')}`;
  const today = part('weekday').toLowerCase();
  if (window.from < window.until) return isDay(window.days, today) && window.from <= time && time < window.until;
  const yesterday = weekDays[(weekDays.findIndex((day) => day === today) + 6) % 7] ?? '';
  return (isDay(window.days, today) && time >= window.from) || (isDay(window.days, yesterday) && time < window.until);
}

function isDay(days: readonly string[], day: string): boolean {
  return days.includes(day);
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
