import { z } from 'zod';
import { checkedText, describeValue } from '../../model/schema.ts';
import { durationProblem } from '../../values/duration.ts';
import { dnsLabelProblem } from '../../values/names.ts';
import { checkedValue } from '../network/fields.ts';
import { argumentsIn } from './texts.ts';

/** A text with something in it. */
export const textSchema = checkedText((text) => text.trim() === '' ? 'expected text, got an empty one' : undefined);

/** A duration, or an argument that gives one. */
export const durationFieldSchema = checkedText((text) => argumentsIn(text).length > 0 ? undefined : durationProblem(text));

/** The name of a metric: Jobs are named by it. */
export const metricNameSchema = checkedText(dnsLabelProblem);

/** The name of an argument. */
export const argumentNameSchema = checkedText((text) => /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(text) ? undefined : `expected a name of letters, digits, "-", "_" and ".", got ${describeValue(text)}`);

/** A whole number of at least `least`, or an argument that gives one. */
export function countSchema(least: number) {
  return checkedValue<number | string>((value) => {
    if (typeof value === 'number') return Number.isInteger(value) && value >= least && value < 2 ** 31 ? undefined : `expected a whole number of at least ${least}, got ${value}`;
    return typeof value === 'string' && argumentsIn(value).length > 0 ? undefined : `expected a whole number of at least ${least}, or an argument such as "{{args.count}}", got ${describeValue(value)}`;
  });
}

/** A URL, which may hold arguments. */
export const urlSchema = checkedText((text) => {
  const [, scheme, rest = ''] = /^(\{\{.*?\}\}|[a-z]+:\/\/)(.*)$/s.exec(text) ?? [];
  if (scheme === undefined || (scheme.endsWith('//') && !/^https?:\/\/$/.test(scheme))) return `expected a URL that starts with http:// or https://, got ${describeValue(text)}`;
  if (/\s/.test(text.replace(/\{\{.*?\}\}/gs, '')) || (rest === '' && scheme.endsWith('//'))) return `expected a URL with a host and without spaces, got ${describeValue(text)}`;
  return undefined;
});

/** Headers by name. */
export const headersSchema = z.record(
  checkedText((name) => !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) ? `expected the name of a header, got ${describeValue(name)}` : name.toLowerCase() === 'host' ? 'expected no Host: the controller sends the host of the URL whatever is said' : undefined),
  checkedText((value) => /[\r\n\0]/.test(value) ? 'expected one line' : undefined),
);

/** `authentication.oauth2`. */
export const oauth2Schema = z.strictObject({
  tokenUrl: urlSchema,
  clientId: textSchema,
  clientSecret: textSchema,
  scopes: z.array(textSchema).optional(),
});
