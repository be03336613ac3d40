import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { UpstreamIndex } from '../manifests/rendered.ts';
import type { UpstreamReference } from '../model/upstream.ts';
import { upstreamFile } from './catalogue.ts';

/** Where a workspace keeps the upstream manifests that were vendored; Git ignores it. */
export const storeFolder = '.slipway/upstream';

/** A vendored upstream manifest, its bytes those that the lock names. */
export interface StoredUpstream {
  readonly text: string;
  readonly index: UpstreamIndex;
}

/** What was found in the store. */
export type Stored =
  | { readonly state: 'stored'; readonly upstream: StoredUpstream }
  | { readonly state: 'absent' }
  /** Its bytes aren't those that the lock names; `got` is undefined where a part is missing. */
  | { readonly state: 'damaged'; readonly got: string | undefined };

const indexSchema = z.strictObject({
  version: z.literal(1),
  sha256: z.string(),
  objects: z.array(z.strictObject({
    apiVersion: z.string(), kind: z.string(), namespace: z.string().exactOptional(), name: z.string(), containers: z.record(z.string(), z.string()).exactOptional(),
  })),
  definitions: z.array(z.strictObject({ group: z.string(), kind: z.string(), namespaced: z.boolean(), versions: z.array(z.string()) })),
});

/** SHA-256 of bytes as 64 lower-case hexadecimal digits. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The folder of an upstream in the store. */
export function storedFolder(root: string, { name, version }: Pick<UpstreamReference, 'name' | 'version'>): string {
  return join(root, storeFolder, `${name}-${version}`);
}

/** Reads an upstream from the store; its bytes are hashed each time, which takes milliseconds. */
export function readStored(root: string, reference: UpstreamReference, sha256: string): Stored {
  const folder = storedFolder(root, reference);
  if (!existsSync(folder)) return { state: 'absent' };
  const [file, index] = [join(folder, upstreamFile(reference)), join(folder, 'index.json')];
  if (!existsSync(file) || !existsSync(index)) return { state: 'damaged', got: undefined };
  const bytes = readFileSync(file);
  const got = sha256Of(bytes);
  if (got !== sha256) return { state: 'damaged', got };
  const parsed = parseIndex(readFileSync(index, 'utf8'));
  if (parsed === undefined || parsed.sha256 !== sha256) return { state: 'damaged', got: undefined };
  return { state: 'stored', upstream: { text: bytes.toString('utf8'), index: { objects: parsed.objects, definitions: parsed.definitions } } };
}

/** Puts an upstream into the store: the folder is complete or absent at any instant. */
export function writeStored(root: string, reference: UpstreamReference, bytes: Uint8Array, index: UpstreamIndex): void {
  const store = join(root, storeFolder);
  const folder = storedFolder(root, reference);
  mkdirSync(store, { recursive: true });
  const scratch = mkdtempSync(join(store, '.new-'));
  try {
    writeFileSync(join(scratch, upstreamFile(reference)), bytes);
    writeFileSync(join(scratch, 'index.json'), `${JSON.stringify({ version: 1, sha256: sha256Of(bytes), ...index })}\n`);
    rmSync(folder, { recursive: true, force: true });
    renameSync(scratch, folder);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function parseIndex(text: string): z.output<typeof indexSchema> | undefined {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    // A damaged index is told like damaged bytes: vendoring again mends both.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  return indexSchema.safeParse(data).data;
}
