import { at, numberAt, textAt } from '../../values/fields.ts';
import type { Forge } from './forge.ts';

/** GitHub, and GitHub Enterprise on a server of one's own. */
export const github: Forge = {
  kind: 'github',
  name: 'GitHub',
  hosts: ['github.com'],
  permission: 'the repository permission "Administration: read and write" (fine-grained token or GitHub App), or the scope "repo" (classic token)',
  parts: { least: 2, most: 2 },
  apiOf: (host) => (host === 'github.com' || host.endsWith('.ghe.com') ? `https://api.${host}` : `https://${host}/api/v3`),
  headers: (token) => ({ accept: 'application/vnd.github+json', authorization: `Bearer ${token}`, 'x-github-api-version': '2022-11-28' }),
  keysPath: (repository) => `/repos/${repository.split('/').map(encodeURIComponent).join('/')}/keys`,
  pageQuery: (page) => `?per_page=100&page=${page}`,
  body: ({ title, publicKey }) => ({ title, key: publicKey, read_only: true }),
  keyOf(answer) {
    const [id, publicKey, readOnly] = [numberAt(answer, 'id'), textAt(answer, 'key'), at(answer, 'read_only')];
    return id === undefined || publicKey === undefined ? undefined : { id, publicKey, ...(typeof readOnly === 'boolean' && { mayWrite: !readOnly }) };
  },
  page: (host, repository) => `https://${host}/${repository}/settings/keys/new`,
};
