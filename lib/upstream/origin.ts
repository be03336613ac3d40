import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { UpstreamReference } from '../model/upstream.ts';
import { SlipwayError } from '../values/errors.ts';
import { mirroredPaths } from './catalogue.ts';
import { download, type DownloadOptions } from './download.ts';
import type { LockEntry } from './lock.ts';
import { sha256Of } from './store.ts';

/** Where upstream manifests are had from. */
export interface Origin {
  /** A folder or a URL that has them as `<name>-<version>/<file>`, instead of upstream's own URLs. @default - upstream's own URLs */
  readonly from?: string;
  /** A URL below which the upstream URLs are mirrored as `<host>/<path>`. @default - none */
  readonly mirror?: string;
  /** @default - patient */
  readonly download?: DownloadOptions;
}

/** Bytes, and where they were had. */
export interface Had {
  readonly bytes: Buffer;
  readonly place: string;
}

/** Why an origin can't be one, if so: what isn't pinned yet is only taken from where nobody on the way can change it. */
export function originProblem(origin: Origin, pinning: boolean): SlipwayError | undefined {
  if (origin.from !== undefined && origin.mirror !== undefined) return SlipwayError.of('--mirror', 'expected --from or --mirror, got both', 'leave one of them out');
  for (const [option, text] of [['--from', origin.from], ['--mirror', origin.mirror]] as const) {
    if (text === undefined || (option === '--from' && !isUrl(text))) continue;
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.search !== '') return SlipwayError.of(option, `expected ${option === '--from' ? 'a folder or ' : ''}a URL without user name and query, got ${JSON.stringify(text.replace(/\/\/[^/@]*@/, '//…@'))}`);
    if (pinning && url.protocol === 'http:' && !/^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname)) return SlipwayError.of(option, 'expected https: the first bytes that are had are those that will be trusted, got http', 'use https, or a folder');
  }
  return undefined;
}

/** Places at which an origin may have a file, the likeliest first. */
export function placesOf(reference: UpstreamReference, url: string, origin: Origin, own: readonly string[] = mirroredPaths(reference)): string[] {
  const mirrored = `${new URL(url).host}${new URL(url).pathname}`;
  if (origin.mirror !== undefined) return [`${origin.mirror.replace(/\/+$/, '')}/${mirrored}`];
  if (origin.from === undefined) return [url];
  const from = origin.from.replace(/(.)\/+$/, '$1');
  return [...own, mirrored].map((path) => `${from}/${path}`);
}

/** Where a chart's archive may lie: beside others by its own name, or in the folder of its version. */
export function archivePaths(reference: UpstreamReference, entry: Pick<LockEntry, 'url'>): string[] {
  const archive = new URL(entry.url).pathname.split('/').at(-1) ?? '';
  return [`${reference.name}-${reference.version}/${archive}`, archive];
}

/** The bytes at the first place that has any, or at the one whose bytes have the hash; undefined where no place has any. */
export async function firstHad(places: readonly string[], cwd: string, sha256: string | undefined, options: DownloadOptions = {}): Promise<Had | undefined> {
  let first: Had | undefined;
  for (const place of places) {
    const bytes = isUrl(place) ? await download(place, options) : await readIfThere(join(cwd, place), place);
    if (bytes === undefined) continue;
    if (sha256 === undefined || sha256Of(bytes) === sha256) return { bytes, place };
    first ??= { bytes, place };
  }
  return first;
}

async function readIfThere(path: string, place: string): Promise<Buffer | undefined> {
  try {
    return await readFile(place.startsWith('/') ? place : path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined;
    throw error;
  }
}

function isUrl(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
}
