import { ApiException, KubeConfig, KubernetesObjectApi, PatchStrategy, type KubernetesObject } from '@kubernetes/client-node';
import { SlipwayError } from '../../values/errors.ts';
import type { ApiServer } from './api-server.ts';

/** Connects to the cluster of a kubeconfig's current context. The kubeconfig stays in memory. */
export function connect(kubeconfig: string): ApiServer {
  const config = new KubeConfig();
  try {
    config.loadFromString(kubeconfig);
  } catch (error) {
    throw new SlipwayError([{ where: 'kubeconfig', message: `can't be read: ${reasonOf(error)}`, fix: 'give a kubeconfig as kubectl takes it' }]);
  }
  // What a server serves is remembered for as long as a client lives: after new definitions another one is needed.
  let client = KubernetesObjectApi.makeApiClient(config);
  const served = async <T>(ask: (api: KubernetesObjectApi) => Promise<T>): Promise<T> => {
    try {
      return await ask(client);
    } catch (error) {
      if (!isUnknownKind(error)) throw error;
      client = KubernetesObjectApi.makeApiClient(config);
      return await ask(client);
    }
  };
  return {
    async apply(object, fieldManager) {
      const name = object.metadata?.name ?? '';
      const spec = { ...object, metadata: { ...object.metadata, name } } as unknown as KubernetesObject & { metadata: { name: string; namespace: string } };
      try {
        await served((api) => api.patch(spec, undefined, undefined, fieldManager, true, PatchStrategy.ServerSideApply));
      } catch (error) {
        throw SlipwayError.of(`${object.kind} ${name}`, `can't be applied: ${reasonOf(error)}`);
      }
    },
    find: ({ apiVersion, kind, name, namespace }) => absent(() => served((api) => api.read({ apiVersion, kind, metadata: { name, namespace: namespace ?? '' } }))),
    async list(apiVersion, kind) {
      const found = await absent(() => served((api) => api.list(apiVersion, kind)));
      return found?.items ?? [];
    },
  };
}

function isUnknownKind(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('Unrecognized API version and kind');
}

/** What isn't there, or of a kind that the server doesn't serve, is undefined. */
async function absent<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if ((error instanceof ApiException && error.code === 404) || isUnknownKind(error)) return undefined;
    throw SlipwayError.of('the API server', reasonOf(error));
  }
}

/** What went wrong, without the headers of the answer: they may tell more than a log should have. */
function reasonOf(error: unknown): string {
  if (error instanceof ApiException) {
    const body: unknown = typeof error.body === 'string' ? messageIn(error.body) : (error.body as { readonly message?: unknown } | undefined)?.message;
    return `HTTP ${error.code}${typeof body === 'string' ? `: ${body}` : ''}`;
  }
  return error instanceof Error ? error.message : String(error);
}

function messageIn(body: string): unknown {
  try {
    return (JSON.parse(body) as { readonly message?: unknown }).message;
  } catch {
    return body.slice(0, 300);
  }
}
