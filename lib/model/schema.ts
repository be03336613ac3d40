import { z } from 'zod';
import type { Problem } from '../values/errors.ts';
import { dnsLabelProblem, hostnameProblem } from '../values/names.ts';
import { quantityProblem } from '../values/quantity.ts';
import { durationProblem } from '../values/duration.ts';
import { didYouMean } from '../values/suggest.ts';

/** A string that a checking function accepts; the function's answer is the message. */
export function checkedText(problem: (text: string) => string | undefined) {
  return z.string().superRefine((text, context) => {
    const message = problem(text);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });
}

/** A DNS label: what Kubernetes takes as the name of a namespace or a Service. */
export const dnsLabelSchema = checkedText(dnsLabelProblem);
/** A host name without a port. */
export const hostnameSchema = checkedText((text) => hostnameProblem(text));
/** A Kubernetes quantity such as `250m` or `512Mi`. */
export const quantitySchema = checkedText(quantityProblem);
/** A Go duration such as `30s` or `5m`. */
export const durationSchema = checkedText(durationProblem);

/** Parses input against a schema; every issue becomes a problem that names its field. */
export function parseWith<S extends z.ZodType>(
  schema: S,
  input: unknown,
  where: string,
): { readonly value?: z.output<S>; readonly problems: readonly Problem[] } {
  const result = schema.safeParse(input, { reportInput: true });
  if (result.success) return { value: result.data, problems: [] };
  return { problems: result.error.issues.flatMap((issue) => problemsOf(issue, where, schema, input)) };
}

type Issue = z.core.$ZodIssue;

function problemsOf(issue: Issue, where: string, schema: z.ZodType, input: unknown): Problem[] {
  const at = fieldPath(where, issue.path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = keysAt(schema, issue.path, input);
      return issue.keys.map((key) => ({
        where: fieldPath(where, [...issue.path, key]),
        message: 'unknown field.',
        fix: `remove it or spell it as the schema does.${didYouMean(key, known)}`,
      }));
    }
    case 'invalid_type':
      return [{ where: at, message: `expected ${typeNames[issue.expected] ?? issue.expected}, got ${describeValue(issue.input)}` }];
    case 'too_small':
    case 'too_big':
      return [{ where: at, message: `expected ${boundOf(issue)}, got ${describeValue(issue.input)}` }];
    case 'invalid_value':
      return [{
        where: at,
        message: `expected one of ${issue.values.map(String).sort().join(', ')}, got ${describeValue(issue.input)}`,
        fix: `choose one.${typeof issue.input === 'string' ? didYouMean(issue.input, issue.values.map(String)) : ''}`,
      }];
    case 'invalid_key':
      return issue.issues.flatMap((inner) => problemsOf({ ...inner, path: issue.path }, where, schema, input));
    case 'invalid_union': {
      const branch = nearestBranch(issue.errors);
      if (branch !== undefined) return branch.flatMap((inner) => problemsOf({ ...inner, path: [...issue.path, ...inner.path] }, where, schema, input));
      const wanted = 'options' in issue && Array.isArray(issue.options) ? `expected one of ${issue.options.map(String).sort().join(', ')}, got ${describeValue(discriminatorOf(issue))}` : `no allowed form matches ${describeValue(issue.input)}`;
      return [{ where: at, message: wanted }];
    }
    default:
      return [{ where: at, message: issue.code === 'custom' ? issue.message : `${issue.message}, got ${describeValue(issue.input)}` }];
  }
}

const typeNames: Readonly<Record<string, string>> = { array: 'a list', int: 'a whole number', object: 'an object', record: 'an object' };
const counted: Readonly<Record<string, string>> = { array: 'items', map: 'entries', record: 'entries', set: 'items', string: 'characters' };

function boundOf(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): string {
  const bound = issue.code === 'too_small' ? issue.minimum : issue.maximum;
  const words = issue.code === 'too_small' ? ['more than', 'at least'] : ['less than', 'at most'];
  const noun = counted[issue.origin];
  return `${words[issue.inclusive === false ? 0 : 1]} ${String(bound)}${noun === undefined ? '' : ` ${noun}`}`;
}

/** The form of a union that the input was meant to have: the one with the fewest faults, when there is only one such. */
function nearestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const weight = (branch: readonly Issue[]): number => branch.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : issue.path.length === 0 ? 10 : 1), 0);
  const [first, second] = [...branches].sort((a, b) => weight(a) - weight(b));
  return first !== undefined && (second === undefined || weight(first) < weight(second)) ? first : undefined;
}

function discriminatorOf(issue: Issue): unknown {
  const key = 'discriminator' in issue ? String(issue.discriminator) : '';
  return typeof issue.input === 'object' && issue.input !== null ? (issue.input as Readonly<Record<string, unknown>>)[key] : issue.input;
}

/** `environments/prod.ts: sizes.small.cpu`, `…: clusters[1]`. */
export function fieldPath(where: string, path: readonly PropertyKey[]): string {
  if (path.length === 0) return where;
  const text = path.map((part) =>
    typeof part === 'number' ? `[${part}]` : /^[A-Za-z_$][\w$-]*$/.test(String(part)) ? `.${String(part)}` : `[${JSON.stringify(String(part))}]`).join('');
  return where.includes(': ') ? `${where}${text}` : `${where}: ${text.replace(/^\./, '')}`;
}

/** A value as a message shows it: its type and, when short, itself. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function keysAt(schema: z.ZodType, path: readonly PropertyKey[], input: unknown): string[] {
  let current = formOf(unwrap(schema), input);
  let value = input;
  for (const part of path) {
    value = typeof value === 'object' && value !== null ? (value as Readonly<Record<PropertyKey, unknown>>)[part] : undefined;
    current = formOf(unwrap(stepInto(current, part)), value);
  }
  return fieldsOf(current);
}

/** Of a union told apart by one field, the form that the value says it has; every other schema is itself. */
function formOf(schema: unknown, value: unknown): unknown {
  if (!(schema instanceof z.ZodDiscriminatedUnion) || typeof value !== 'object' || value === null) return schema;
  const { discriminator } = schema.def;
  const given = (value as Readonly<Record<string, unknown>>)[discriminator];
  return schema.options.find((option) => option instanceof z.ZodObject && (option.shape as Readonly<Record<string, z.ZodType>>)[discriminator]?.safeParse(given).success) ?? schema;
}

/** The fields that an object may have, of every form where there are several. */
function fieldsOf(schema: unknown): string[] {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodObject) return Object.keys(inner.shape);
  return inner instanceof z.ZodUnion ? [...new Set(inner.options.flatMap(fieldsOf))] : [];
}

function stepInto(schema: unknown, part: PropertyKey): unknown {
  if (schema instanceof z.ZodObject) return (schema.shape as Record<PropertyKey, unknown>)[part];
  if (schema instanceof z.ZodArray) return schema.element;
  if (schema instanceof z.ZodRecord) return schema.valueType;
  if (schema instanceof z.ZodUnion) return schema.options.map((option) => stepInto(unwrap(option), part)).find((inner) => inner !== undefined);
  return undefined;
}

function unwrap(schema: unknown): unknown {
  let current = schema;
  for (;;) {
    if (current instanceof z.ZodOptional || current instanceof z.ZodDefault || current instanceof z.ZodPrefault || current instanceof z.ZodNullable || current instanceof z.ZodReadonly) {
      current = current.unwrap();
    } else if (current instanceof z.ZodPipe) {
      current = current.in;
    } else {
      return current;
    }
  }
}
