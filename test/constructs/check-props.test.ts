import { expect, test } from 'vitest';
import { z } from 'zod';
import { propsProblems } from '../../lib/constructs/check-props.ts';

const schema = z.strictObject({
  name: z.string(),
  list: z.array(z.strictObject({ port: z.int() })).optional(),
  map: z.record(z.string().regex(/^[a-z]+$/, 'expected small letters'), z.boolean()).optional(),
  form: z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('a'), x: z.int() }), z.strictObject({ kind: z.literal('b'), y: z.int() })]).optional(),
  choice: z.union([z.literal(false), z.strictObject({ on: z.boolean() })]).optional(),
  span: z.strictObject({ min: z.int(), max: z.int() }).superRefine((span, context) => {
    if (span.min > span.max) context.addIssue({ code: 'custom', path: ['max'], message: 'expected at least min' });
  }).optional(),
});

function wheres(value: unknown): string[] {
  return propsProblems(schema, value, 'shop/web').map((problem) => `${problem.where} ${problem.message}`);
}

test('props that are right have no problem', () => {
  expect(wheres({ name: 'x', list: [{ port: 1 }], map: { a: true }, form: { kind: 'b', y: 2 }, choice: false, span: { min: 1, max: 2 } })).toEqual([]);
});

test('every field is told by itself, however deep, in one go', () => {
  expect(wheres({ list: [{ port: 1 }, { port: 'x', prot: 2 }], map: { a: 1, B: true }, form: { kind: 'a', x: 'y', z: 1 }, choice: { on: 1 }, span: { min: 'a', max: 2 }, nmae: 'x' })).toEqual([
    'shop/web: name expected string, got nothing',
    'shop/web: list[1].port expected number, got "x"',
    'shop/web: list[1].prot unknown field.',
    'shop/web: map.a expected boolean, got 1',
    'shop/web: map.B expected small letters',
    'shop/web: form.x expected number, got "y"',
    'shop/web: form.z unknown field.',
    'shop/web: choice.on expected boolean, got 1',
    'shop/web: span.min expected number, got "a"',
    'shop/web: nmae unknown field.',
  ]);
});

test('what must hold between fields is told where it belongs, once they are right', () => {
  expect(wheres({ name: 'x', span: { min: 3, max: 2 } })).toEqual(['shop/web: span.max expected at least min']);
});

test('an unknown kind of a form is told at the kind, with those that there are', () => {
  expect(propsProblems(schema, { name: 'x', form: { kind: 'aa' } }, 'shop/web')).toEqual([{ where: 'shop/web: form.kind', message: 'expected one of a, b, got "aa".', fix: 'choose one. Did you mean "a"? Known: a, b.' }]);
});

test('an unknown field names the nearest known one', () => {
  expect(propsProblems(schema, { nam: 'x', name: 'y' }, 'shop/web')[0]?.fix).toBe('remove it or spell it as it is known. Did you mean "name"? Known: choice, form, list, map, name, span.');
});

test('no props at all are one problem', () => {
  expect(wheres(undefined)).toHaveLength(1);
  expect(wheres([])).toHaveLength(1);
});
