import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What a controller asks of a provider of metrics. */
export interface FeedRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** What the provider answers: a body that isn't text is sent as JSON. */
export interface FeedAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Answers for a host. */
export type FeedHost = (request: FeedRequest) => FeedAnswer;

/**
 * Providers of metrics under whatever names the rendered objects call them by: an HTTP proxy that answers itself, so that no
 * address has to be rewritten. Asked for a host that no test serves it answers 502.
 */
export interface Feed {
  /** Variables that make a Go program ask here; addresses of this machine are asked directly all the same. */
  readonly environment: Readonly<Record<string, string>>;
  /** Answers for a host, such as `prometheus.monitoring.svc:9090`. */
  serve(host: string, answer: FeedHost): void;
  stop(): Promise<void>;
}

/** Starts the proxy on a free port of 127.0.0.1. */
export async function startFeed(): Promise<Feed> {
  const hosts = new Map<string, FeedHost>();
  const server = createServer((message, response) => {
    answerFor(message, hosts).then(
      ({ status, body }) => {
        const json = typeof body !== 'string';
        response.writeHead(status, { 'content-type': json ? 'application/json' : 'text/plain' }).end(json ? JSON.stringify(body) : body);
      },
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const proxy = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    environment: { HTTP_PROXY: proxy },
    serve: (host, answer) => void hosts.set(host, answer),
    stop: () => close(server),
  };
}

async function answerFor(message: IncomingMessage, hosts: ReadonlyMap<string, FeedHost>): Promise<FeedAnswer> {
  const url = new URL(message.url ?? '/', `http://${message.headers.host ?? 'nobody.invalid'}`);
  const host = hosts.get(url.host);
  if (host === undefined) return { status: 502, body: `no test serves ${url.host}` };
  return host({ method: message.method ?? 'GET', url, headers: message.headers, body: await text(message) });
}

/** Ends a server and whoever still holds a connection to it. */
export async function close(server: Server | import('node:https').Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
}
