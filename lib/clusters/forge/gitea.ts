import { at, isFields, numberAt, textAt } from '../../values/fields.ts';
import type { Forge } from './forge.ts';

/** Gitea and Forgejo, such as Codeberg. */
export const gitea: Forge = {
  kind: 'gitea',
  name: 'Gitea',
  hosts: ['codeberg.org', 'gitea.com'],
  permission: 'the scope "write:repository" of somebody who administers the repository',
  parts: { least: 2, most: 2 },
  apiOf: (host) => `https://${host}/api/v1`,
  headers: (token) => ({ accept: 'application/json', authorization: `token ${token}` }),
  keysPath: (repository) => `/repos/${repository.split('/').map(encodeURIComponent).join('/')}/keys`,
  pageQuery: (page) => `?limit=50&page=${page}`,
  body: ({ title, publicKey }) => ({ title, key: publicKey, read_only: true }),
  keyOf(answer) {
    const [id, publicKey, readOnly] = [numberAt(answer, 'id'), textAt(answer, 'key'), at(answer, 'read_only')];
    if (id === undefined || publicKey === undefined) return undefined;
    // It says `read_only: false` to whoever may not know; only to the others it names the repository as well.
    return { id, publicKey, ...(typeof readOnly === 'boolean' && isFields(at(answer, 'repository')) && { mayWrite: !readOnly }) };
  },
  page: (host, repository) => `https://${host}/${repository}/settings/keys`,
};
