import { createHash } from 'node:crypto';

/** Git's id of a file with this text, as in every repository of the SHA-1 object format. */
export function blobId(text: string): string {
  const bytes = Buffer.from(text, 'utf8');
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
