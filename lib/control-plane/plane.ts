import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApi, type Api } from './api.ts';
import { build } from './build.ts';
import { createKubectl } from './kubectl.ts';
import { createPki, kubeconfigText } from './pki.ts';
import { freePort } from './ports.ts';
import { supervise, waitFor, type ProcessOptions, type Supervised } from './process.ts';
import type { Output, RunOptions } from './run-program.ts';
import { apiServer, controllerManager, etcd, kwok, nodes, scheduler, type PlaneFacts } from './servers.ts';

/** How to start a control plane. */
export interface PlaneOptions {
  /**
   * Also start controller manager, scheduler and KWOK with three nodes. Without them nothing but the API server changes an
   * object, which lets a test compare resource versions.
   * @default true
   */
  readonly controllers?: boolean;
  /** The name of the context, the cluster and the user in its kubeconfig. @default 'slipway-e2e' */
  readonly name?: string;
  /** Also run the autoscaler, which finds no metrics here. @default true */
  readonly autoscaler?: boolean;
  /** A file of KWOK's Stages, by which pods live. @default - they are ready at once, and gone at once */
  readonly podStages?: string;
  /** Names a free port of 127.0.0.1. @default - a random one that is free */
  readonly port?: () => Promise<number>;
}

/** What another process needs to use a plane; plain data. */
export interface PlaneAddress {
  /** Holds the logs. */
  readonly folder: string;
  readonly server: string;
  readonly kubeconfig: string;
  /** kubectl's home. */
  readonly home: string;
}

/** A running control plane of one's own. */
export interface Plane extends PlaneAddress {
  /** Runs kubectl as the administrator; throws with its output when it fails. */
  kubectl(args: readonly string[], options?: RunOptions): Promise<Output>;
  /** Talks to the API server as the administrator. */
  readonly api: Api;
}

/** A plane together with the right to stop it. */
export interface OwnPlane extends Plane {
  /** Its programs, the store first. */
  readonly programs: readonly Supervised[];
  /** Ends the API server and starts it again on the same port, over the same store; returns when it is ready. */
  restartApiServer(): Promise<void>;
  /** Stops every process and removes data and keys; logs stay in `folder`. */
  stop(): Promise<void>;
}

/** The folder that gets the logs and all else that this run makes; whoever starts the process names it in `SLIPWAY_RUN_FOLDER`. */
export async function runFolder(): Promise<string> {
  return process.env['SLIPWAY_RUN_FOLDER'] ?? (await mkdtemp(join(tmpdir(), 'slipway-plane-')));
}

/**
 * Starts a control plane on free ports of 127.0.0.1, building what the cache lacks.
 *
 * @throws ComponentUnavailable when this machine cannot build a part; StartError with the logs' folder when a part ends.
 */
export async function startPlane(options: PlaneOptions = {}): Promise<OwnPlane> {
  for (let attempt = 1; ; attempt += 1) {
    const folder = await mkdtemp(join(await runFolder(), 'plane-'));
    const programs: Supervised[] = [];
    try {
      return await startIn(folder, programs, options);
    } catch (error) {
      // Whatever it was that failed: a program that ends takes the keys along, and who reads them next fails for that.
      const raced = await lostPort(programs);
      await stopAll(programs);
      if (!raced || attempt === 5) throw error;
    }
  }
}

/** The same plane in another process, by its address. */
export async function attachPlane(address: PlaneAddress): Promise<Plane> {
  const config = JSON.parse(await readFile(address.kubeconfig, 'utf8')) as KubeconfigData;
  const pem = (base64: string): string => Buffer.from(base64, 'base64').toString('utf8');
  const user = config.users[0].user;
  const api = createApi(address.server, {
    ca: pem(config.clusters[0].cluster['certificate-authority-data']),
    cert: pem(user['client-certificate-data']),
    key: pem(user['client-key-data']),
  });
  return { ...address, api, kubectl: await createKubectl(address.kubeconfig, address.home) };
}

/** The part of our own kubeconfig that `attachPlane` reads. */
interface KubeconfigData {
  readonly clusters: readonly [{ readonly cluster: { readonly 'certificate-authority-data': string } }];
  readonly users: readonly [{ readonly user: { readonly 'client-certificate-data': string; readonly 'client-key-data': string } }];
}

async function startIn(folder: string, programs: Supervised[], options: PlaneOptions): Promise<OwnPlane> {
  const [store, kubernetes] = [await build('etcd'), await build('kubernetes')];
  const port = options.port ?? freePort;
  const pki = await createPki(join(folder, 'private'));
  const facts: PlaneFacts = {
    folder,
    pki,
    kubeconfig: pki.file('admin.kubeconfig'),
    etcdPort: await port(),
    apiPort: await port(),
  };
  const start = async (program: ProcessOptions): Promise<void> => void programs.push(await supervise(program));
  const server = `https://127.0.0.1:${facts.apiPort}`;
  const home = pki.file('home');
  await mkdir(home);
  await writeFile(facts.kubeconfig, kubeconfigText(server, pki.client, options.name), { mode: 0o600 });

  await start(etcd(store, facts));
  await start(apiServer(kubernetes, facts));
  const plane = await attachPlane({ folder, server, kubeconfig: facts.kubeconfig, home });
  // Impatient: another program that holds the port may not answer at all.
  const api = createApi(server, pki.client, 2);
  await waitFor('the API server', () => ready(api, '/readyz'), { seconds: 120, programs });
  if (options.controllers ?? true) {
    await start(controllerManager(kubernetes, facts, options.autoscaler ?? true));
    await start(scheduler(kubernetes, facts));
    await start(kwok(await build('kwok'), facts, options.podStages));
    for (const node of nodes) await api.send('POST', '/api/v1/nodes', node);
    await waitFor('the nodes', () => nodesReady(api), { seconds: 120, programs });
    const account = '/api/v1/namespaces/default/serviceaccounts/default';
    await waitFor('the default service account', () => ready(api, account), { seconds: 120, programs });
  }
  const restartApiServer = async (): Promise<void> => {
    await programs[1]?.stop();
    programs[1] = await supervise(apiServer(kubernetes, facts));
    await waitFor('the API server to be back', () => ready(api, '/readyz'), { seconds: 120, programs });
  };
  return { ...plane, programs, restartApiServer, stop: () => stopAll(programs) };
}

/** Undefined until the path answers 200. */
async function ready(api: Api, path: string): Promise<true | undefined> {
  return (await api.send('GET', path)).status === 200 ? true : undefined;
}

async function nodesReady(api: Api): Promise<true | undefined> {
  const { items } = (await api.get('/api/v1/nodes')) as { readonly items: readonly NodeData[] };
  const ready = ({ status }: NodeData): boolean =>
    status?.conditions?.some(({ type, status: truth }) => type === 'Ready' && truth === 'True') ?? false;
  return items.length === nodes.length && items.every(ready) ? true : undefined;
}

/** The part of a Node that we read. */
interface NodeData {
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

/** Ends the programs, the store last, so that none of them has to complain about another. */
async function stopAll(programs: readonly Supervised[]): Promise<void> {
  const [store, server, ...others] = programs;
  await Promise.all(others.map((program) => program.stop()));
  await server?.stop();
  await store?.stop();
}

/** Whether one of the programs ended because another program had taken its port meanwhile. */
export async function lostPort(programs: readonly Supervised[]): Promise<boolean> {
  const logs = await Promise.all(programs.map((program) => readFile(program.log, 'utf8')));
  return logs.some((log) => log.includes('address already in use'));
}
