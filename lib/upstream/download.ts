import { setTimeout as sleep } from 'node:timers/promises';
import { SlipwayError } from '../values/errors.ts';
import { withoutUser } from './lock-fields.ts';

/** How patient a download is. */
export interface DownloadOptions {
  /** How often to ask before giving up. @default 4 */
  readonly tries?: number;
  /** How long one answer may take, its body included, in milliseconds. @default 120000 */
  readonly timeout?: number;
  /** How long to wait before the second try, in milliseconds; each further wait is twice as long. @default 500 */
  readonly pause?: number;
}

const largest = 64 * 1024 * 1024;
const redirects = 5;

/** Thrown inside only: another try may succeed. */
class Passing extends Error {}

/**
 * The bytes behind a URL; undefined where the server says that there are none (404, 410). What may pass (no connection, an answer cut off, 429, 5xx) is tried again.
 * Throws when it didn't pass, and on every other answer.
 */
export async function download(url: string, options: DownloadOptions = {}): Promise<Buffer | undefined> {
  const { tries = 4, timeout = 120_000, pause = 500 } = options;
  for (let count = 1; ; count += 1) {
    try {
      return await once(url, timeout);
    } catch (error) {
      if (!(error instanceof Passing)) throw error;
      if (count >= tries) throw SlipwayError.of(withoutUser(url), `expected a file, got none in ${tries} ${tries === 1 ? 'try' : 'tries'}: ${error.message}`, 'try again later, or take it from elsewhere: --from FOLDER|URL, --mirror URL');
      await sleep(pause * 2 ** (count - 1));
    }
  }
}

async function once(url: string, timeout: number): Promise<Buffer | undefined> {
  const signal = AbortSignal.timeout(timeout);
  try {
    const response = await follow(url, signal);
    if (response.status === 404 || response.status === 410) {
      await response.body?.cancel();
      return undefined;
    }
    if (response.status === 408 || response.status === 429 || response.status >= 500) throw new Passing(`the server answered ${response.status}`);
    if (!response.ok) throw SlipwayError.of(withoutUser(url), `expected a file, got the answer ${response.status} ${response.statusText}`.trimEnd(), 'look whether the URL is right and open to everybody');
    return await bodyOf(response, url);
  } catch (error) {
    if (error instanceof Passing || error instanceof SlipwayError || !(error instanceof Error)) throw error;
    throw new Passing(error.name === 'TimeoutError' ? `no complete answer in ${timeout} ms` : reasonOf(error), { cause: error });
  }
}

/** Where a redirect leads; undefined where it leads from https to http (whoever could answer there could answer anything), or away from the web. */
export function redirectTarget(from: string, location: string): string | undefined {
  if (!URL.canParse(location, from)) return undefined;
  const next = new URL(location, from);
  return next.protocol === 'https:' || (next.protocol === 'http:' && new URL(from).protocol === 'http:') ? next.href : undefined;
}

/** Follows redirects as far as they lead to the same kind of place. */
async function follow(url: string, signal: AbortSignal): Promise<Response> {
  let current = url;
  for (let count = 0; count <= redirects; count += 1) {
    const response = await fetch(current, { signal, redirect: 'manual', headers: { accept: '*/*' } });
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || location === null) return response;
    await response.body?.cancel();
    const next = redirectTarget(current, location);
    if (next === undefined) throw SlipwayError.of(withoutUser(url), `expected an answer by https, got a redirect to ${withoutUser(location)}`, 'take it from elsewhere: --from FOLDER|URL, --mirror URL');
    current = next;
  }
  throw SlipwayError.of(withoutUser(url), `expected a file, got more than ${redirects} redirects`, 'look whether the URL is right');
}

async function bodyOf(response: Response, url: string): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > largest) throw SlipwayError.of(withoutUser(url), `expected at most ${largest / 1024 / 1024} MiB, got more`, 'look whether the URL is that of a manifest or a chart');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** What a failed connection says lies in the cause. */
function reasonOf(error: Error): string {
  const { cause } = error;
  const inner = cause instanceof Error ? cause.message || ('code' in cause ? String(cause.code) : cause.name) : '';
  return inner === '' ? error.message : `${error.message} (${inner})`;
}
