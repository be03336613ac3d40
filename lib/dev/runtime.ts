import { mkdirSync } from 'node:fs';
import { runOk } from '../control-plane/run-program.ts';
import type { DevPlace } from './place.ts';

/** Makes the bare repository that the local cluster follows. */
export async function makeRuntime(place: DevPlace): Promise<void> {
  mkdirSync(place.served, { recursive: true });
  await runOk('git', ['init', '--quiet', '--bare', '--template=', '--initial-branch=main', place.runtime]);
}
