import type { DeployKey } from 'gitea-js';
import { at, textAt } from '../../../lib/values/fields.ts';
import type { Answered, KeptKey, PlayedKind } from './played-forge.ts';

/** Only the repository's owner is told whether a key may write; the others, and whoever makes one, hear `false` and no repository. */
const shown = ({ id, key, title, readOnly }: KeptKey, toOwner: boolean): DeployKey => ({
  id, key_id: id + 1000, key: key.split(' ').slice(0, 2).join(' '), title, fingerprint: 'SHA256:x', created_at: '2026-01-01T00:00:00Z', url: `https://gitea.example/api/v1/repos/acme/runtime/keys/${id}`,
  ...(toOwner ? { read_only: readOnly, repository: { id: 1, full_name: 'acme/runtime' } } : { read_only: false }),
});

const invalid = (message: string): Answered => ({ status: 422, body: { message, url: 'https://gitea.example/api/swagger' } });

/** Gitea and Forgejo: titles are different within a repository, and pages are as long as the server likes. */
export const playedGitea: PlayedKind = {
  base: '/api/v1',
  tokenOf: ({ authorization }) => /^(?:token|bearer) (.+)$/i.exec(authorization ?? '')?.[1],
  keys: /^\/repos\/([^/]+\/[^/]+)\/keys(?:\/(\d+))?$/,
  pageLimit: 30,
  shown,
  take(body, kept, elsewhere) {
    const [key, title] = [textAt(body, 'key'), textAt(body, 'title')];
    if (key === undefined || title === undefined) return invalid('[Title]: Required');
    const isSame = (other: string): boolean => other.split(' ')[1] === key.split(' ')[1];
    if (kept.some((each) => isSame(each.key))) return invalid('This key has already been added to this repository');
    if (elsewhere.some(isSame)) return invalid('Key content has been used as non-deploy key');
    if (kept.some((each) => each.title === title)) return invalid('A key with the same name already exists');
    return { title, key, readOnly: at(body, 'read_only') === true };
  },
  refused: (_, message) => ({ message, url: 'https://gitea.example/api/swagger' }),
};
