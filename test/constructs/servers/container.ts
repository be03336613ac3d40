import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IPodTemplateSpec } from 'kubernetes-models/v1/PodTemplateSpec';
import type { KubeObject } from '../../../lib/manifests/rendered.ts';
import { freePort as anyFreePort } from '../../../lib/control-plane/ports.ts';
import { pythonFolder } from './python-venv.ts';

/** What of a container decides how its process starts. */
export interface ContainerStart {
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Folders that are mounted writable. Their paths alone are rewritten, to temporary folders: the only thing that isn't as it was rendered. */
  readonly mounts: readonly string[];
  /** Seconds from SIGTERM to SIGKILL: the pod's grace period less its preStop delay. */
  readonly secondsToKill: number;
}

/** How the app's container of a rendered pod starts: its command, arguments, environment and writable folders, its time to stop. */
export function startOf(template: IPodTemplateSpec, objects: readonly KubeObject[] = []): ContainerStart {
  const { spec } = template;
  const container = spec?.containers[0];
  if (spec === undefined || container === undefined) throw new Error('the pod has no container');
  const writable = new Set((spec.volumes ?? []).filter((volume) => volume.emptyDir !== undefined).map((volume) => volume.name));
  const config = (container.envFrom ?? []).map((source) => objects.find((object) => object.kind === 'ConfigMap' && object.metadata?.name === source.configMapRef?.name)?.['data']);
  return {
    command: container.command ?? [],
    args: container.args ?? [],
    env: Object.assign({}, ...config, Object.fromEntries((container.env ?? []).flatMap(({ name, value }) => value === undefined ? [] : [[name, value]]))) as Record<string, string>,
    mounts: (container.volumeMounts ?? []).filter((mount) => writable.has(mount.name)).map((mount) => mount.mountPath),
    secondsToKill: (spec.terminationGracePeriodSeconds ?? 30) - (container.lifecycle?.preStop?.sleep?.seconds ?? 0),
  };
}

/** How a process ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Whether it outlived its grace period and was killed. */
  readonly killed: boolean;
}

const fixtures = new Set(readdirSync(pythonFolder));

/** A process started as a container would start it. */
export class Container {
  readonly home = mkdtempSync(join(tmpdir(), 'slipway-home-'));
  readonly #process: ChildProcess;
  readonly #folders: string;
  readonly #rewrite: (text: string) => string;
  readonly #options: { readonly cwd: string; readonly env: Readonly<Record<string, string>> };
  readonly #secondsToKill: number;
  readonly #ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  #output = '';

  constructor(venv: string, start: ContainerStart) {
    this.#folders = mkdtempSync(join(tmpdir(), 'slipway-mounts-'));
    this.#secondsToKill = start.secondsToKill;
    const rewrite = mountRewriter(start.mounts, this.#folders);
    this.#rewrite = rewrite;
    const [program = '', ...rest] = [...start.command, ...start.args].map(rewrite);
    const env = Object.fromEntries(Object.entries(start.env).map(([name, value]) => [name, rewrite(value)]));
    // Nothing of this machine's environment: only where the image has its programs and its home.
    this.#options = { cwd: pythonFolder, env: { PATH: `${join(venv, 'bin')}:/usr/bin:/bin`, HOME: this.home, ...env } };
    this.#process = spawn(join(venv, 'bin', program), rest, { ...this.#options, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    for (const stream of [this.#process.stdout, this.#process.stderr]) stream?.on('data', (chunk: Buffer) => { this.#output += chunk.toString(); });
    this.#ended = new Promise((resolve, reject) => {
      this.#process.on('error', reject);
      this.#process.on('exit', (code, signal) => resolve({ code, signal }));
    });
  }

  /** What it has printed so far. */
  get output(): string {
    return this.#output;
  }

  /** Whether it still runs. */
  get running(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /** Where a path of the container really lies. */
  pathOf(path: string): string {
    return this.#rewrite(path);
  }

  /** Runs a command in the container, as an exec probe does; answers its exit code. */
  exec(command: readonly string[]): Promise<number | null> {
    const [program = '', ...args] = command.map(this.#rewrite);
    return new Promise((resolve, reject) => { spawn(program, args, { ...this.#options, stdio: 'ignore' }).on('error', reject).on('exit', resolve); });
  }

  /** Waits for it to end by itself. */
  async ended(): Promise<Ending> {
    return { ...await this.#ended, killed: false };
  }

  /** Files that it left in its home or working folder, which are read-only in a pod. */
  get strayFiles(): string[] {
    return [...readdirSync(this.home), ...readdirSync(pythonFolder).filter((name) => !fixtures.has(name))];
  }

  /** Stops it as the kubelet does: SIGTERM, and SIGKILL when the grace period is over. */
  async stop(): Promise<Ending> {
    let killed = false;
    const timer = setTimeout(() => { killed = true; this.kill(); }, this.#secondsToKill * 1000);
    this.#process.kill('SIGTERM');
    const ending = await this.#ended;
    clearTimeout(timer);
    return { ...ending, killed };
  }

  /** Ends it and everything that it started, and removes its folders. */
  dispose(): void {
    this.kill();
    rmSync(this.#folders, { recursive: true, force: true });
    rmSync(this.home, { recursive: true, force: true });
  }

  private kill(): void {
    try {
      if (this.#process.pid !== undefined) process.kill(-this.#process.pid, 'SIGKILL');
    } catch (error) {
      // The whole group is gone already.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

function mountRewriter(mounts: readonly string[], folder: string): (text: string) => string {
  const replacements = mounts.map((mount, index) => {
    const real = join(folder, String(index));
    mkdirSync(real);
    return { mount, real };
  });
  return (text) => {
    const found = replacements.find(({ mount }) => text === mount || text.startsWith(`${mount}/`));
    return found === undefined ? text : `${found.real}${text.slice(found.mount.length)}`;
  };
}

const given = new Set<number>();

/** A port on which nothing listens, given once, so that tests can run side by side. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = await anyFreePort();
    if (!given.has(port)) {
      given.add(port);
      return port;
    }
  }
}
