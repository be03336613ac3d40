import { Agent as PlainAgent, request as plainRequest, type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { Agent, request } from 'node:https';
import { text } from 'node:stream/consumers';
import type { ClientCertificate } from './pki.ts';

/** An answer of the API server. */
export interface ApiAnswer {
  readonly status: number;
  /** The text of the body. */
  readonly body: string;
  /** Values of `Warning` headers, such as those of Pod Security. */
  readonly warnings: readonly string[];
}

/** A small HTTP client of one API server: many times faster than a kubectl each. */
export interface Api {
  /**
   * Sends a request; a status of 400 or more is an answer too.
   *
   * @param type the body's media type; JSON unless named
   */
  send(method: string, path: string, body?: unknown, type?: string): Promise<ApiAnswer>;
  /** Reads JSON. @throws when the status is not 200. */
  get(path: string): Promise<unknown>;
  /** Changes fields of an object by a merge patch: null takes a field away. @throws when the status is not 200. */
  merge(path: string, patch: unknown): Promise<unknown>;
}

/**
 * A client with a certificate.
 *
 * @param seconds how long an answer may take
 */
export function createApi(server: string, client: ClientCertificate, seconds = 30): Api {
  const agent = new Agent({ ...client, keepAlive: true });
  return apiOver((path, options, answer) => request(new URL(path, server), { ...options, agent }, answer), seconds);
}

/**
 * A client of whoever listens on a Unix socket, such as `kubectl proxy`: it needs no credential, whoever may open the socket is let in.
 *
 * @param seconds how long an answer may take
 */
export function createSocketApi(socketPath: string, seconds = 30): Api {
  const agent = new PlainAgent({ keepAlive: true });
  return apiOver((path, options, answer) => plainRequest({ ...options, socketPath, path, agent }, answer), seconds);
}

type Open = (path: string, options: RequestOptions, answer: (response: IncomingMessage) => void) => ClientRequest;

function apiOver(open: Open, seconds: number): Api {
  const send = (method: string, path: string, body?: unknown, type = 'application/json'): Promise<ApiAnswer> =>
    new Promise((resolve, reject) => {
      const headers = { accept: 'application/json', 'content-type': type };
      const call = open(path, { method, headers, timeout: seconds * 1000 }, (response) => {
        const warnings = [response.headers['warning'] ?? []].flat();
        text(response).then((answer) => resolve({ status: response.statusCode ?? 0, body: answer, warnings }), reject);
      });
      call.on('error', (error: NodeJS.ErrnoException) => {
        // The server may close an idle connection in the moment in which it is used again.
        if (call.reusedSocket && error.code === 'ECONNRESET') send(method, path, body, type).then(resolve, reject);
        else reject(error);
      });
      call.on('timeout', () => call.destroy(new Error(`${method} ${path}: no answer in ${seconds} s`)));
      call.end(body === undefined ? undefined : JSON.stringify(body));
    });
  const ok = async (method: string, path: string, body?: unknown, type?: string): Promise<unknown> => {
    const answer = await send(method, path, body, type);
    if (answer.status !== 200) throw new Error(`${method} ${path}: expected status 200, got ${answer.status}: ${answer.body}`);
    return JSON.parse(answer.body);
  };
  return {
    send,
    get: (path) => ok('GET', path),
    merge: (path, patch) => ok('PATCH', path, patch, 'application/merge-patch+json'),
  };
}
