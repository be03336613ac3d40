import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeTimes, readUses, usesFile } from '../e2e/harness/times.ts';

let run: string;
beforeEach(() => {
  run = mkdtempSync(join(tmpdir(), 'slipway-times-'));
});
afterEach(() => rmSync(run, { recursive: true, force: true }));

describe('how long an end-to-end run took', () => {
  it('is told for a machine that has the components and for one that builds them, also by a run that built none', () => {
    const uses = [{ name: 'etcd', seconds: 0, built: 40 }, { name: 'kubernetes', seconds: 0, built: 380 }];
    expect(describeTimes(100, uses)).toBe('warm 1 min 40 s; cold 8 min 40 s, 7 min 0 s of it to build 2 components');
  });

  it('counts no build among the tests', () => {
    expect(describeTimes(130, [{ name: 'etcd', seconds: 100, built: 99 }])).toBe('warm 30 s; cold 2 min 9 s, 1 min 39 s of it to build 1 components');
  });

  it('names components whose time isn\'t known', () => {
    expect(describeTimes(30, [{ name: 'kwok', seconds: 0 }, { name: 'etcd', seconds: 0 }])).toContain('cold at least 30 s, 0 s of it to build 2 components; how long etcd, kwok took isn\'t known');
  });

  it('takes each component once, with the time of its build in this run', () => {
    writeFileSync(join(run, usesFile), '{"name":"pki","seconds":0}\n{"name":"pki","seconds":2.5}\n{"name":"etcd","seconds":0}\n');
    expect(readUses(run).map(({ name, seconds }) => ({ name, seconds }))).toEqual([{ name: 'pki', seconds: 2.5 }, { name: 'etcd', seconds: 0 }]);
    expect(readUses(join(run, 'absent'))).toEqual([]);
  });
});
