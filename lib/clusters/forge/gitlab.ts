import { at, numberAt, textAt } from '../../values/fields.ts';
import type { Forge } from './forge.ts';

/** GitLab, there and on a server of one's own. */
export const gitlab: Forge = {
  kind: 'gitlab',
  name: 'GitLab',
  hosts: ['gitlab.com'],
  permission: 'the scope "api" of somebody who is at least Maintainer of the project; a project access token will do',
  parts: { least: 2 },
  apiOf: (host) => `https://${host}/api/v4`,
  headers: (token) => ({ accept: 'application/json', 'private-token': token }),
  keysPath: (repository) => `/projects/${encodeURIComponent(repository)}/deploy_keys`,
  pageQuery: (page) => `?per_page=100&page=${page}`,
  body: ({ title, publicKey }) => ({ title, key: publicKey, can_push: false }),
  keyOf(answer) {
    const [id, publicKey, canPush] = [numberAt(answer, 'id'), textAt(answer, 'key'), at(answer, 'can_push')];
    return id === undefined || publicKey === undefined ? undefined : { id, publicKey, ...(typeof canPush === 'boolean' && { mayWrite: canPush }) };
  },
  page: (host, repository) => `https://${host}/${repository}/-/settings/repository#js-deploy-keys-settings`,
};
