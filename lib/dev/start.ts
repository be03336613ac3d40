import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { SlipwayError } from '../values/errors.ts';
import { channelOver } from './channel.ts';
import type { DevChoice } from './choose.ts';
import type { BootstrapOrder, Channel, FromSupervisor } from './messages.ts';
import type { DevPlace } from './place.ts';
import type { DevState } from './state.ts';

/** A supervisor that is on its way up. */
export interface StartingSupervisor {
  readonly pid: number;
  /** Says what to bring up. */
  order(order: BootstrapOrder): void;
  /** Resolves when its Git server answers: the state then says where. @throws SlipwayError when it fails first */
  gitServes(): Promise<void>;
  /** Resolves when all is up; it goes on alone then. @throws SlipwayError when it fails first */
  up(): Promise<DevState>;
  /** Ends it and all it has started; returns when it is gone. */
  stop(): Promise<void>;
}

/** The command line of this package, from which the supervisor starts. */
const command = join(import.meta.dirname, '../../bin/slipway.js');

/** Starts the supervisor as a process of its own, which lives on when this one ends. */
export function startSupervisor(place: DevPlace, choice: DevChoice, workspace: string, say: (line: string) => void): StartingSupervisor {
  const log = openSync(place.log, 'a', 0o600);
  const args = [command, 'dev', 'supervise', '--folder', place.folder, '--cluster', choice.cluster, '--controller', choice.controller];
  const child = spawn(process.execPath, args, { cwd: workspace, detached: true, stdio: ['ignore', log, log, 'ipc'], env: { ...process.env, SLIPWAY_RUN_FOLDER: place.run } });
  closeSync(log);
  const channel = channelOver<FromSupervisor, BootstrapOrder>(child);
  const until = (kind: FromSupervisor['kind']): Promise<FromSupervisor> => nextOf(kind, channel, place, say);
  return {
    pid: child.pid ?? 0,
    order: (order) => channel.send(order),
    async gitServes() {
      await until('git');
    },
    async up() {
      const message = await until('up');
      if (message.kind !== 'up') throw new Error('unreachable');
      channel.close();
      child.unref();
      return message.state;
    },
    stop: () => end(child),
  };
}

/** The next message of a kind; progress on the way is said. */
async function nextOf(kind: FromSupervisor['kind'], channel: Channel<FromSupervisor, BootstrapOrder>, place: DevPlace, say: (line: string) => void): Promise<FromSupervisor> {
  for (;;) {
    const message = await channel.receive().catch((cause: unknown) => {
      throw new SlipwayError([{ where: 'slipway dev', message: 'the supervisor ended before all was up', fix: `read ${place.log}` }], { cause });
    });
    if (message.kind === 'failed') throw new SlipwayError(message.problems);
    if (message.kind === 'progress') say(message.text);
    if (message.kind === kind) return message;
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}
