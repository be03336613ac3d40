import { Gitlab } from '@gitbeaker/rest';
import { request } from '@octokit/request';
import { giteaApi } from 'gitea-js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { forges } from '../../../lib/clusters/forge/forges.ts';
import { manageDeployKey, titleOf } from '../../../lib/clusters/forge/registration.ts';
import { playedRepository, playForge, type Heard, type PlayedForge } from './played-forge.ts';

const publicKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl slipway-prod-eu';
const title = titleOf({ cluster: 'prod-eu', publicKey });
const token = 'the-token';

/** The forge's own client, which knows its paths, bodies and answers from the forge's published description. */
interface Client {
  /** Registers the key to read only, and tells its number. */
  make(): Promise<number | undefined>;
  /** What it reads of the first page of the list. */
  list(): Promise<readonly { readonly id: number | undefined; readonly title: string | undefined }[]>;
  remove(id: number): Promise<unknown>;
}

const clients: Readonly<Record<keyof typeof forges, (forge: PlayedForge) => Client>> = {
  github(forge) {
    const own = request.defaults({ baseUrl: forge.api, headers: { authorization: `token ${token}` } });
    const at = { owner: 'acme', repo: 'runtime' };
    return {
      make: async () => (await own('POST /repos/{owner}/{repo}/keys', { ...at, title, key: publicKey, read_only: true })).data.id,
      list: async () => (await own('GET /repos/{owner}/{repo}/keys', { ...at, per_page: 100, page: 1 })).data,
      remove: (id) => own('DELETE /repos/{owner}/{repo}/keys/{key_id}', { ...at, key_id: id }),
    };
  },
  gitlab(forge) {
    const own = new Gitlab({ host: forge.origin, token });
    return {
      make: async () => (await own.DeployKeys.create(playedRepository.gitlab, title, publicKey, { canPush: false })).id,
      list: () => own.DeployKeys.all({ projectId: playedRepository.gitlab, perPage: 100, page: 1 }),
      remove: (id) => own.DeployKeys.remove(playedRepository.gitlab, id),
    };
  },
  gitea(forge) {
    const own = giteaApi(forge.origin, { token }).repos;
    return {
      make: async () => (await own.repoCreateKey('acme', 'runtime', { title, key: publicKey, read_only: true })).data.id,
      list: async () => (await own.repoListKeys('acme', 'runtime', { limit: 50, page: 1 })).data.map((key) => ({ id: key.id, title: key.title })),
      remove: (id) => own.repoDeleteKey('acme', 'runtime', id),
    };
  },
};

describe.each(['gitea', 'github', 'gitlab'] as const)('what is asked of %s', (kind) => {
  let forge: PlayedForge;
  let client: Client;
  const inputs = (): Parameters<typeof manageDeployKey>[0] => ({ cluster: 'prod-eu', forge: kind, api: forge.api, repository: playedRepository[kind], publicKey, token, action: 'register' });
  /** The first request of a method, with its query in order and without a key's number. */
  const asked = (method: string): Pick<Heard, 'body' | 'path'> & { readonly query: readonly (readonly string[])[] } => {
    const { body, path } = forge.heard.find((each) => each.method === method)!;
    const [before = '', query] = path.split('?');
    return { path: before.replace(/\/\d+$/, '/ID'), query: [...new URLSearchParams(query)].sort(), body: body ?? {} };
  };
  beforeEach(async () => {
    forge = await playForge(kind);
    forge.tokens = { [token]: 'manage' };
    client = clients[kind](forge);
  });
  afterEach(() => forge.stop());

  it('is what its own client asks: method, path, query and body', async () => {
    const made = await client.make();
    await client.list();
    await client.remove(made ?? 0);
    const theirs = ['POST', 'GET', 'DELETE'].map(asked);
    forge.heard.length = 0;
    const { keyId = 0 } = await manageDeployKey(inputs());
    await manageDeployKey({ ...inputs(), action: 'remove', keyId });
    expect(['POST', 'GET', 'DELETE'].map(asked)).toEqual(theirs);
  });

  it('is found by its own client, and what that registered is ours', async () => {
    const { keyId } = await manageDeployKey(inputs());
    expect((await client.list()).map((key) => ({ id: key.id, title: key.title }))).toEqual([{ id: keyId, title }]);
    await client.remove(keyId ?? 0);
    const made = await client.make();
    expect(await manageDeployKey({ ...inputs(), action: 'look', keyId: made ?? 0 })).toEqual({ keyId: made, title });
  });
});
