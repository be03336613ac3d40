import { contentHashedAnnotation } from '../manifests/content-hashed.ts';
import { layout } from '../manifests/layout.ts';
import type { ImageVersion, RenderedFile } from '../manifests/rendered.ts';
import { compareText, type Problem } from '../values/errors.ts';

/** A file as publish writes it. */
export interface PublishFile {
  /** Path in the runtime repo (below the target's folder), inside the unit's folder. */
  readonly path: string;
  readonly text: string;
  /** Base name of a content-hashed object: earlier ones of the same base name stay for a while. @default - an ordinary file, which goes as soon as it isn't rendered */
  readonly contentHashed?: string;
}

/** What is published and recorded as one: an app in an environment, or one part of a cluster. */
export interface PublishUnit {
  /** Its folder in the runtime repo: `apps/prod/storefront`, `clusters/prod-eu/platform`. Its files lie there or in `<id>@<cluster>`. */
  readonly id: string;
  readonly app?: string;
  readonly environment?: string;
  /** The cluster it belongs to. @default - none: an app, or something that clusters share */
  readonly cluster?: string;
  readonly files: readonly PublishFile[];
  /** The image versions it runs: the commit message is made of them. */
  readonly images: readonly ImageVersion[];
  /** Upstream manifests on which its kustomizations stand, such as `upstream/argo-cd-3.5.1`: without them it isn't published. @default - none */
  readonly needs?: readonly string[];
  /** Its folders that it has no file of stay as they are: a wave that hasn't reached all clusters. @default false */
  readonly partial?: boolean;
}

const upstreamRoot = layout.upstream('', '').replace(/-$/, '');

/** Whether a unit is an upstream manifest: clusters share it, and it stays as long as any of them refers to it. */
export function isUpstream(id: string): boolean {
  return id.startsWith(upstreamRoot);
}

/** The base name by which publish keeps earlier versions of a file: that of its content-hashed object. `undefined` for every other file. */
export function contentHashedBase(file: Pick<RenderedFile, 'objects'>): string | undefined {
  return file.objects.map((object) => object.value.metadata?.annotations?.[contentHashedAnnotation]).find((base) => base !== undefined);
}

/** The folder of a unit in which a path lies: '' for its own, `@<cluster>` for a cluster's; `undefined` when the path is outside. */
export function variantOf(id: string, path: string): string | undefined {
  if (!path.startsWith(id)) return undefined;
  const rest = path.slice(id.length);
  if (rest.startsWith('/')) return rest.length > 1 ? '' : undefined;
  return /^(@[^/]+)\/./.exec(rest)?.[1];
}

/** Why a path can't be written; `undefined` when it can. */
export function pathProblem(path: string): string | undefined {
  if (path === '') return 'is empty';
  if (path.includes('\\')) return 'has a backslash';
  if (/[\x00-\x1f\x7f]/.test(path)) return 'has a control character';
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return 'is absolute';
  const parts = path.split('/');
  if (parts.includes('')) return 'has an empty part';
  if (parts.some((part) => part === '.' || part === '..')) return 'has a part "." or ".."';
  // Git and some file systems take further spellings for .git: trailing dots and spaces, a short name, ignored characters.
  if (parts.some((part) => /^(\.git|git~\d+)$/i.test(part.replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g, '').replace(/[. ]+$/, '').replace(/:.*$/, '')))) return 'has a part that Git keeps for itself';
  return undefined;
}

/** Every problem of the units' ids and paths: outside of their folder, hostile, written twice. */
export function unitProblems(units: readonly PublishUnit[]): Problem[] {
  const problems: Problem[] = [];
  const owners = new Map<string, string>();
  const ids = new Set<string>();
  for (const unit of units) {
    const bad = pathProblem(unit.id) ?? idProblem(unit.id);
    if (bad !== undefined) problems.push({ where: JSON.stringify(unit.id), message: `expected a unit's folder such as apps/prod/storefront, but it ${bad}` });
    if (ids.has(unit.id)) problems.push({ where: unit.id, message: 'is given twice; expected every unit once' });
    ids.add(unit.id);
    for (const { path } of unit.files) {
      const reason = pathProblem(path) ?? (variantOf(unit.id, path) === undefined ? `lies outside of ${unit.id}/ and ${unit.id}@<cluster>/` : undefined);
      if (reason !== undefined) problems.push({ where: unit.id, message: `expected a path inside the unit's folder, but ${JSON.stringify(path)} ${reason}` });
      const other = owners.get(path);
      if (other !== undefined) problems.push({ where: path, message: `is written by two units: ${[other, unit.id].sort(compareText).join(' and ')}`, fix: 'give one of the objects another name.' });
      owners.set(path, unit.id);
    }
  }
  for (const [path, unit] of owners) {
    for (const folder of foldersOf(path)) {
      const other = owners.get(folder);
      if (other !== undefined) problems.push({ where: folder, message: `is a file of ${other} and a folder of ${unit}`, fix: 'rename one of them.' });
    }
  }
  return problems;
}

function idProblem(id: string): string | undefined {
  const parts = id.split('/');
  if (parts[0] === '.slipway' || parts[0] === 'sources') return `begins with ${parts[0]}, which is kept for Slipway's own records`;
  return parts.some((part) => part.endsWith('.json')) ? 'has a part ending in .json' : undefined;
}

/** Every folder above a path, the nearest first. */
export function foldersOf(path: string): string[] {
  const folders: string[] = [];
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) folders.push(path.slice(0, end));
  return folders;
}
