import { createHash } from 'node:crypto';
import { SlipwayError } from '../../values/errors.ts';
import { refusal, wordsOf, type Answer } from './answer.ts';
import { ask } from './ask.ts';
import type { ListedKey } from './forge.ts';
import { forges } from './forges.ts';
import type { RegistrationInputs, RegistrationOutcome, RegistrationRequest } from './request.ts';

/** Does what a request asks for. @throws SlipwayError whose texts never hold the token */
export async function manageDeployKey(request: RegistrationRequest): Promise<RegistrationOutcome> {
  try {
    return { title: titleOf(request), ...await manage(registrarOf(request), request) };
  } catch (error) {
    throw withoutToken(error, request.token);
  }
}

/**
 * Title of a cluster's key: it names the cluster, and ends in the beginning of the key's fingerprint, because Gitea wants titles to be
 * different and the next key is registered while this one is still there.
 */
export function titleOf({ cluster, publicKey }: Pick<RegistrationInputs, 'cluster' | 'publicKey'>): string {
  const [, blob = ''] = publicKey.split(/\s+/);
  return `slipway/${cluster} SHA256:${createHash('sha256').update(Buffer.from(blob, 'base64')).digest('base64').slice(0, 8)}`;
}

async function manage(registrar: Registrar, request: RegistrationRequest): Promise<Pick<RegistrationOutcome, 'keyId'>> {
  switch (request.action) {
    case 'register':
      return { keyId: await registrar.register() };
    case 'look':
      return await registrar.has(request.keyId) ? { keyId: request.keyId } : {};
    case 'ensure':
      return { keyId: await registrar.has(request.keyId) ? request.keyId : await registrar.register() };
    case 'remove':
      await registrar.remove(request.keyId);
      return {};
    default:
      return request satisfies never;
  }
}

interface Registrar {
  /** Registers the key, read-only. One that is there already, from a run whose outcome was lost, makes room for it. */
  register(): Promise<number>;
  /** Whether the key with this number is there, is ours, and may only read. */
  has(keyId: number): Promise<boolean>;
  /** Removes the key with this number; one that is gone is fine. */
  remove(keyId: number): Promise<void>;
}

function registrarOf(inputs: RegistrationInputs): Registrar {
  const { cluster, api, repository, publicKey, token } = inputs;
  const forge = forges[inputs.forge];
  const where = `the deploy key of ${cluster} at ${new URL(api).host}, ${repository}`;
  // A header would be refused with a message that shows it.
  if (!/^[\x21-\x7e]+$/.test(token)) throw SlipwayError.of(where, 'expected a token of visible characters without spaces, got another text (not shown)', 'pulumi config set --secret slipway:forgeToken');
  const keys = `${api}${forge.keysPath(repository)}`;
  const [headers, about] = [forge.headers(token), { where, forge, api, repository }];

  const list = async (): Promise<readonly ListedKey[]> => {
    const found = new Map<number, ListedKey>();
    // Forges cap the length of a page as they like, so that only a page with nothing new is surely the last.
    for (let page = 1; ; page++) {
      const answer = await ask({ where, method: 'GET', url: `${keys}${forge.pageQuery(page)}`, headers });
      const listed = listOf(answer);
      const before = found.size;
      for (const key of listed) found.set(key.id, key);
      if (found.size === before) return [...found.values()];
    }
  };
  const listOf = (answer: Answer): readonly ListedKey[] => {
    if (answer.status !== 200) throw refusal(about, answer);
    const listed = Array.isArray(answer.body) ? answer.body.map((each) => forge.keyOf(each)) : [undefined];
    if (listed.every((key) => key !== undefined)) return listed;
    throw SlipwayError.of(where, `expected a list of deploy keys at ${keys}, got ${Array.isArray(answer.body) ? 'a list of something else' : wordsOf(answer.body) || 'something else'}`, 'see that slipway:forge and slipway:forgeApi say which forge it is and where its API is');
  };
  const remove = async (keyId: number): Promise<void> => {
    const answer = await ask({ where, method: 'DELETE', url: `${keys}/${keyId}`, headers });
    if (answer.status >= 300 && answer.status !== 404) throw refusal(about, answer);
  };
  return {
    async register() {
      for (const key of await list()) if (isSame(key.publicKey, publicKey)) await remove(key.id);
      const answer = await ask({ where, method: 'POST', url: keys, headers, body: forge.body({ title: titleOf(inputs), publicKey }) });
      const made = answer.status === 200 || answer.status === 201 ? forge.keyOf(answer.body) : undefined;
      if (made === undefined) throw refusal(about, answer);
      return made.id;
    },
    async has(keyId) {
      return (await list()).some((key) => key.id === keyId && isSame(key.publicKey, publicKey) && key.mayWrite !== true);
    },
    remove,
  };
}

/** Whether two lines hold one key, whatever their comments say. */
function isSame(one: string, other: string): boolean {
  const material = (line: string): string => line.trim().split(/\s+/).slice(0, 2).join(' ');
  return material(one) === material(other);
}

/** An error in whose texts the token doesn't occur, even if a forge repeated it. */
function withoutToken(error: unknown, token: string): unknown {
  if (!(error instanceof SlipwayError) || token === '') return error;
  const clean = (text: string): string => text.replaceAll(token, '(hidden)');
  return new SlipwayError(error.problems.map(({ where, message, fix }) => ({ where: clean(where), message: clean(message), ...(fix !== undefined && { fix: clean(fix) }) })));
}
