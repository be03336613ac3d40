import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dump } from 'js-yaml';

/** A stand-in for an API server: the objects that it lists, and who asked for what. */
export interface ApiDouble {
  readonly kubeconfig: string;
  /** Method and path of every request, in order. */
  readonly requests: readonly string[];
  stop(): Promise<void>;
}

const plural = (kind: string): string => (kind === 'Ingress' ? 'ingresses' : `${kind.toLowerCase()}s`);

/**
 * Listens on 127.0.0.1 without TLS, which the client takes where TLS would be checked by nobody, and asks for the token of its kubeconfig.
 *
 * @param objects by `apiVersion kind`; a kind that isn't there isn't served
 */
export async function startApiDouble(objects: Readonly<Record<string, readonly unknown[]>>, token = 'the-token'): Promise<ApiDouble> {
  const requests: string[] = [];
  const served = Object.entries(objects).map(([name, items]) => ({ base: name.split(' ')[0]!, kind: name.split(' ')[1]!, items }));
  const pathOf = (apiVersion: string): string => (apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`);
  const answer = (path: string): unknown => {
    const kinds = served.filter(({ base }) => path === pathOf(base));
    if (kinds.length > 0) return { resources: kinds.map(({ kind }) => ({ kind, name: plural(kind), namespaced: true })) };
    const list = served.find(({ base, kind }) => path === `${pathOf(base)}/${plural(kind)}`);
    return list === undefined ? undefined : { items: list.items };
  };
  const server: Server = createServer((request, response) => {
    requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
    const body = request.headers.authorization === `Bearer ${token}` ? answer(request.url ?? '') : { message: 'Unauthorized' };
    response.writeHead(request.headers.authorization === `Bearer ${token}` ? (body === undefined ? 404 : 200) : 401, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body ?? { message: 'not found' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const kubeconfig = dump({
    apiVersion: 'v1', kind: 'Config', 'current-context': 'x',
    clusters: [{ name: 'x', cluster: { server: `http://127.0.0.1:${port}`, 'insecure-skip-tls-verify': true } }],
    contexts: [{ name: 'x', context: { cluster: 'x', user: 'x' } }],
    users: [{ name: 'x', user: { token } }],
  });
  return {
    kubeconfig,
    requests,
    stop: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
  };
}
