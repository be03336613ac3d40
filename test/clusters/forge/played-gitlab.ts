import type { DeployKeySchema } from '@gitbeaker/rest';
import { at, textAt } from '../../../lib/values/fields.ts';
import type { KeptKey, PlayedKind } from './played-forge.ts';

const shown = ({ id, key, title, readOnly }: KeptKey): DeployKeySchema => ({ id, key, title, can_push: !readOnly, created_at: '2026-01-01T00:00:00.000Z', fingerprint: 'aa:bb', fingerprint_sha256: 'SHA256:x' });

/** GitLab: a key that the project has already is answered as if it had been made, without a change. */
export const playedGitLab: PlayedKind = {
  base: '/api/v4',
  tokenOf: (headers) => [headers['private-token']].flat()[0] ?? /^bearer (.+)$/i.exec(headers.authorization ?? '')?.[1],
  keys: /^\/projects\/([^/]+)\/deploy_keys(?:\/(\d+))?$/,
  pageLimit: 100,
  shown,
  take(body, kept, elsewhere) {
    const [key, title] = [textAt(body, 'key'), textAt(body, 'title')];
    if (key === undefined || title === undefined) return { status: 400, body: { error: [...(key === undefined ? ['key is missing'] : []), ...(title === undefined ? ['title is missing'] : [])].join(', ') } };
    const same = kept.find((each) => each.key === key);
    if (same !== undefined) return { status: 201, body: shown(same) };
    if (elsewhere.some((each) => each.split(' ')[1] === key.split(' ')[1])) return { status: 400, body: { message: { 'deploy_key.fingerprint_sha256': ['has already been taken'] } } };
    return { title, key, readOnly: at(body, 'can_push') !== true };
  },
  refused: (status, message) => (status === 403 ? { message: `403 ${message}` } : { message: `${status} ${message}` }),
};
