import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { SlipwayError } from '../values/errors.ts';

/** What a program printed, and how it ended. */
export interface Output {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How to run a program. */
export interface RunOptions {
  /** Text for its standard input. @default - nothing to read */
  readonly input?: string;
  /** @default - that of this process */
  readonly cwd?: string;
  /** @default - that of this process */
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a program to its end; a non-zero exit code is an answer too. */
export async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Output> {
  const child = spawn(command, args, { cwd: options.cwd, env: options.env ?? process.env, stdio: ['pipe', 'pipe', 'pipe'] });
  const closed = new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => (code === null ? reject(new Error(`${command} was ended by ${signal}`)) : resolve(code)));
  });
  // A program may end before it has read all; its exit code says why.
  child.stdin.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') child.emit('error', error);
  });
  child.stdin.end(options.input ?? '');
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
  return { code, stdout, stderr };
}

/** Runs a program that must succeed. @throws SlipwayError with its command line and what it printed. */
export async function runOk(command: string, args: readonly string[], options: RunOptions = {}): Promise<Output> {
  const output = await run(command, args, options);
  if (output.code !== 0) {
    throw SlipwayError.of(`${command} ${args.join(' ')}`, `ended with ${output.code}:\n${output.stderr}${output.stdout}`);
  }
  return output;
}
