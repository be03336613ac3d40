import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DevPlace } from './place.ts';
import { findDev, isRunning, runningPrograms, type DevState } from './state.ts';

/** What a `down` found: something that ran, what a crash had left, or nothing. */
export type DevDown = 'ended' | 'cleared' | 'nothing';

/** Seconds for an orderly end of all programs; they are ended by force then. */
const patience = 60;

/** Ends the local control plane, if there is one, and removes everything of it. A supervisor that is gone doesn't matter: its programs end with it. */
export async function stopDev(place: DevPlace): Promise<DevDown> {
  const found = await findDev(place);
  if (found.kind === 'none') return 'nothing';
  if (found.kind === 'running') {
    signal(found.state.pid, 'SIGTERM');
    // Without its supervisor every program ends by itself.
    if (!await until(async () => !await isRunning(place, found.state.pid))) signal(found.state.pid, 'SIGKILL');
  }
  if (found.state !== undefined) await endPrograms(found.state);
  await removePlace(place);
  return found.kind === 'running' ? 'ended' : 'cleared';
}

/** Removes all files. A program that is just ending may still write one. */
export async function removePlace(place: DevPlace): Promise<void> {
  rmSync(place.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

async function endPrograms(state: DevState): Promise<void> {
  if (await until(async () => (await runningPrograms(state)).length === 0)) return;
  for (const { pid } of await runningPrograms(state)) signal(pid, 'SIGKILL');
}

async function until(reached: () => Promise<boolean>): Promise<boolean> {
  const end = performance.now() + patience * 1000;
  while (!await reached()) {
    if (performance.now() > end) return false;
    await sleep(100);
  }
  return true;
}

function signal(pid: number, name: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
