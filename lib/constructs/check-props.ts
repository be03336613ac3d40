import { z } from 'zod';
import { describeValue, fieldPath, parseWith } from '../model/schema.ts';
import { compareText, type Problem } from '../values/errors.ts';
import { didYouMean } from '../values/suggest.ts';

/**
 * Checks props against a schema. Every field is looked at by itself, so that one fault hides no other, and where several forms are
 * allowed the one that was meant is told by its kind. Refinements of an object run once its fields are right.
 */
export function propsProblems(schema: z.ZodType, value: unknown, where: string, path: readonly PropertyKey[] = []): readonly Problem[] {
  return faults(schema, value, { where, path });
}

interface Place {
  readonly where: string;
  readonly path: readonly PropertyKey[];
}

function faults(schema: unknown, value: unknown, place: Place): Problem[] {
  if (!(schema instanceof z.ZodType) || isSound(schema, value)) return [];
  const meant = narrowed(schema, value);
  const inner = innerFaults(meant, value, place);
  return inner !== undefined && inner.length > 0 ? inner : ownFaults(meant, value, place);
}

/** Fields of an object that have to be there. */
const required = new WeakMap<z.ZodObject, readonly string[]>();

/** Whether a value fits: of a large object only the fields that it has are looked at, since most are left to their defaults. */
export function isSound(schema: z.ZodType, value: unknown): boolean {
  const simple = schema instanceof z.ZodObject && (schema.def.checks ?? []).length === 0 && schema.def.catchall instanceof z.ZodNever;
  if (!simple || !isPlainObject(value)) return schema.safeParse(value).success;
  const shape: Readonly<Record<string, z.ZodType>> = schema.shape;
  const needed = required.get(schema) ?? Object.keys(shape).filter((key) => shape[key]?.safeParse(undefined).success !== true);
  required.set(schema, needed);
  return needed.every((key) => value[key] !== undefined) && Object.keys(value).every((key) => Object.hasOwn(shape, key) && shape[key]?.safeParse(value[key]).success === true);
}

/** What is wrong inside a list, an object or a record; undefined for what has no inside. */
function innerFaults(schema: z.ZodType, value: unknown, place: Place): Problem[] | undefined {
  if (schema instanceof z.ZodArray && Array.isArray(value)) return value.flatMap((item, index) => faults(schema.element, item, inside(place, index)));
  if (!isPlainObject(value)) return undefined;
  if (schema instanceof z.ZodRecord) return Object.entries(value).flatMap(([key, item]) => [...keyFaults(schema, key, place), ...faults(schema.valueType, item, inside(place, key))]);
  if (!(schema instanceof z.ZodObject)) return undefined;
  const shape: Readonly<Record<string, unknown>> = schema.shape;
  const unknown = Object.keys(value).filter((key) => !Object.hasOwn(shape, key) && value[key] !== undefined).sort(compareText);
  return [
    ...Object.entries(shape).flatMap(([key, field]) => faults(field, Object.hasOwn(value, key) ? value[key] : undefined, inside(place, key))),
    ...unknown.map((key) => ({ where: fieldPath(place.where, [...place.path, key]), message: 'unknown field.', fix: `remove it or spell it as it is known.${didYouMean(key, Object.keys(shape))}` })),
  ];
}

function ownFaults(schema: z.ZodType, value: unknown, place: Place): Problem[] {
  const at = fieldPath(place.where, place.path);
  if (schema instanceof z.ZodDiscriminatedUnion && isPlainObject(value)) {
    const field = schema.def.discriminator;
    const kinds = schema.options.flatMap((option) => literalsAt(option, field));
    const given = value[field];
    return [{
      where: fieldPath(place.where, [...place.path, field]),
      message: `expected one of ${[...kinds].sort(compareText).join(', ')}, got ${describeValue(given)}.`,
      fix: `choose one.${didYouMean(typeof given === 'string' ? given : '', kinds)}`,
    }];
  }
  const message = schema instanceof z.ZodUnion ? schema.safeParse(value, { reportInput: true }).error?.issues[0]?.message : undefined;
  // A list of forms says itself what was expected; what each of them would have wanted only confuses.
  return message === undefined || message === 'Invalid input' ? [...parseWith(schema, value, at).problems] : [{ where: at, message }];
}

function keyFaults(schema: z.ZodRecord, key: string, place: Place): Problem[] {
  const result = (schema.keyType as z.ZodType).safeParse(key);
  return result.success ? [] : [{ where: fieldPath(place.where, [...place.path, key]), message: `${result.error.issues[0]?.message ?? 'not allowed'}` }];
}

/** The schema without its wrappers, and of several forms the one that a value was meant for, if that is clear. */
function narrowed(schema: z.ZodType, value: unknown): z.ZodType {
  let current: unknown = schema;
  while (current instanceof z.ZodOptional || current instanceof z.ZodDefault || current instanceof z.ZodPrefault || current instanceof z.ZodReadonly) {
    current = current.unwrap();
  }
  if (!(current instanceof z.ZodUnion)) return current instanceof z.ZodType ? current : schema;
  const options: readonly unknown[] = current.options;
  const discriminator = current instanceof z.ZodDiscriminatedUnion ? current.def.discriminator : undefined;
  const fitting = options.filter((option) => discriminator === undefined
    ? fits(option, value)
    : isPlainObject(value) && literalsAt(option, discriminator).includes(String(value[discriminator])));
  // A form that chooses among forms by itself is asked where no other fits.
  const [only] = fitting.length === 0 ? options.filter((option) => option instanceof z.ZodCustom) : fitting;
  return fitting.length < 2 && only instanceof z.ZodType ? narrowed(only, value) : current;
}

function fits(schema: unknown, value: unknown): boolean {
  if (schema instanceof z.ZodUnion) return schema.options.some((option) => fits(option, value));
  if (schema instanceof z.ZodArray) return Array.isArray(value);
  if (schema instanceof z.ZodObject || schema instanceof z.ZodRecord) return isPlainObject(value);
  if (schema instanceof z.ZodString) return typeof value === 'string';
  return schema instanceof z.ZodNumber && typeof value === 'number' && Number.isFinite(value);
}

function literalsAt(schema: unknown, field: string): string[] {
  const literal: unknown = schema instanceof z.ZodObject ? schema.shape[field] : undefined;
  return literal instanceof z.ZodLiteral ? [...literal.values].map(String) : [];
}

function inside(place: Place, key: PropertyKey): Place {
  return { where: place.where, path: [...place.path, key] };
}

/** Whether it is an object made of fields, not an instance of a class. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
