import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runFolder } from '../../../../lib/control-plane/plane.ts';

/** An upstream manifest that a fleet of the tests uses. */
export interface UpstreamManifest {
  readonly name: string;
  readonly version: string;
  readonly text: string;
  /** The name of its file. @default 'install.yaml' */
  readonly file?: string;
}

/** A lock with the hashes of the bytes that we have. */
export function lockOf(manifests: readonly UpstreamManifest[]): string {
  const entries = manifests.map(({ name, version, text, file = 'install.yaml' }) => ({ name, version, url: `https://upstream.invalid/${name}-${version}/${file}`, sha256: createHash('sha256').update(text).digest('hex') }));
  return `${JSON.stringify({ upstream: entries }, undefined, 2)}\n`;
}

/** A folder of upstream manifests, as `slipway vendor --from` reads one. */
export async function folderOf(manifests: readonly UpstreamManifest[]): Promise<string> {
  const folder = await mkdtemp(join(await runFolder(), 'upstream-'));
  for (const { name, version, text, file = 'install.yaml' } of manifests) {
    const at = join(folder, `${name}-${version}`);
    await mkdir(at);
    await writeFile(join(at, file), text);
  }
  return folder;
}
