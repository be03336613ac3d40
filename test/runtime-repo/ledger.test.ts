import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isLedgerPath, ledgerPath, ledgerText, parseLedger, type Ledger } from '../../lib/runtime-repo/ledger.ts';
import { parseSourceRecord, sourceRecordPath, sourceRecordText } from '../../lib/runtime-repo/source-record.ts';

const sha = fc.stringMatching(/^[0-9a-f]{40}$/);
const name = fc.stringMatching(/^[a-z0-9][a-z0-9.-]{0,12}$/);
const ledgers = fc.record({
  unit: name.map((app) => `apps/prod/${app.replace(/\.json$/, '')}`), source: sha,
  images: fc.uniqueArray(fc.record({ name, tag: name }), { selector: (image) => image.name }),
  paths: fc.uniqueArray(fc.record({ path: fc.stringMatching(/^[a-z_"é ]{1,9}(\/[a-z]{1,5})?$/), blob: sha, generation: fc.integer({ min: 1, max: 99 }), left: fc.boolean(), hashed: fc.boolean(), guarded: fc.boolean() }), { selector: ({ path }) => path }),
}).map(({ unit, source, images, paths }): Ledger => {
  const files = paths.map((file) => ({ ...file, path: `${unit}/${file.path}` }));
  return {
    unit, app: 'shop', environment: 'prod', source, images,
    files: Object.fromEntries(files.map(({ path, blob }) => [path, blob])),
    hashed: Object.fromEntries(files.filter(({ hashed }) => hashed).map(({ path, generation, left }) => [path, { base: 'config', generation, ...(left ? { left: '2026-03-01T12:00:00.000Z' } : {}) }])),
    guarded: Object.fromEntries(files.filter(({ guarded }) => guarded).map(({ path }) => [path, ['Namespace/a', 'Namespace/b']])),
  };
});

test('a ledger reads back as it was written, and its text doesn\'t depend on order', () => {
  fc.assert(fc.property(ledgers, (ledger) => {
    const text = ledgerText(ledger);
    const back = parseLedger(ledgerPath(ledger.unit), text);
    expect(ledgerText(back)).toBe(text);
    expect(back.files).toEqual(ledger.files);
    expect(back.hashed).toEqual(ledger.hashed);
    const turned = { ...ledger, files: Object.fromEntries(Object.entries(ledger.files).reverse()), images: [...ledger.images].reverse(), hashed: Object.fromEntries(Object.entries(ledger.hashed).reverse()) };
    expect(ledgerText(turned)).toBe(text);
  }));
});

test('a damaged ledger is an error that names the file, whatever the damage', () => {
  fc.assert(fc.property(ledgers, fc.nat(), fc.nat({ max: 20 }), (ledger, at, length) => {
    const text = ledgerText(ledger);
    const start = at % text.length;
    const damaged = text.slice(0, start) + text.slice(start + 1 + length);
    try {
      // Damage that leaves a valid ledger leaves one that accounts for nothing outside of its unit.
      const back = parseLedger(ledgerPath(ledger.unit), damaged);
      expect(Object.keys(back.files).every((path) => path.startsWith(`${ledger.unit}/`) || path.startsWith(`${ledger.unit}@`))).toBe(true);
    } catch (error) {
      expect(String(error)).toMatch(/\.slipway\/apps\/prod\//);
    }
  }));
});

const good: Ledger = { unit: 'apps/prod/shop', source: 'a'.repeat(40), images: [], files: { 'apps/prod/shop/x': 'b'.repeat(40) }, hashed: {}, guarded: {} };
const edited = (change: object) => JSON.stringify({ version: 1, ...good, ...change });

test.each([
  ['a newer version', edited({ version: 2, more: [] }), /version 1 of a ledger, got 2/], ['an unknown field', edited({ extra: 1 }), /Unrecognized key/i],
  ['a foreign file', edited({ files: { 'README.md': 'b'.repeat(40) } }), /"README\.md" lies outside/], ['a path that climbs', edited({ files: { 'apps/prod/shop/../x': 'b'.repeat(40) } }), /"\.\."/],
  ['another unit\'s ledger', edited({ unit: 'apps/prod/api', files: {} }), /expected the unit of this file's name/], ['a short blob id', edited({ files: { 'apps/prod/shop/x': 'b' } }), /full Git object id/],
  ['a kept file it doesn\'t own', edited({ hashed: { 'apps/prod/shop/y': { base: 'y', generation: 1 } } }), /isn't among its files/], ['no JSON', '{', /JSON/],
])('a ledger with %s is refused', (_, text, message) => {
  expect(() => parseLedger('.slipway/apps/prod/shop.json', text)).toThrow(message);
});

test('a source record reads back, and anything else is refused', () => {
  const path = sourceRecordPath('environment-prod');
  expect(isLedgerPath(path)).toBe(false);
  expect(parseSourceRecord(path, sourceRecordText('c'.repeat(40)))).toBe('c'.repeat(40));
  for (const text of ['', '{}', '{"version":2,"source":"x"}', sourceRecordText('main')]) expect(() => parseSourceRecord(path, text)).toThrow(path);
});
