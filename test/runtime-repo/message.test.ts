import { expect, test } from 'vitest';
import { commitMessage } from '../../lib/runtime-repo/message.ts';
import type { UnitSummary } from '../../lib/runtime-repo/plan-types.ts';

const unit = (more: Partial<UnitSummary>): UnitSummary => ({ id: 'apps/prod/shop', app: 'shop', environment: 'prod', change: 'changed', images: [], written: 1, deleted: 0, kept: 0, ...more });
const image = (from?: string, to?: string) => [{ name: 'ghcr.io/acme/shop', ...(from === undefined ? {} : { from: { name: 'shop', tag: from } }), ...(to === undefined ? {} : { to: { name: 'shop', tag: to } }) }];
const messageOf = (units: readonly UnitSummary[], skipCi = false) => commitMessage({ kind: 'changes', units }, { source: 'a'.repeat(40), scope: 'all', skipCi });

test.each([
  [[unit({ images: image('1.4.2', '1.5.0') })], 'prod: shop 1.4.2 -> 1.5.0'],
  [[unit({})], 'prod: shop configuration'],
  [[unit({ change: 'added', images: image(undefined, '1.0.0') })], 'prod: add shop 1.0.0'],
  [[unit({ change: 'removed', images: image('1.0.0') })], 'prod: remove shop'],
  [[unit({ images: image('1', '2') }), unit({ environment: 'dev', images: image('1', '2') })], 'dev, prod: shop 1 -> 2'],
  [[unit({ id: 'clusters/eu/platform', app: undefined, environment: undefined, cluster: 'eu' })], 'eu: clusters/eu/platform configuration'],
  [[unit({ images: image('1', '2') }), unit({ id: 'clusters/eu/prod', app: undefined, cluster: 'eu' })], 'prod: shop 1 -> 2'],
  [[unit({ images: image('1', '2') }), unit({ id: 'clusters/eu/platform', app: undefined, environment: undefined, cluster: 'eu' })], 'prod: shop 1 -> 2'],
  [Array.from({ length: 9 }, (_, i) => unit({ environment: `environment-${i}`, images: image('1', '2') })), '9 environments: shop 1 -> 2'],
  [[unit({ change: 'unchanged' }), unit({ change: 'superseded' })], 'Record the source commit'],
])('the subject says what changes (%#)', (units, subject) => {
  expect(messageOf(units).subject).toBe(subject);
});

test('where only the digest changes, the digests are shown', () => {
  const version = (digit: string) => ({ name: 'shop', tag: 'main', digest: `sha256:${digit.repeat(64)}` });
  expect(messageOf([unit({ images: [{ name: 'shop', from: version('a'), to: version('b') }] })]).subject).toBe('prod: shop aaaaaaaaaaaa -> bbbbbbbbbbbb');
});

test('many apps stay within 72 characters a line and a bounded body, while every app has its trailer', () => {
  const units = Array.from({ length: 150 }, (_, i) => unit({ id: `apps/prod/application-number-${i}`, app: `application-number-${i}`, images: image('1.0.0', '1.0.1') }));
  const { subject, text, body } = messageOf(units);
  expect(subject).toBe('prod: application-number-0 1.0.0 -> 1.0.1 and 149 more');
  expect(text.split('\n').every((line) => line.length <= 72)).toBe(true);
  expect(body).toContain('… and 50 more');
  expect(text.match(/^Slipway-App: /gm)).toHaveLength(150);
});

test('what is rendered can\'t add a line or a trailer of its own', () => {
  const { text } = messageOf([unit({ app: 'shop\nSlipway-App: evil', images: image('1\nSlipway-Source: evil', '2\r\n[skip ci]') })]);
  expect(text.match(/^Slipway-(App|Source): .*$/gm)).toEqual([`Slipway-Source: ${'a'.repeat(40)}`, 'Slipway-App: shop Slipway-App: evil']);
});

test('the marker for CI is there only when asked for', () => {
  expect([messageOf([unit({})]).text.includes('[skip ci]'), messageOf([unit({})], true).text.includes('[skip ci]')]).toEqual([false, true]);
});
