import { SlipwayError } from '../../values/errors.ts';
import type { Answer } from './answer.ts';

/** One request to a forge. */
export interface Asking {
  /** Where a problem is. */
  readonly where: string;
  readonly method: 'DELETE' | 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** @default - none */
  readonly body?: unknown;
}

/** Hosts of this machine, which may be asked without encryption. */
const ownMachine = new Set(['localhost', '127.0.0.1', '[::1]']);

/** What is wrong with the address of an API: the token is sent there. */
export function apiProblem(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const sound = url !== undefined && (url.protocol === 'https:' || (url.protocol === 'http:' && ownMachine.has(url.hostname))) && url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  return sound ? undefined : `expected the https URL of an API without user, password and query, got ${JSON.stringify(text.replace(/\/\/[^/]*@/, '//…@'))}`;
}

/**
 * Asks a forge. A redirect is followed on the same host only, with the same method: the token goes nowhere else.
 * @throws SlipwayError when there is no answer, or one that leads elsewhere
 */
export async function ask({ where, method, url, headers, body }: Asking): Promise<Answer> {
  let at = new URL(url);
  for (let turns = 0; turns <= 3; turns++) {
    const response = await send(where, at, {
      method,
      headers: { ...headers, 'user-agent': 'slipway', ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const to = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || to === null || !URL.canParse(to, at.href)) return await answerOf(response);
    await response.body?.cancel();
    const next = new URL(to, at);
    if (next.origin !== at.origin) throw SlipwayError.of(where, `expected ${at.origin} to answer itself, got a redirect to ${next.origin}, where the token isn't sent`, 'say where its API is: pulumi config set slipway:forgeApi, or name the repository by its present address');
    at = next;
  }
  throw SlipwayError.of(where, `expected an answer of ${at.origin}, got one redirect after the other`, 'say where its API is: pulumi config set slipway:forgeApi');
}

async function send(where: string, url: URL, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url.href, { ...init, redirect: 'manual', signal: AbortSignal.timeout(60_000) });
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const said = cause instanceof AggregateError ? cause.errors.map(String).join('; ') : cause instanceof Error ? cause.message : String(cause);
    throw SlipwayError.of(where, `${url.origin} can't be reached: ${said}`, 'see that this machine may reach it, and that slipway:forgeApi says where its API is');
  }
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const limited = response.status === 429 || (response.status === 403 && (response.headers.get('x-ratelimit-remaining') === '0' || response.headers.has('retry-after')));
  try {
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) as unknown, limited };
  } catch {
    return { status: response.status, body: text, limited };
  }
}
