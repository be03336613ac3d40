import { readFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { once } from 'node:events';
import { join } from 'node:path';
import { createPki } from '../../../../lib/control-plane/pki.ts';
import { runFolder } from '../../../../lib/control-plane/plane.ts';
import { close, type FeedAnswer, type FeedHost } from './feed.ts';

/** What was asked of a provider. */
export interface Asked {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
}

/**
 * Kayenta's API as Argo Rollouts' own tests have it: the canary configs of an application, the start of a judgement, its score.
 *
 * @param score tells the score of the next judgement
 */
export function kayentaApi(config: string, score: () => number, asked: Asked[]): FeedHost {
  const scores = new Map<string, number>();
  return ({ method, url, body }): FeedAnswer => {
    asked.push({ path: `${method} ${url.pathname}`, query: url.searchParams, body });
    if (url.pathname === '/canaryConfig') {
      const others = [{ id: '69a6c352-7033-4ca1-858b-02497e5cc672', name: 'another', updatedTimestamp: 1556747152000, updatedTimestampIso: '2019-05-01T21:45:52Z', applications: ['guestbook'] }];
      return { status: 200, body: [...others, { id: 'config-1', name: config, updatedTimestamp: 1553707842000, updatedTimestampIso: '2019-03-27T17:30:42Z', applications: ['guestbook'] }] };
    }
    if (method === 'POST' && url.pathname === '/canary/config-1') {
      const id = `execution-${scores.size + 1}`;
      scores.set(id, score());
      return { status: 200, body: { canaryExecutionId: id } };
    }
    const found = scores.get(url.pathname.replace('/canary/', ''));
    if (found === undefined) return { status: 404, body: `no such path ${url.pathname}` };
    return { status: 200, body: { complete: true, status: 'succeeded', result: { judgeResult: { judgeName: 'dredd-v1.0', score: { score: found, classification: 'Pass' } } } } };
  };
}

/** A Wavefront on port 443 of 127.0.0.1: its client wants https, and the Secret that names it knows no port. */
export interface Wavefront {
  /** A file with the authority that signed its certificate. */
  readonly authority: string;
  readonly asked: Asked[];
  /** Tells the value of a query. */
  measure: (query: string) => number | undefined;
  stop(): Promise<void>;
}

/** Starts it. @param token what it wants as its bearer token @throws where port 443 cannot be had */
export async function startWavefront(token: string): Promise<Wavefront> {
  const pki = await createPki(join(await runFolder(), `wavefront-${process.pid}`));
  const [key, cert] = await Promise.all(['apiserver.key', 'apiserver.crt'].map((name) => readFile(pki.file(name))));
  const wavefront: Wavefront = { authority: pki.file('ca.crt'), asked: [], measure: () => undefined, stop: () => close(server) };
  const server = createServer({ key, cert }, (request, response) => {
    const url = new URL(request.url ?? '/', 'https://127.0.0.1');
    const answer = (status: number, body: unknown): void => void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.headers.authorization !== `Bearer ${token}`) return answer(401, { status: { result: 'ERROR', message: 'invalid token', code: 401 } });
    if (url.pathname !== '/api/v2/chart/api') return answer(404, { status: { result: 'ERROR', message: 'not found', code: 404 } });
    const query = url.searchParams.get('q') ?? '';
    wavefront.asked.push({ path: url.pathname, query: url.searchParams, body: '' });
    const value = wavefront.measure(query);
    const series = value === undefined ? [] : [{ label: 'app.success.ratio', host: '', data: [[Math.floor(Date.now() / 1000) - 5, value]] }];
    return answer(200, { query, name: query, granularity: 1, stats: { points: series.length }, hostsUsed: [], timeseries: series });
  });
  server.listen(443, '127.0.0.1');
  await once(server, 'listening');
  return wavefront;
}

/** Why port 443 of this machine cannot be had. @default - it can */
export async function whyWithoutHttps(): Promise<string | undefined> {
  const server = createServer();
  try {
    await once(server.listen(443, '127.0.0.1'), 'listening');
    await close(server);
    return undefined;
  } catch (error) {
    return `port 443 of 127.0.0.1 cannot be had: ${(error as Error).message}`;
  }
}
