import { once } from 'node:events';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { lostPort, type Plane } from '../plane.ts';
import { StartError, supervise, waitFor, type Supervised } from '../process.ts';
import { serviceAccountKubeconfig } from './service-account.ts';
import type { HostedProgram } from './workload.ts';

/** Programs of a controller that run on this host instead of in pods. */
export interface HostProcesses {
  /** The programs, for messages and waits. */
  readonly programs: readonly Supervised[];
  /** Where those are reached that people reach, by name. */
  readonly addresses: Readonly<Record<string, string>>;
  /** Ends them; their logs stay in the plane's folder. */
  stop(): Promise<void>;
}

/** A program to start on this host. */
export interface HostProgram {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** The folder in which it starts. @default - that of this process */
  readonly cwd?: string;
  /** The URL at which people reach it. @default - nobody does */
  readonly address?: string;
  /** Whether it works; an error means not yet. */
  readonly healthy: () => Promise<boolean>;
}

/** Whether a URL answers with success. */
export function answers(url: string): () => Promise<boolean> {
  return async () => (await fetch(url)).ok;
}

/** Whether somebody listens on a port of 127.0.0.1. */
export function listens(port: number): () => Promise<boolean> {
  return async () => {
    const socket = connect({ port, host: '127.0.0.1' });
    await once(socket, 'connect');
    socket.destroy();
    return true;
  };
}

/**
 * Starts programs in order, each after the one before it is healthy. When another program takes a port first, all of them
 * start again on other ports.
 *
 * @param plan names free ports and says what to start
 * @throws StartError with the logs when one of them ends or does not get healthy in time
 */
export async function startHostPrograms(plane: Plane, plan: () => Promise<readonly HostProgram[]>): Promise<HostProcesses> {
  for (let attempt = 1; ; attempt += 1) {
    const programs: Supervised[] = [];
    const addresses: Record<string, string> = {};
    const stop = async (): Promise<void> => void (await Promise.all(programs.map((program) => program.stop())));
    try {
      for (const { name, command, args, env, healthy, address, cwd } of await plan()) {
        programs.push(await supervise({ name, command, args, env, logs: plane.folder, ...(cwd !== undefined && { cwd }) }));
        if (address !== undefined) addresses[name] = address;
        await waitFor(`${name} to be healthy`, async () => ((await healthy()) ? true : undefined), { seconds: 120, programs });
      }
      return { programs, addresses, stop };
    } catch (error) {
      const raced = error instanceof StartError && (await lostPort(programs));
      await stop();
      if (!raced || attempt === 5) throw error;
    }
  }
}

/**
 * What every program on this host gets: a home and a temporary folder of its own, a search path, the environment of its
 * container, and a kubeconfig with its service account's token, so that it may do what its roles allow and no more.
 */
export async function hostEnvironment(plane: Plane, name: string, hosted: HostedProgram, tools: readonly string[] = []): Promise<Record<string, string>> {
  const home = await mkdtemp(join(plane.folder, `${name}-`));
  const kubeconfig = join(home, 'kubeconfig');
  await writeFile(kubeconfig, await serviceAccountKubeconfig(plane, hosted.namespace, hosted.serviceAccount), { mode: 0o600 });
  const path = [...tools, process.env['PATH'] ?? ''].join(':');
  return { ...hosted.env, PATH: path, HOME: home, TMPDIR: home, KUBECONFIG: kubeconfig };
}
