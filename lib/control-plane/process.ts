import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SlipwayError } from '../values/errors.ts';
import { binary, build } from './build.ts';

/** A program to start under the watchdog. */
export interface ProcessOptions {
  /** A name for the log and for messages. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** The folder that gets `<name>.log`. */
  readonly logs: string;
  /** The folder in which it starts. @default - that of this process */
  readonly cwd?: string;
  /** @default - that of this process */
  readonly env?: NodeJS.ProcessEnv;
  /** Folders removed once the program has ended, however that comes: its data, its keys. @default [] */
  readonly remove?: readonly string[];
  /** Seconds between SIGTERM and SIGKILL. @default 3 */
  readonly grace?: number;
}

/** A program that ends no later than this process. */
export interface Supervised {
  readonly name: string;
  /** The process id of its watchdog, which is its parent. */
  readonly pid: number;
  /** Its output. */
  readonly log: string;
  /** How it ended; undefined while it runs. */
  ended(): string | undefined;
  /** Ends it and returns when it is gone. */
  stop(): Promise<void>;
}

/**
 * Starts a program under the watchdog (`tools/supervise`), which holds a pipe from this process and ends the program when
 * that closes. Its session is its own, so that Ctrl-C reaches the tests first.
 */
export async function supervise(options: ProcessOptions): Promise<Supervised> {
  const watchdog = binary(await build('supervise'), 'supervise');
  const log = join(options.logs, `${options.name}.log`);
  const removals = (options.remove ?? []).flatMap((folder) => ['-remove', folder]);
  const args = ['-grace', `${options.grace ?? 3}s`, ...removals, '--', options.command, ...options.args];
  const output = openSync(log, 'a');
  const child = spawn(watchdog, args, { stdio: ['pipe', output, output], env: options.env ?? process.env, detached: true, ...(options.cwd !== undefined && { cwd: options.cwd }) });
  const pipe = child.stdin!;
  closeSync(output);
  let ending: string | undefined;
  const gone = new Promise<void>((resolve, reject) => {
    child.on('exit', (code, signal) => {
      ending = code === null ? `ended by ${signal}` : `ended with exit code ${code}`;
      resolve();
    });
    child.on('error', reject);
  });
  // The pipe breaks when the watchdog ends first; how it ended is told by `exit`.
  pipe.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  await new Promise<void>((resolve, reject) => child.on('spawn', resolve).on('error', reject));
  const stop = async (): Promise<void> => {
    pipe.end();
    await gone;
  };
  return { name: options.name, pid: child.pid!, log, ended: () => ending, stop };
}

/** Something that did not come about; the message names the log and shows its end. */
export class StartError extends SlipwayError {
  constructor(message: string, options?: ErrorOptions) {
    super([{ where: 'control plane', message }], options);
    this.name = 'StartError';
  }
}

/**
 * Asks again until there is an answer that is not undefined; an error is none yet.
 *
 * @throws StartError when one of the programs ends first, or after the given seconds.
 */
export async function waitFor<T>(
  what: string,
  ask: () => Promise<T | undefined>,
  options: { readonly seconds: number; readonly programs: readonly Supervised[] },
): Promise<T> {
  const end = performance.now() + options.seconds * 1000;
  for (;;) {
    let cause: unknown;
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
    } catch (error) {
      cause = error;
    }
    const dead = options.programs.find((program) => program.ended() !== undefined);
    if (dead !== undefined) throw new StartError(`waited for ${what}, but ${dead.name} ${dead.ended()}; ${logTail(dead)}`, { cause });
    if (performance.now() > end) {
      const tails = options.programs.map(logTail).join('\n');
      throw new StartError(`waited ${options.seconds} s for ${what}; ${tails}`, { cause });
    }
    await sleep(50);
  }
}

function logTail(program: Supervised): string {
  const lines = readFileSync(program.log, 'utf8').trimEnd().split('\n').slice(-8).map((line) => (line.length > 400 ? `${line.slice(0, 400)}…` : line));
  return `${program.name}'s log ${program.log} ends:\n  ${lines.join('\n  ')}`;
}
