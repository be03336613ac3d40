import { z } from 'zod';
import { shown } from '../../values/shown.ts';
import { parseDuration } from '../../values/duration.ts';
import { timeZoneSchema } from '../freeze.ts';
import { checkedText, dnsLabelSchema, durationSchema } from '../schema.ts';

const ranges = [[0, 59], [0, 23], [1, 31], [1, 12], [0, 7]] as const;
const fieldNames = ['minute', 'hour', 'day of the month', 'month', 'day of the week'] as const;
const words: Readonly<Record<number, readonly string[]>> = { 3: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'], 4: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] };

/** Why a text is no schedule of five cron fields, if so. */
function scheduleProblem(text: string): string | undefined {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== 5) return `expected five cron fields (minute hour day month weekday), got ${shown(text)}`;
  for (const [index, part] of parts.entries()) {
    const [least, most] = ranges[index] ?? [0, 0];
    const number = (value: string): boolean => (/^\d+$/.test(value) ? Number(value) >= least && Number(value) <= most : words[index]?.includes(value.toLowerCase()) === true);
    const good = part.split(',').every((item) => {
      const [range = '', step, ...rest] = item.split('/');
      const [from = '', to, ...more] = range.split('-');
      return rest.length === 0 && more.length === 0 && (step === undefined || /^[1-9]\d*$/.test(step)) && (range === '*' || (number(from) && (to === undefined || number(to))));
    });
    if (!good) return `expected the ${fieldNames[index] ?? ''} of a cron schedule (${least} to ${most}, *, lists, ranges, steps), got ${shown(part)} in ${shown(text)}`;
  }
  return undefined;
}

export const syncWindowSchema = z.strictObject({
  kind: z.enum(['allow', 'deny']),
  schedule: checkedText(scheduleProblem),
  duration: durationSchema.superRefine((text, context) => {
    if ((parseDuration(text) ?? 60_000) < 60_000) context.addIssue({ code: 'custom', message: `expected a minute or more, got ${JSON.stringify(text)}` });
  }),
  timeZone: timeZoneSchema.default('UTC'),
  description: z.string().min(1).optional(),
  teams: z.array(dnsLabelSchema).min(1).optional(),
  environments: z.array(dnsLabelSchema).min(1).optional(),
  manualSync: z.boolean().default(false),
});

/** When Argo CD may sync, checked and with its defaults. */
export type SyncWindow = z.output<typeof syncWindowSchema>;

/** When Argo CD may sync (AppProject `syncWindows`). With an `allow` window nothing is synced outside of one; a `deny` window wins over it. */
export interface SyncWindowInput {
  /** Whether syncs are allowed only then, or denied then. */
  readonly kind: 'allow' | 'deny';
  /** When it opens: five cron fields (`schedule`). */
  readonly schedule: string;
  /** How long it stays open: a Go duration of a minute or more. */
  readonly duration: string;
  /** The schedule's time zone, an IANA name. @default 'UTC' */
  readonly timeZone?: string;
  /** Why, for people. @default - none */
  readonly description?: string;
  /** The teams for whose apps it holds. @default - all that deliver here */
  readonly teams?: readonly string[];
  /** The environments for whose apps it holds. @default - all */
  readonly environments?: readonly string[];
  /** Whether a person may sync all the same. @default false */
  readonly manualSync?: boolean;
}
