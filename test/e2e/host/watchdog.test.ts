import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { describe, expect, it } from 'vitest';
import { named, whyWithout } from '../harness/need.ts';
import { runFolder } from '../../../lib/control-plane/plane.ts';
import { supervise, waitFor } from '../../../lib/control-plane/process.ts';
import { processesWith } from '../../../lib/control-plane/processes.ts';

const reason = await whyWithout('supervise', 'pki', 'etcd', 'kubernetes', 'kwok');
const fixture = join(import.meta.dirname, 'hold-plane.ts');

async function newFolder(): Promise<string> {
  return mkdtemp(join(await runFolder(), 'watchdog-'));
}

/** A shell that ignores SIGTERM and has a child of its own; the folder stands in both command lines. */
const stubborn = (folder: string): readonly string[] => ['-c', `trap '' TERM; sh -c 'sleep 300; : ${folder}' & while :; do sleep 1; done`];

async function allGone(text: string): Promise<void> {
  await expect.poll(() => processesWith(text), { timeout: 60_000 }).toEqual([]);
}

describe.skipIf(reason)(named('watchdog', reason), () => {
  it('leaves no process, key or data when the process that started a plane is killed by SIGKILL', async () => {
    const holder = spawn(process.execPath, ['--import', 'tsx', fixture], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [folder] = (await once(createInterface(holder.stdout), 'line')) as [string];
    const programs = (await processesWith(folder)).map(({ line }) => line);
    for (const name of ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kwok']) {
      expect(programs.filter((line) => line.split(' ')[0]!.endsWith(`/${name}`)), name).toHaveLength(1);
    }
    expect(existsSync(join(folder, 'private', 'ca.key'))).toBe(true);

    holder.kill('SIGKILL');

    await allGone(folder);
    expect(existsSync(join(folder, 'private'))).toBe(false);
    expect(existsSync(join(folder, 'etcd-data'))).toBe(false);
    expect(existsSync(join(folder, 'kube-apiserver.log'))).toBe(true);
  });

  it('ends a program that ignores SIGTERM, and its children, after the grace time', async () => {
    const folder = await newFolder();
    const program = await supervise({ name: 'stubborn', command: 'sh', args: stubborn(folder), logs: folder, grace: 1 });
    await expect.poll(async () => (await processesWith(folder)).length).toBeGreaterThanOrEqual(3);
    await program.stop();
    expect(program.ended()).toBe('ended with exit code 137');
    await allGone(folder);
  });

  it.skipIf(process.platform !== 'linux')('ends a program whose watchdog is killed by SIGKILL (Linux only)', async () => {
    const folder = await newFolder();
    const program = await supervise({ name: 'orphan', command: 'sh', args: ['-c', `sleep 300; : ${folder}`], logs: folder });
    await expect.poll(async () => (await processesWith(folder)).length).toBe(2);
    process.kill(program.pid, 'SIGKILL');
    await allGone(folder);
  });

  it('removes the named folders once the program has ended, and keeps its output', async () => {
    const folder = await newFolder();
    const data = join(folder, 'data');
    await mkdir(data);
    const program = await supervise({ name: 'talker', command: 'sh', args: ['-c', 'echo hello; sleep 300'], logs: folder, remove: [data] });
    await expect.poll(() => readFile(program.log, 'utf8')).toBe('hello\n');
    expect(existsSync(data)).toBe(true);
    await program.stop();
    expect(existsSync(data)).toBe(false);
    expect(await readFile(program.log, 'utf8')).toBe('hello\n');
  });

  it('tells which program ended while another was waited for, how, and where its log is', async () => {
    const folder = await newFolder();
    const program = await supervise({ name: 'quitter', command: 'sh', args: ['-c', 'echo no such flag; exit 3'], logs: folder });
    const waiting = waitFor('an answer', () => Promise.resolve(undefined), { seconds: 30, programs: [program] });
    await expect(waiting).rejects.toThrow(
      `waited for an answer, but quitter ended with exit code 3; quitter's log ${join(folder, 'quitter.log')} ends:\n  no such flag`,
    );
  });

  it('says that a program does not exist', async () => {
    const folder = await newFolder();
    const program = await supervise({ name: 'absent', command: join(folder, 'absent'), args: [], logs: folder });
    await expect.poll(() => program.ended()).toBe('ended with exit code 127');
    expect(await readFile(program.log, 'utf8')).toContain('no such file');
  });
});
