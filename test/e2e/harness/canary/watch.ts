import { readFile } from 'node:fs/promises';
import { request } from 'node:https';
import { createInterface } from 'node:readline';
import type { Plane } from '../../../../lib/control-plane/plane.ts';
import { waitFor } from '../../../../lib/control-plane/process.ts';

/** What follows the changes of a collection. */
export interface Watch {
  /** @throws when it no longer does */
  check(): void;
  stop(): void;
}

/** The part of a plane's kubeconfig that we read. */
interface Config {
  readonly clusters: readonly [{ readonly cluster: { readonly 'certificate-authority-data': string } }];
  readonly users: readonly [{ readonly user: { readonly 'client-certificate-data': string; readonly 'client-key-data': string } }];
}

/**
 * Follows a collection: first what is there, then every change, so that nothing between two looks is missed.
 *
 * @param path such as `/apis/argoproj.io/v1alpha1/rollouts`
 * @param gone is told of objects that are no longer there, as they were last
 */
export async function watchObjects<T>(plane: Plane, path: string, tell: (object: T) => void, gone?: (object: T) => void): Promise<Watch> {
  const { clusters, users } = JSON.parse(await readFile(plane.kubeconfig, 'utf8')) as Config;
  const pem = (base64: string): Buffer => Buffer.from(base64, 'base64');
  const { user } = users[0];
  const credentials = { ca: pem(clusters[0].cluster['certificate-authority-data']), cert: pem(user['client-certificate-data']), key: pem(user['client-key-data']) };
  let failure: Error | undefined;
  let stopped = false;
  const fail = (message: string): void => {
    if (!stopped) failure ??= new Error(`watching ${path}: ${message}`);
  };
  // Right after its definition a kind isn't served yet.
  await waitFor(`${path} to be served`, async () => ((await plane.api.send('GET', path)).status === 200 ? true : undefined), { seconds: 240, programs: [] });
  const call = request(new URL(`${path}?watch=true&timeoutSeconds=7200`, plane.server), { ...credentials, agent: false, headers: { accept: 'application/json' } }, (response) => {
    if (response.statusCode !== 200) return fail(`expected status 200, got ${response.statusCode}`);
    const lines = createInterface({ input: response }).on('line', (line) => {
      const { type, object } = JSON.parse(line) as { readonly type: string; readonly object: T };
      if (type === 'ERROR') fail(line);
      else if (type === 'DELETED') gone?.(object);
      else tell(object);
    });
    for (const stream of [lines, response]) stream.on('error', (error: Error) => fail(error.message));
    response.on('end', () => fail('the server ended it'));
  });
  call.on('error', (error) => fail(error.message)).end();
  return {
    check() {
      if (failure !== undefined) throw failure;
    },
    stop() {
      stopped = true;
      call.destroy();
    },
  };
}
