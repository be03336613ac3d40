import type { KubeObject } from '../../manifests/rendered.ts';
import { compareText, SlipwayError } from '../../values/errors.ts';
import { shown } from '../../values/shown.ts';
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

/** A Git URL as Flux takes it. Throws for one that it can't read, such as a path, with the place where it stands. */
export function readableUrl(url: string, where: string): string {
  const written = fluxUrl(url);
  if (/^(https?|ssh):\/\//.test(written)) return written;
  throw SlipwayError.of(where, `expected a URL that Flux can read (https://… or ssh://…), got ${shown(url)}`, 'name the repository as the cluster reaches it');
}

/** The runtime repo's URL, which must suit the credential. Throws when it doesn't. */
export function runtimeUrl({ url, credential }: Pick<RuntimeSource, 'credential' | 'url'>, where: string): string {
  const written = readableUrl(url, where);
  const wanted = credential?.kind === 'deploy-key' ? 'ssh' : credential?.kind === 'github-app' || credential?.kind === 'codecommit' ? 'https' : undefined;
  if (wanted === undefined || written.startsWith(`${wanted}://`)) return written;
  throw SlipwayError.of(where, `expected a URL of ${wanted} beside credential ${credential?.kind ?? ''}, got ${shown(url)}`, `write ${wanted === 'ssh' ? 'git@<host>:<path>' : 'https://<host>/<path>'}`);
}

/**
 * What of the runtime repo isn't for this cluster, in the spelling of .gitignore: everything but the folders. (`sparseCheckout` would say the
 * same, but Flux fails on a listed folder that isn't there: one that has no merged commit yet, or whose removal nobody could then deliver.)
 */
export function ignoredBut(folders: readonly string[], runtimeRepo: Pick<RuntimeSource, 'path'>): string {
  const kept = [...new Set(folders.map((folder) => folderIn(runtimeRepo, folder)))].sort(compareText);
  return ['/*', ...kept.map((folder) => `!/${folder}/`), ''].join('\n');
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
