import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stopDev } from '../../lib/dev/down.ts';
import { devPlace, type DevPlace } from '../../lib/dev/place.ts';
import { findDev, readState, runningPrograms, writeState, type DevState } from '../../lib/dev/state.ts';

let workspace: string;
let place: DevPlace;
let child: ChildProcess | undefined;

const state = (changes: Partial<DevState> = {}): DevState => ({
  version: 1, phase: 'up', pid: process.pid, cluster: 'dev', controller: 'flux', context: 'slipway-dev-dev', url: 'http://127.0.0.1:9/runtime.git', programs: [], addresses: {}, ...changes,
});

/** A process with these words in its command line. */
async function process_(...words: readonly string[]): Promise<number> {
  child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000); process.stdout.write("up")', ...words], { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(child.stdout!, 'data');
  return child.pid!;
}

beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'slipway-dev-'));
  place = devPlace(workspace);
  mkdirSync(place.folder, { recursive: true });
});
afterEach(() => {
  child?.kill('SIGKILL');
  child = undefined;
  rmSync(workspace, { recursive: true, force: true });
});

describe('the state of a local control plane', () => {
  it('is none where there is no folder', async () => {
    rmSync(place.folder, { recursive: true });
    expect(await findDev(place)).toEqual({ kind: 'none' });
  });

  it('is left over where a crash came before its first word', async () => {
    expect(await findDev(place)).toEqual({ kind: 'left' });
  });

  it('runs while its supervisor does', async () => {
    const written = state({ pid: await process_('dev', 'supervise', '--folder', place.folder) });
    writeState(place, written);
    expect(await findDev(place)).toEqual({ kind: 'running', state: written });
    expect(readState(place)).toEqual(written);
  });

  it('is left over when its number belongs to another process by now', async () => {
    const written = state({ pid: await process_('something', 'else') });
    writeState(place, written);
    expect(await findDev(place)).toEqual({ kind: 'left', state: written });
  });

  it('is refused by name when somebody else wrote it', async () => {
    writeFileSync(place.state, '{"version":2}');
    await expect(findDev(place)).rejects.toThrow(`${place.state}: expected what \`slipway dev up\` of this version wrote`);
    writeFileSync(place.state, 'not JSON');
    await expect(findDev(place)).rejects.toThrow(/expected what `slipway dev up`/);
  });

  it('counts only watchdogs among its programs', async () => {
    const mine = await process_('/cache/supervise ', '--');
    const programs = [{ name: 'etcd', pid: mine, log: 'etcd.log' }, { name: 'kwok', pid: process.pid, log: 'kwok.log' }];
    expect((await runningPrograms(state({ programs }))).map(({ name }) => name)).toEqual(['etcd']);
  });
});

describe('the end of a local control plane', () => {
  it('says that there is nothing to end', async () => {
    rmSync(place.folder, { recursive: true });
    expect(await stopDev(place)).toBe('nothing');
  });

  it('clears what a crash left, and leaves a process alone that has the number of its supervisor', async () => {
    const pid = await process_('something', 'else');
    writeState(place, state({ pid }));
    expect(await stopDev(place)).toBe('cleared');
    expect(existsSync(place.folder)).toBe(false);
    expect(child?.exitCode).toBeNull();
    expect(child?.signalCode).toBeNull();
  });

  it('ends its supervisor and removes everything', async () => {
    writeState(place, state({ pid: await process_('dev', 'supervise', '--folder', place.folder) }));
    const gone = once(child!, 'exit');
    expect(await stopDev(place)).toBe('ended');
    expect((await gone)[1]).toBe('SIGTERM');
    expect(existsSync(place.folder)).toBe(false);
  });
});
