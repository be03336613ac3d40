import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSocketApi } from '../../lib/control-plane/api.ts';

let folder: string;
let server: Server;
const socket = (): string => join(folder, 'api.sock');

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-api-'));
  server = createServer((request, response) => {
    if (request.url === '/refused') return void response.writeHead(403).end('no');
    if (request.url === '/slow') return;
    let body = '';
    request.on('data', (chunk: Buffer) => { body += chunk.toString('utf8'); });
    request.on('end', () => response.setHeader('warning', '299 - "careful"').end(JSON.stringify({ method: request.method, type: request.headers['content-type'], body })));
  });
  server.listen(socket());
  await once(server, 'listening');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a client of an API server behind a socket', () => {
  it('sends method, type and body, and tells status and warnings', async () => {
    const { status, body, warnings } = await createSocketApi(socket()).send('PATCH', '/api', { a: 1 }, 'application/merge-patch+json');
    expect({ status, warnings, ...JSON.parse(body) as object }).toEqual({ status: 200, warnings: ['299 - "careful"'], method: 'PATCH', type: 'application/merge-patch+json', body: '{"a":1}' });
  });

  it('tells a refusal with its status and text', async () => {
    const api = createSocketApi(socket());
    expect(await api.send('GET', '/refused')).toMatchObject({ status: 403, body: 'no' });
    await expect(api.get('/refused')).rejects.toThrow('GET /refused: expected status 200, got 403: no');
  });

  it('gives up on a server that says nothing', async () => {
    await expect(createSocketApi(socket(), 0.2).send('GET', '/slow')).rejects.toThrow('GET /slow: no answer in 0.2 s');
  });

  it('fails where nobody listens', async () => {
    await expect(createSocketApi(join(folder, 'other.sock')).send('GET', '/')).rejects.toThrow('ENOENT');
  });
});
