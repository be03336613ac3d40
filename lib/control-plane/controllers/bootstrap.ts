import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { ObjectSource } from '../../manifests/kustomize/build.ts';
import type { KubeObject } from '../../manifests/rendered.ts';
import { isReached, type WaitFor } from '../../synth/bootstrap-readiness.ts';
import type { ApplyPhase, Bootstrap } from '../../synth/bootstrap.ts';
import type { RequiredSecret } from '../../synth/required-secret.ts';
import { runFolder, type Plane } from '../plane.ts';
import { StartError, waitFor, type Supervised } from '../process.ts';
import { runOk } from '../run-program.ts';
import { tellStatus } from './await-object.ts';

/** A folder with the files of a commit. */
export async function commitFolder(repository: string, commit: string): Promise<string> {
  const folder = await mkdtemp(join(await runFolder(), 'runtime-'));
  await runOk('git', ['archive', '--output', join(folder, '.tar'), commit], { cwd: repository });
  await runOk('tar', ['-xf', '.tar'], { cwd: folder });
  await rm(join(folder, '.tar'));
  return folder;
}

/** The files of a folder, as bootstrap reads them. */
export function folderSource(folder: string): ObjectSource {
  const parsed = new Map<string, readonly KubeObject[] | undefined>();
  return (path) => {
    if (!parsed.has(path)) parsed.set(path, read(join(folder, path)));
    return parsed.get(path);
  };
}

function read(path: string): readonly KubeObject[] | undefined {
  try {
    return parseAllDocuments(readFileSync(path, 'utf8')).flatMap((document) => (document.toJS() as KubeObject | null) ?? []);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** What the executor is told beside the phases. */
export interface ExecuteOptions {
  /** The commit that has to arrive. */
  readonly commit: string;
  /** Runs after the install is there: what a kubelet does with its pods, starting the controller. */
  readonly afterInstall: () => Promise<{ readonly programs: readonly Supervised[] }>;
  /** Gets the Secrets that Git can't hold and that a person would bring now. @default - a bootstrap that needs some is refused */
  readonly secrets?: (needed: readonly RequiredSecret[]) => Promise<void>;
}

/** Executes the phases of a bootstrap by server-side apply as the controller's own field manager, as Pulumi and `slipway rebuild` do. */
export async function executeBootstrap(plane: Plane, bootstrap: Bootstrap, options: ExecuteOptions): Promise<void> {
  let programs: readonly Supervised[] = [];
  for (const phase of bootstrap.phases) {
    if (phase.kind === 'secrets') {
      if (phase.secrets.length > 0 && options.secrets === undefined) throw new Error(`expected a bootstrap that needs no secrets from elsewhere, got ${JSON.stringify(phase.secrets)}`);
      await options.secrets?.(phase.secrets);
      continue;
    }
    await applyObjects(plane, phase, bootstrap.fieldManager);
    for (const wanted of phase.waitFor) await reach(plane, phase, wanted, options.commit, programs);
    if (phase.name === 'install') ({ programs } = await options.afterInstall());
  }
}

async function applyObjects(plane: Plane, { objects }: ApplyPhase, fieldManager: string): Promise<void> {
  // Objects of one phase may need each other, such as a Namespace and what lies in it: the order is theirs.
  const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
  await plane.kubectl(['apply', '--server-side', '--force-conflicts', `--field-manager=${fieldManager}`, '-f', '-'], { input });
}

async function reach(plane: Plane, phase: ApplyPhase, { object, until }: WaitFor, commit: string, programs: readonly Supervised[]): Promise<void> {
  const { apiVersion, kind, namespace, name } = object;
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  let last: unknown;
  const ask = async (): Promise<true | undefined> => {
    const type = group === '' ? kind : `${kind}.${version}.${group}`;
    last = JSON.parse((await plane.kubectl(['get', type, name, ...(namespace === undefined ? [] : ['-n', namespace]), '-o', 'json'])).stdout);
    return isReached(until, last, commit) ? true : undefined;
  };
  try {
    await waitFor(`${kind} ${name} to be ${until} (phase ${phase.name} of the bootstrap)`, ask, { seconds: 240, programs });
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    throw new StartError(`${tellStatus((last as { readonly status?: unknown } | undefined)?.status)}\n${error.message}`, { cause: error.cause });
  }
}
