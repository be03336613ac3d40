import { request } from '@octokit/request';
import { isFields, textAt } from '../../../lib/values/fields.ts';
import type { KeptKey, PlayedKind } from './played-forge.ts';

/** What GitHub's own description of its API says of a deploy key's answer, and of the body that makes one. */
type Made = Awaited<ReturnType<typeof make>>['data'];
const make = (): ReturnType<typeof request<'POST /repos/{owner}/{repo}/keys'>> => request('POST /repos/{owner}/{repo}/keys', { owner: '', repo: '', key: '' });

const shown = ({ id, key, title, readOnly }: KeptKey): Made => ({
  // GitHub keeps the key without its comment.
  id, key: key.split(' ').slice(0, 2).join(' '), title, read_only: readOnly, verified: true,
  url: `https://api.github.com/repos/acme/runtime/keys/${id}`, created_at: '2026-01-01T00:00:00Z', added_by: 'octocat', last_used: null, enabled: true,
});

const invalid = (message: string): { readonly status: 422; readonly body: unknown } => ({ status: 422, body: { message: 'Validation Failed', errors: [{ resource: 'PublicKey', code: 'custom', field: 'key', message }], documentation_url: 'https://docs.github.com/rest' } });

/** GitHub: a key is in use once, at one repository; titles may be the same. */
export const playedGitHub: PlayedKind = {
  base: '/api/v3',
  tokenOf: ({ authorization }) => /^(?:bearer|token) (.+)$/i.exec(authorization ?? '')?.[1],
  keys: /^\/repos\/([^/]+\/[^/]+)\/keys(?:\/(\d+))?$/,
  pageLimit: 100,
  shown,
  take(body, kept, elsewhere) {
    const [key, title] = [textAt(body, 'key'), textAt(body, 'title') ?? ''];
    if (key === undefined || !/^ssh-(ed25519|rsa) \S+/.test(key)) return invalid('key is invalid. You must supply a key in OpenSSH public key format');
    const material = key.split(' ')[1];
    if ([...kept.map((each) => each.key), ...elsewhere].some((each) => each.split(' ')[1] === material)) return invalid('key is already in use');
    return { title, key, readOnly: isFields(body) && body['read_only'] === true };
  },
  refused: (status, message) => ({ message, documentation_url: 'https://docs.github.com/rest', status: String(status) }),
};
