import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Manifest } from '../../lib/constructs/manifest.ts';
import { renderFleet } from '../../lib/synth/render.ts';
import { writeFiles } from '../../lib/synth/write-files.ts';
import type { Problem } from '../../lib/values/errors.ts';
import { fleetWith } from './fleet-with.ts';

const nasty = fc.constantFrom('..', '../x', '../../etc/passwd', '/abs', 'a/b', 'a\\b', '.', '', 'a\0b', 'CON', 'con', 'aux.txt', '.git', '.slipway', 'a\nb', '-rf', '~', '$HOME', '%2e%2e', '..%2f', 'ａ／ｂ', 'x'.repeat(300), 'a ', 'a.', '\u202e', 'C:\\x', '//server/share', '*', '?');
const name = fc.oneof(nasty, fc.string(), fc.tuple(nasty, fc.string()).map(([a, b]) => a + b), fc.tuple(fc.string(), nasty).map(([a, b]) => a + b));

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'slipway-hostile-')); });
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('hostile names', () => {
  it('never leave the output folder, as names of objects, kinds or namespaces', () => {
    fc.assert(fc.property(name, name, name, (object, kind, namespace) => {
      const problems: Problem[] = [];
      const fleet = fleetWith((chart) => { new Manifest(chart, 'it', { apiVersion: 'v1', kind, metadata: { name: object, namespace } }); });
      const paths = [...renderFleet(fleet, { environments: ['dev'] }, problems)].flatMap((unit) => unit.files.map((file) => file.path));
      for (const path of paths) {
        expect(path).toMatch(/^(apps|clusters)\/[^\0\\]+$/);
        expect(path.split('/').some((part) => part === '' || part === '.' || part === '..' || part.toLowerCase() === '.git')).toBe(false);
      }
    }), { numRuns: 2_000, seed: 3 });
  });

  it('are refused by the writer before it touches anything', () => {
    fc.assert(fc.property(fc.tuple(fc.constantFrom('../', '/', 'a/../../', '..\\', 'a/../../../'), fc.stringMatching(/^[a-z]{1,8}$/)).map((parts) => parts.join('')), (path) => {
      expect(() => writeFiles(join(folder, 'out'), [{ path: 'apps/ok.yaml', text: 'x' }, { path, text: 'x' }])).toThrow(/leaves it/);
      expect(existsSync(join(folder, 'out'))).toBe(false);
      expect(readdirSync(folder)).toEqual([]);
    }), { numRuns: 300 });
  });
});
