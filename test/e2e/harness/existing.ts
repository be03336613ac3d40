import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSocketApi } from '../../../lib/control-plane/api.ts';
import { binary } from '../../../lib/control-plane/build.ts';
import { runFolder, type Plane } from '../../../lib/control-plane/plane.ts';
import { supervise, waitFor } from '../../../lib/control-plane/process.ts';
import { runOk, type Output, type RunOptions } from '../../../lib/control-plane/run-program.ts';
import { build } from './build.ts';

/** A cluster that was there before, as one process tells another; plain data. */
export interface ExistingAddress {
  readonly context: string;
  /** The kubectl by which it is reached. */
  readonly kubectl: string;
  /** Where `kubectl proxy` listens: whatever way to sign in the kubeconfig names, it knows. */
  readonly socket: string;
  readonly folder: string;
}

/** Connects to a context of the kubeconfig that `KUBECONFIG` names. @throws when the server doesn't answer */
export async function openExisting(context: string): Promise<{ readonly address: ExistingAddress; close(): Promise<void> }> {
  await build('supervise');
  const kubectl = binary(await build('kubernetes'), 'kubectl');
  // Short: the path of a socket has at most 107 bytes. Nobody else may open it.
  const folder = await mkdtemp(join(tmpdir(), 'slipway-e2e-'));
  const socket = join(folder, 'api.sock');
  const proxy = await supervise({ name: 'kubectl-proxy', command: kubectl, args: ['--context', context, 'proxy', '--unix-socket', socket], logs: await runFolder(), remove: [folder] });
  try {
    const api = createSocketApi(socket, 10);
    await waitFor(`the API server of context ${context}`, async () => ((await api.send('GET', '/readyz')).status === 200 ? true : undefined), { seconds: 240, programs: [proxy] });
    return { address: { context, kubectl, socket, folder }, close: () => proxy.stop() };
  } catch (error) {
    await proxy.stop();
    throw error;
  }
}

/** The cluster at an address. */
export function attachExisting({ context, kubectl, socket, folder }: ExistingAddress): Plane {
  const run = (args: readonly string[], options?: RunOptions): Promise<Output> => runOk(kubectl, ['--context', context, ...args], options);
  return { folder, server: `context ${context}`, kubeconfig: process.env['KUBECONFIG'] ?? '', home: folder, api: createSocketApi(socket), kubectl: run };
}
