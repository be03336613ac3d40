import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';

/**
 * Ten lower-case hexadecimal digits that change whenever the value does: SHA-256 over its canonical JSON, so that the order of keys
 * doesn't matter. Throws for what JSON can't hold.
 */
export function contentHash(value: unknown): string {
  return sha256Hex(canonicalJson(value)).slice(0, 10);
}

/** SHA-256 of a text's UTF-8 bytes as 64 lower-case hexadecimal digits. */
export function sha256Hex(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
