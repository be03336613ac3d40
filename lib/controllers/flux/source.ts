import type { KubeObject } from '../../manifests/rendered.ts';
import { compareText } from '../../values/errors.ts';
import type { RuntimeSource, Tracked } from '../tracked.ts';
import { fluxNamespace } from './names.ts';

/** A folder of the runtime repo in its repository, as a Kustomization names it. */
export function pathIn(runtimeRepo: Pick<RuntimeSource, 'path'>, folder: string): string {
  return `./${folderIn(runtimeRepo, folder)}`;
}

/** A folder of the runtime repo in its repository. */
export function folderIn(runtimeRepo: Pick<RuntimeSource, 'path'>, folder: string): string {
  return runtimeRepo.path === '' ? folder : `${runtimeRepo.path}/${folder}`;
}

/** A Git URL as Flux takes it: the short spelling of ssh written out. */
export function fluxUrl(url: string): string {
  const short = /^([\w.-]+@[\w.-]+):(?!\/\/)(.+)$/.exec(url);
  return short === null ? url : `ssh://${short[1] ?? ''}/${(short[2] ?? '').replace(/^\/+/, '')}`;
}

/** What of the runtime repo a cluster reads: its own folders, those of the apps on it, and the upstream manifests. Sorted; no folder lies in another. */
export function sparseFolders(folders: readonly string[], runtimeRepo: Pick<RuntimeSource, 'path'>): string[] {
  const all = [...new Set(folders.map((folder) => folderIn(runtimeRepo, folder)))].sort(compareText);
  return all.filter((folder) => !all.some((other) => other !== folder && folder.startsWith(`${other}/`)));
}

/** How Flux reads the runtime repo with its credential: by the name of a Secret in its own namespace, never by value. */
export function credentialFields(credential: RuntimeSource['credential']): Readonly<Record<string, unknown>> {
  if (credential === undefined) return {};
  switch (credential.kind) {
    case 'deploy-key':
      return { secretRef: { name: 'flux-system' } };
    case 'secret':
      return { secretRef: { name: credential.name } };
    case 'github-app':
      return { provider: 'github', secretRef: { name: credential.privateKeySecret } };
    case 'codecommit':
      return { provider: 'aws' };
    default:
      return credential satisfies never;
  }
}

/** The environments of what is tracked, sorted. */
export function environmentsOf(tracked: readonly Pick<Tracked, 'environment'>[]): string[] {
  return [...new Set(tracked.flatMap((each) => each.environment ?? []))].sort(compareText);
}

/** Metadata of an object in Flux's namespace. */
export function fluxMetadata(name: string, labels: Readonly<Record<string, string>>): NonNullable<KubeObject['metadata']> {
  return { name, namespace: fluxNamespace, labels };
}
