import { z } from 'zod';
import { describeValue } from '../../model/schema.ts';
import { compareText } from '../../values/errors.ts';
import { didYouMean } from '../../values/suggest.ts';

/** What is wrong with a value: a message, or one about one of its fields. */
type Fault = string | { readonly field: string; readonly message: string };

/**
 * A value of one of several forms. `choose` looks at it and answers with the schema of the form that was meant, with what is wrong when it is none, or
 * with nothing when it is right: so that the faults told are those of that form, where a union could only say that nothing fits.
 */
export function formsBy<T>(choose: (value: unknown) => z.ZodType<T> | Fault | undefined) {
  return z.custom<T>().superRefine((value, context) => {
    const form = choose(value);
    if (form === undefined) return;
    if (!(form instanceof z.ZodType)) {
      context.addIssue(typeof form === 'string' ? { code: 'custom', message: form } : { code: 'custom', path: [form.field], message: form.message });
      return;
    }
    for (const issue of form.safeParse(value, { reportInput: true }).error?.issues ?? []) {
      if (issue.code !== 'unrecognized_keys') {
        context.addIssue({ ...issue });
        continue;
      }
      for (const key of issue.keys) context.addIssue({ code: 'custom', path: [...issue.path, key], message: `unknown field.${didYouMean(key, fieldsAt(form, issue.path))}` });
    }
  });
}

/** Who makes the values of several forms, for messages about a value that none of them made. */
export interface Makers {
  /** The functions that give such values: `weight`, `pause`. */
  readonly functions: readonly string[];
  /** Fields as the upstream object has them, and what is written here instead: `setWeight`: `weight(20)`. @default - none is known */
  readonly upstream?: Readonly<Record<string, string>>;
}

/** A value whose form one of its fields names, as the functions give it that make such values. */
export function taggedForms<T>(tag: string, forms: Readonly<Record<string, z.ZodType<T>>>, makers?: Makers) {
  const known = Object.keys(forms).sort(compareText);
  return formsBy<T>((value) => {
    const name = isRecord(value) ? value[tag] : undefined;
    if (makers !== undefined && name === undefined) return unmade(value, makers);
    if (!isRecord(value)) return `expected an object with ${tag} ${known.join(', ')}, got ${describeValue(value)}`;
    const form = typeof name === 'string' && Object.hasOwn(forms, name) ? forms[name] : undefined;
    return form ?? { field: tag, message: `expected one of ${known.join(', ')}, got ${describeValue(name)}` };
  });
}

function unmade(value: unknown, { functions, upstream = {} }: Makers): string {
  const fields = isRecord(value) ? Object.keys(value).sort(compareText) : [];
  const instead = fields.flatMap((field) => (Object.hasOwn(upstream, field) ? [`${field} is ${upstream[field]} here`] : []));
  const got = fields.length > 0 ? `an object with ${fields.join(', ')}` : describeValue(value);
  return `expected what ${[...functions].sort(compareText).map((name) => `${name}()`).join(', ')} give${functions.length === 1 ? 's' : ''}, got ${got}${instead.length > 0 ? `: ${instead.join(', ')}` : ''}`;
}

/** An object of a form, or something plain (`true`, a text, a number) that a function accepts. */
export function objectOr<T>(object: z.ZodType<T>, plainProblem: (value: unknown) => string | undefined) {
  return formsBy<T>((value) => isRecord(value) ? object : plainProblem(value));
}

/** One value or a list of at least one. */
export function oneOrMore<T>(schema: z.ZodType<T>) {
  const list: z.ZodType<readonly T[]> = z.array(schema).min(1);
  return formsBy<T | readonly T[]>((value) => Array.isArray(value) ? list : schema);
}

/** Whether a value is an object with fields. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The fields that an object within a form may have. */
function fieldsAt(form: z.ZodType, path: readonly PropertyKey[]): string[] {
  let current: unknown = form;
  for (const part of path) {
    const outer = withoutOptional(current);
    current = outer instanceof z.ZodObject ? (outer.shape as Readonly<Record<PropertyKey, unknown>>)[part]
      : outer instanceof z.ZodArray ? outer.element
      : outer instanceof z.ZodRecord ? outer.valueType
      : undefined;
  }
  const object = withoutOptional(current);
  return object instanceof z.ZodObject ? Object.keys(object.shape) : [];
}

function withoutOptional(schema: unknown): unknown {
  return schema instanceof z.ZodOptional ? schema.unwrap() : schema;
}
