import { assignedSecret } from './secrets/assignments.ts';
import { readableBase64 } from './secrets/encodings.ts';
import { keyKind, type KeyKind } from './secrets/keys.ts';
import { withoutHarmless } from './secrets/masks.ts';
import { isRandom, randomRun } from './secrets/randomness.ts';
import { isObjectNames, standsForSecret } from './secrets/stand-ins.ts';
import { knownStructure } from './secrets/structures.ts';
import { knownToken } from './secrets/token-shapes.ts';
import { shown } from './shown.ts';

/** A literal that looks like a secret. */
export interface SecretLiteral {
  /** Why, without a character of the value: `the value has the shape of a GitHub token`. */
  readonly reason: string;
}

/** Longer runs are data: a picture, an archive, a model. */
const longestKey = 2000;

/**
 * Whether the value of an environment variable, a config entry, an annotation or the like looks like a secret that should be referred to
 * and not written: by its name (`DB_PASSWORD`), by the shape of a known token, key or URL with a password anywhere in it, by a setting inside a
 * configuration text, or because it looks drawn at random. References (`$(VAR)`, a path, a place in a secret store), switches and numbers are no
 * secrets, nor are digests, UUIDs, commits in their context, image references, certificates and public keys.
 */
export function findSecretLiteral(key: string, value: string): SecretLiteral | undefined {
  const kind = keyKind(key);
  const why = byName(kind, key, value) ?? byContent(kind, value, true);
  return why === undefined ? undefined : { reason: why };
}

function byName(kind: KeyKind, key: string, value: string): string | undefined {
  if (kind === 'secret') {
    if (standsForSecret(value) || (key.includes('/') && isObjectNames(value))) return undefined;
    return 'its name says that it is a secret';
  }
  if (kind === 'doubtful') {
    const looksGiven = /(?:^|[^a-z])auth$/i.test(key) && /^[\w.@-]+:(?!\d+$)[^\s/$:{]{4,}$/.test(value);
    const looksKey = /^[A-Za-z0-9+/=_-]{16,}$/.test(value) && isRandom(value, 14) && !standsForSecret(value);
    if (looksGiven || looksKey) return 'its name says that it may be a secret, and it looks like one';
  }
  return undefined;
}

function byContent(kind: KeyKind, value: string, decode: boolean): string | undefined {
  if (value.length < 8) return undefined;
  const shape = knownToken(value) ?? knownStructure(value);
  if (shape !== undefined) return `the value has the shape of ${shape}`;
  const setting = assignedSecret(value);
  if (setting !== undefined) return `the value sets ${shown(setting)}, which its name says is a secret`;
  // Nothing in words alone is encoded or random.
  if (randomRun(value, 0) === undefined) return undefined;
  return inBase64(value, decode) ?? (kind === 'identifier' ? undefined : byRandomness(value));
}

/** A secret inside base64, such as a key for a Secret's `data` or the `auth` of a Docker config. */
function inBase64(value: string, decode: boolean): string | undefined {
  if (!decode) return undefined;
  for (const { run, text } of readableBase64(value)) {
    const isAuth = new RegExp(`auth"?\\s*[:=]\\s*"?${run.replace(/[+/]/g, '\\$&').slice(0, 200)}`, 'i').test(value);
    if (isAuth && /^[^\s:]+:.{4,}$/.test(text)) return 'the value holds a user and a password in base64';
    const why = byContent('plain', text, false);
    if (why !== undefined) return `in base64, ${why}`;
  }
  return undefined;
}

function byRandomness(value: string): string | undefined {
  if (randomRun(value) === undefined) return undefined;
  const readable = readableBase64(value).reduce((rest, { run }) => rest.replaceAll(run, ' '), value);
  const run = randomRun(withoutHarmless(readable));
  if (run === undefined || run.length > longestKey) return undefined;
  return `the value looks random (${run.length} characters in a row)`;
}
