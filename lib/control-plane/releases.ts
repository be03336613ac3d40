import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { binary, build } from './build.ts';
import { moduleFolder, type GoModule } from './go-module.ts';
import { runFolder } from './plane.ts';
import { runOk } from './run-program.ts';

/** The Argo CD that the suite runs, and the one before it, from which a test upgrades. */
export const argoCdModules = {
  '3.2.11': { module: 'github.com/argoproj/argo-cd/v3', version: 'v3.2.11', sum: 'h1:3hkR11XCp/nlyM2cWr3qeUSGuZgi3JkFdMpzgL5qOR8=' },
  '3.2.6': { module: 'github.com/argoproj/argo-cd/v3', version: 'v3.2.6', sum: 'h1:nDCjBnHyxUf6JFuCKjuuXHS23LFj6/TjuO/APrS1ku4=' },
} as const satisfies Record<string, GoModule>;

/** A version of Argo CD whose files the suite can have. */
export type ArgoCdVersion = keyof typeof argoCdModules;

export const argoRolloutsModule: GoModule = {
  module: 'github.com/argoproj/argo-rollouts',
  version: 'v1.10.1',
  sum: 'h1:6oyVPGiHHxu3ixkT6mngemh88HLPDoTX1IwO6KNR1Y4=',
};

/** The distribution of Flux, which says how its controllers are put together. */
const flux: GoModule = { module: 'github.com/fluxcd/flux2/v2', version: 'v2.9.4', sum: 'h1:/o9IdC9YZVFEsnuJawjEn5tpU8gpnxGftsG85Ubw+bI=' };

/** The version of the distribution. */
export const fluxVersion = flux.version.slice(1);

/** The controllers that the distribution names, at the versions that it names. Its source-watcher is left out: nothing here uses it. */
const fluxControllers: Readonly<Record<string, GoModule>> = {
  'source-controller': { module: 'github.com/fluxcd/source-controller', version: 'v1.9.4', sum: 'h1:psO6g4NTAMl3GD9gL8TMF3shM939XhTjFvlQXCK3pZ4=' },
  'kustomize-controller': { module: 'github.com/fluxcd/kustomize-controller', version: 'v1.9.4', sum: 'h1:VBnBMhnemqnE5Zca2AoG2gC4472MoiTmk9rdqvLoMcY=' },
  'notification-controller': { module: 'github.com/fluxcd/notification-controller', version: 'v1.9.3', sum: 'h1:vBONN/Lx5aQ2nDnJxYp5Sb0Wsgh13UbuP5A1MK4dmkY=' },
  'helm-controller': { module: 'github.com/fluxcd/helm-controller', version: 'v1.6.3', sum: 'h1:MSiDP/s8xRSkO3g11vBiDStxfmJ5ZVdwDEpW7BSE/UA=' },
  'image-reflector-controller': { module: 'github.com/fluxcd/image-reflector-controller', version: 'v1.2.4', sum: 'h1:pBC8XOgLXt3VaTzp9k2fYpuR3FFEnZRZBkuSfnGxPhM=' },
  'image-automation-controller': { module: 'github.com/fluxcd/image-automation-controller', version: 'v1.2.4', sum: 'h1:uYtQq2kUb02q6fJE6zT/NdAPLTPLZUOIVp+JGFslW+M=' },
};

/** Argo CD's install manifest, byte for byte as released. */
export async function argoCdInstallManifest(version: ArgoCdVersion = '3.2.11', variant: 'plain' | 'ha' = 'plain'): Promise<string> {
  const folder = await moduleFolder(argoCdModules[version]);
  return readFile(join(folder, 'manifests', variant === 'ha' ? 'ha/install.yaml' : 'install.yaml'), 'utf8');
}

/** Argo Rollouts' install manifest as in the tagged tree: its image has the tag `latest`. */
export async function argoRolloutsInstallManifest(): Promise<string> {
  return readFile(join(await moduleFolder(argoRolloutsModule), 'manifests/install.yaml'), 'utf8');
}

/**
 * Flux's install manifest, put together by kustomize as the distribution does, but from the controllers' modules instead of
 * their release assets, which hold the same objects.
 *
 * @param options.imageAutomation also the two controllers of image automation
 * @param options.within the folder in which it is put together; nothing stays there
 */
export async function fluxInstallManifest(options: { readonly imageAutomation?: boolean; readonly within?: string } = {}): Promise<string> {
  const work = await mkdtemp(join(options.within ?? (await runFolder()), 'flux-install-'));
  await copyWritable(join(await moduleFolder(flux), 'manifests'), join(work, 'manifests'));
  const wanted = Object.entries(fluxControllers).filter(([name]) => options.imageAutomation === true || !name.startsWith('image-'));
  for (const [name, source] of wanted) {
    await copyWritable(join(await moduleFolder(source), 'config'), join(work, name));
    const path = join(work, 'manifests/bases', name, 'kustomization.yaml');
    const { resources } = parse(await readFile(path, 'utf8')) as { readonly resources: readonly string[] };
    const local = resources.map((entry) => {
      if (!entry.startsWith('https://')) return entry;
      if (!entry.includes(`/${source.version}/`)) throw new Error(`${flux.module} names ${entry}, lib/control-plane/releases.ts ${source.version}`);
      return `../../../${name}/${entry.endsWith('.crds.yaml') ? 'crd' : 'manager'}`;
    });
    await rewrite(path, (text) => resources.reduce((all, entry, index) => all.replace(entry, local[index]!), text));
  }
  const names = wanted.map(([name]) => name);
  await rewrite(join(work, 'manifests/install/kustomization.yaml'), (text) =>
    text.split('\n').filter((line) => !line.includes('../bases/') || names.some((name) => line.endsWith(`/${name}`))).join('\n'));
  const { stdout } = await runOk(binary(await build('kustomize'), 'kustomize'), ['build', join(work, 'manifests/install')]);
  await rm(work, { recursive: true });
  return stdout;
}

/** Files of a module can't be written, nor can their copies be removed, unless they are made so. */
async function copyWritable(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true });
  await runOk('chmod', ['-R', 'u+w', to]);
}

async function rewrite(path: string, change: (text: string) => string): Promise<void> {
  await writeFile(path, change(await readFile(path, 'utf8')));
}
