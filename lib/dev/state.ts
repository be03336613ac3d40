import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { SlipwayError } from '../values/errors.ts';
import { processesWith } from '../control-plane/processes.ts';
import type { DevPlace } from './place.ts';

const stateSchema = z.strictObject({
  version: z.literal(1),
  /** `starting` until the bootstrap is through. */
  phase: z.enum(['starting', 'up']),
  /** The supervisor's process id. */
  pid: z.int().positive(),
  cluster: z.string(),
  controller: z.enum(['argo-cd', 'flux']),
  /** The context in the kubeconfig. */
  context: z.string(),
  /** The URL from which the cluster reads the runtime repo. */
  url: z.string(),
  /** The programs that run, by name. */
  programs: z.array(z.strictObject({ name: z.string(), pid: z.int().positive(), log: z.string() })),
  /** Addresses at which programs are reached, by name. */
  addresses: z.record(z.string(), z.string()),
});

/** What the supervisor says of itself: plain data, in a file. */
export type DevState = z.output<typeof stateSchema>;

/** What is found of a local control plane. */
export type DevFound =
  | { readonly kind: 'none' }
  | { readonly kind: 'running'; readonly state: DevState }
  /** Something is left of one whose supervisor is gone: its state, where it got so far as to write one. */
  | { readonly kind: 'left'; readonly state?: DevState };

/** Writes the state whole or not at all. */
export function writeState(place: DevPlace, state: DevState): void {
  writeFileSync(`${place.state}.new`, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${place.state}.new`, place.state);
}

/** Reads the state of one that is known to be there. @throws SlipwayError when it can't be read */
export function readState(place: DevPlace): DevState {
  const text = readText(place.state);
  if (text === undefined) throw SlipwayError.of(place.state, 'expected the state of a local control plane, found none', 'slipway dev down, then slipway dev up');
  return parse(place, text);
}

/** Says what there is. A process that only has the number of a supervisor that is gone is none. @throws SlipwayError when the state can't be read */
export async function findDev(place: DevPlace): Promise<DevFound> {
  const text = readText(place.state);
  if (text === undefined) return { kind: existsSync(place.folder) ? 'left' : 'none' };
  const state = parse(place, text);
  return await isRunning(place, state.pid) ? { kind: 'running', state } : { kind: 'left', state };
}

/** Whether a process of this number is a supervisor of this place: its command line names it. */
export async function isRunning(place: DevPlace, pid: number): Promise<boolean> {
  return (await processesWith(place.folder)).some((process) => process.pid === pid);
}

/** The programs of a state that still run. Their numbers are those of their watchdogs; another process of the same number is none. */
export async function runningPrograms(state: DevState): Promise<DevState['programs']> {
  const running = new Set((await processesWith('/supervise ')).map(({ pid }) => pid));
  return state.programs.filter(({ pid }) => running.has(pid));
}

function parse(place: DevPlace, text: string): DevState {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  const parsed = stateSchema.safeParse(data);
  if (!parsed.success) throw SlipwayError.of(place.state, 'expected what `slipway dev up` of this version wrote, got something else', 'end the processes that `ps` shows with this folder in their command line, then remove the folder');
  return parsed.data;
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
