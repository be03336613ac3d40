import { SlipwayError } from '../../values/errors.ts';
import { at, isFields, listAt, textAt } from '../../values/fields.ts';
import type { Forge } from './forge.ts';

/** What a forge answered. */
export interface Answer {
  readonly status: number;
  /** As data; a text that isn't JSON stays a text. */
  readonly body: unknown;
  /** Whether the forge refuses because of too many requests. */
  readonly limited: boolean;
}

/** What an error has to say besides the answer. */
export interface AskedFor {
  /** Where the problem is: the key and its repository. */
  readonly where: string;
  readonly forge: Forge;
  readonly api: string;
  readonly repository: string;
}

const setToken = 'pulumi config set --secret slipway:forgeToken';

/** The error that an answer means, in words that say what to do. */
export function refusal({ where, forge, api, repository }: AskedFor, { status, body, limited }: Answer): SlipwayError {
  const said = wordsOf(body);
  const got = `got HTTP ${status}${said === '' ? '' : `: ${said}`}`;
  const problem = (message: string, fix: string): SlipwayError => SlipwayError.of(where, `${message}, ${got}`, fix);
  if (limited) return problem(`expected ${forge.name} to answer now`, 'it limits how often it is asked: wait as long as it says, and run pulumi up again');
  switch (status) {
    case 401:
      return problem(`expected a token that ${forge.name} takes`, `give one that is valid and has ${forge.permission}: ${setToken}, and pulumi up. What is removed is removed by the token of the last pulumi up: where that one is gone, remove the key at ${forge.name} by hand, then pulumi state delete`);
    case 403:
      return problem(`expected a token that may manage the deploy keys of ${repository}`, `give one with ${forge.permission}: ${setToken}; where an organisation forbids deploy keys, its owner has to allow them`);
    case 404:
      return problem(`expected the repository ${repository} at ${api}`, `either it isn't there, or the token may not see it: compare with the runtime repo's URL, and see that the token has ${forge.permission}`);
    case 400:
    case 409:
    case 422:
      if (/already|been (taken|used)|in use|same name/i.test(said)) return problem(`expected a key that is used nowhere else at ${forge.name}`, 'remove it where it is in use (another repository, or somebody\'s own keys), or make another key: pulumi up --replace with the URN of the deploy key');
      return problem(`expected ${forge.name} to take the key`, 'mend what it says, and run pulumi up again');
    default:
      return problem(`expected an answer of ${forge.name}'s API at ${api}`, status >= 500 ? 'it has a problem of its own: run pulumi up again later' : 'see that slipway:forge and slipway:forgeApi say which forge it is and where its API is');
  }
}

/** What a forge says in its own words: one line, and never the whole of a web page. */
export function wordsOf(body: unknown): string {
  const texts = typeof body === 'string' ? [/^\s*</.test(body) ? 'a web page' : body] : [...saidIn(at(body, 'message')), ...listAt(body, 'errors').flatMap((each) => saidIn(isFields(each) ? textAt(each, 'message') ?? textAt(each, 'code') : each)), ...saidIn(at(body, 'error')), ...saidIn(at(body, 'error_description'))];
  return texts.map((text) => text.replace(/\s+/g, ' ').trim()).filter((text) => text !== '').join('; ').slice(0, 300);
}

/** GitLab's messages are texts, lists of texts, or lists by the field that they are about. */
function saidIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(saidIn);
  if (isFields(value)) return Object.entries(value).flatMap(([name, inner]) => saidIn(inner).map((text) => `${name} ${text}`));
  return [];
}
