import { z } from 'zod';
import { SlipwayError } from '../values/errors.ts';
import { ledgerFolder } from './ledger.ts';

const folder = `${ledgerFolder}/sources/`;
const schema = z.strictObject({ version: z.literal(1), source: z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/) });

/** Where the source record of a cover (`all`, `environment-prod`, `cluster-prod-eu`) lies. */
export function sourceRecordPath(cover: string): string {
  return `${folder}${cover}.json`;
}

/** The cover of a source record's path; `undefined` for every other path. */
export function coverOfRecordPath(path: string): string | undefined {
  return path.startsWith(folder) && path.endsWith('.json') ? path.slice(folder.length, -'.json'.length) : undefined;
}

/** The text of a source record: everything the cover names was rendered from this commit of the config repo, or equals what it renders. */
export function sourceRecordText(source: string): string {
  return `${JSON.stringify({ version: 1, source }, null, 1)}\n`;
}

/** The commit of a source record. Fails on anything it doesn't understand. */
export function parseSourceRecord(path: string, text: string): string {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    throw new SlipwayError([{ where: path, message: `expected a source record as publish writes it: ${cause instanceof Error ? cause.message : String(cause)}`, fix }], { cause });
  }
  const result = schema.safeParse(data);
  if (!result.success) throw SlipwayError.of(path, 'expected a source record of version 1 with a full commit id', fix);
  return result.data.source;
}

const fix = 'restore it in the runtime repo from its last good commit, or publish with the Slipway version that wrote it.';
