import { spawn } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cleanEnv, tempFolder } from './fixture.ts';
import type { PublisherInput } from './publisher.ts';

/** How a publisher's process ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** Starts a publisher in a process of its own; after `killAfter` milliseconds SIGKILL ends it and every Git that it started. */
export function runPublisher(input: PublisherInput, more: { readonly env?: Record<string, string>; readonly killAfter?: number } = {}): Promise<Ended> {
  const script = fileURLToPath(new URL('publisher.ts', import.meta.url));
  const project = fileURLToPath(new URL('../..', import.meta.url));
  return new Promise((resolve, reject) => {
    const env = { ...cleanEnv, ...more.env };
    const child = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify({ ...input, git: { env, ...input.git } })], { cwd: project, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => { out += chunk.toString('utf8'); });
    child.stderr.on('data', (chunk: Buffer) => { err += chunk.toString('utf8'); });
    child.on('error', reject);
    const timer = more.killAfter === undefined ? undefined : setTimeout(() => {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
    }, more.killAfter);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, out, err });
    });
  });
}

/**
 * A stand-in for `git` that counts its calls in a file and kills the process that called it: before the call that KILL_AT names,
 * or after it where KILL_WHEN is `after`.
 */
export function killingGit(): { readonly binary: string; readonly counter: string } {
  const folder = tempFolder();
  const binary = join(folder, 'git');
  const counter = join(folder, 'count');
  writeFileSync(counter, '');
  writeFileSync(binary, `#!/bin/sh
echo "$*" >> '${counter}'
count=$(wc -l < '${counter}')
if [ "$count" -eq "\${KILL_AT:-0}" ]; then
  if [ "$KILL_WHEN" = after ]; then git "$@" > /dev/null 2>&1; fi
  kill -KILL $PPID
  exit 137
fi
exec git "$@"
`);
  chmodSync(binary, 0o755);
  return { binary, counter };
}
