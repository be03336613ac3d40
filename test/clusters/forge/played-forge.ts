import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { ForgeKind } from '../../../lib/clusters/forge/forge.ts';
import { playedGitea } from './played-gitea.ts';
import { playedGitHub } from './played-github.ts';
import { playedGitLab } from './played-gitlab.ts';

/** A deploy key as a played forge keeps it. */
export interface KeptKey {
  readonly id: number;
  readonly title: string;
  readonly key: string;
  readonly readOnly: boolean;
}

/** A request as it came in. */
export interface Heard {
  readonly method: string;
  /** With its query, below the API. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

/** What a forge answers. */
export interface Answered {
  readonly status: number;
  /** @default - no body */
  readonly body?: unknown;
  /** @default {} */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What is particular to a kind of forge. */
export interface PlayedKind {
  /** Where its API begins. */
  readonly base: string;
  /** The token that a request carries, in whichever header the forge takes it. */
  tokenOf(headers: IncomingMessage['headers']): string | undefined;
  /** Matches the path of a repository's keys; the rest is the id of one. */
  readonly keys: RegExp;
  /** How many keys are on a page at most, whatever is asked for. */
  readonly pageLimit: number;
  /** A kept key in the forge's own words, and whether it is told to the repository's owner. */
  shown(key: KeptKey, toOwner: boolean): unknown;
  /** Takes a new key, or says why not. */
  take(body: unknown, kept: readonly KeptKey[], elsewhere: readonly string[]): { readonly title: string; readonly key: string; readonly readOnly: boolean } | Answered;
  refused(status: 401 | 403 | 404, message: string): unknown;
}

/** A played forge, which keeps the keys of one repository. */
export interface PlayedForge {
  /** Base URL of its API. */
  readonly api: string;
  readonly origin: string;
  readonly heard: Heard[];
  keys: KeptKey[];
  /** Public keys that are in use elsewhere at the forge. */
  elsewhere: string[];
  /** Tokens and what they may do. */
  tokens: Record<string, 'manage' | 'own' | 'read'>;
  /** Answers in place of the forge, once, when a request fits. */
  instead: ((heard: Heard) => Answered | undefined) | undefined;
  stop(): Promise<void>;
}

const kinds: Readonly<Record<ForgeKind, PlayedKind>> = { gitea: playedGitea, github: playedGitHub, gitlab: playedGitLab };

/** The repository whose keys a played forge keeps. */
export const playedRepository = { gitea: 'acme/runtime', github: 'acme/runtime', gitlab: 'acme/platform/runtime' } as const;

/** Starts a server on this machine that plays a forge's endpoints of deploy keys. */
export async function playForge(kind: ForgeKind): Promise<PlayedForge> {
  const played = kinds[kind];
  let nextId = 100;
  const answer = (heard: Heard): Answered => {
    const instead = forge.instead?.(heard);
    if (instead !== undefined) return instead;
    const right = forge.tokens[played.tokenOf(heard.headers) ?? ''];
    if (right === undefined) return { status: 401, body: played.refused(401, 'Bad credentials') };
    const [path = '', query = ''] = heard.path.split('?');
    const found = played.keys.exec(path);
    if (found === null || decodeURIComponent(found[1] ?? '') !== playedRepository[kind]) return { status: 404, body: played.refused(404, 'Not Found') };
    if (right === 'read' && heard.method !== 'GET') return { status: 403, body: played.refused(403, 'Resource not accessible by this token') };
    const id = found[2] === undefined ? undefined : Number(found[2]);
    if (heard.method === 'GET' && id === undefined) {
      const page = Number(new URLSearchParams(query).get('page') ?? 1);
      return { status: 200, body: forge.keys.slice((page - 1) * played.pageLimit, page * played.pageLimit).map((key) => played.shown(key, right === 'own')) };
    }
    if (heard.method === 'DELETE' && id !== undefined) {
      if (!forge.keys.some((key) => key.id === id)) return { status: 404, body: played.refused(404, 'Not Found') };
      forge.keys = forge.keys.filter((key) => key.id !== id);
      return { status: 204 };
    }
    if (heard.method !== 'POST' || id !== undefined) return { status: 405 };
    const taken = played.take(heard.body, forge.keys, forge.elsewhere);
    if ('status' in taken) return taken;
    const kept = { id: nextId++, ...taken };
    forge.keys.push(kept);
    return { status: 201, body: played.shown(kept, false) };
  };
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    void text(request).then((body) => {
      const path = (request.url ?? '').replace(played.base, '');
      const heard: Heard = { method: request.method ?? '', path, headers: request.headers, body: body === '' ? undefined : JSON.parse(body) as unknown };
      forge.heard.push(heard);
      const { status, body: said, headers } = answer(heard);
      response.writeHead(status, { ...(said !== undefined && { 'content-type': typeof said === 'string' ? 'text/html' : 'application/json' }), ...headers });
      response.end(said === undefined ? undefined : typeof said === 'string' ? said : JSON.stringify(said));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const forge: PlayedForge = {
    origin, api: `${origin}${played.base}`, heard: [], keys: [], elsewhere: [], tokens: {}, instead: undefined,
    stop: () => new Promise((resolve, reject) => {
      server.closeAllConnections();
      server.close((error) => (error === undefined ? resolve() : reject(error)));
    }),
  };
  return forge;
}
