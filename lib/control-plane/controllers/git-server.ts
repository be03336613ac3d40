import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { freePort } from '../ports.ts';

/** A Git server over HTTP on 127.0.0.1. */
export interface GitServer {
  /** The URL of a repository: `url('runtime.git')`. */
  url(repository: string): string;
  /** Stops answering, as a server that is away. */
  stop(): Promise<void>;
  /** Answers again on the same port. */
  start(): Promise<void>;
}

/** Serves the bare repositories of a folder over HTTP, for reading: `git http-backend` does the protocol. */
export async function startGitServer(folder: string): Promise<GitServer> {
  // From below the range of outgoing connections: one of those would take the port while nothing listens there.
  let server: Server | undefined;
  let port = 0;
  for (let attempt = 1; server === undefined; attempt += 1) {
    port = await freePort();
    server = await listen(folder, port).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' && attempt < 5) return undefined;
      throw error;
    });
  }
  return {
    url: (repository) => `http://127.0.0.1:${port}/${repository}`,
    async stop() {
      if (server === undefined) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      server = undefined;
    },
    async start() {
      server ??= await listen(folder, port);
    },
  };
}

async function listen(folder: string, port: number): Promise<Server> {
  const server = createServer((request, response) => serve(folder, request, response)).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** One request through CGI (RFC 3875). */
function serve(folder: string, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    GIT_PROJECT_ROOT: folder,
    GIT_HTTP_EXPORT_ALL: '1',
    GIT_CONFIG_NOSYSTEM: '1',
    // The folder may belong to another user, as a mounted one does.
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'safe.directory',
    GIT_CONFIG_VALUE_0: '*',
    REQUEST_METHOD: request.method,
    PATH_INFO: url.pathname,
    QUERY_STRING: url.search.slice(1),
    CONTENT_TYPE: request.headers['content-type'],
    HTTP_CONTENT_ENCODING: request.headers['content-encoding'],
    GIT_PROTOCOL: request.headers['git-protocol'] as string | undefined,
    REMOTE_ADDR: '127.0.0.1',
  };
  const backend = spawn('git', ['http-backend'], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  // Either side may hang up early; the other end then sees a broken connection, as it would with any server.
  backend.stdin.on('error', () => backend.kill());
  backend.on('error', (error) => response.destroy(error));
  response.on('close', () => backend.kill());
  request.pipe(backend.stdin);
  let head = Buffer.alloc(0);
  const readHead = (chunk: Buffer): void => {
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end === -1) return;
    backend.stdout.off('data', readHead);
    for (const line of head.subarray(0, end).toString('latin1').split('\r\n')) {
      const [name, value] = line.split(/: ?(.*)/, 2) as [string, string];
      if (name === 'Status') response.statusCode = Number.parseInt(value, 10);
      else response.setHeader(name, value);
    }
    response.write(head.subarray(end + 4));
    backend.stdout.pipe(response);
  };
  backend.stdout.on('data', readHead);
  backend.stdout.on('end', () => response.end());
}
