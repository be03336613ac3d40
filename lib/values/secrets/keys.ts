/** What a name says about its value. */
export type KeyKind =
  /** It is a secret: a password, a token, a private key. */
  | 'secret'
  /** It may be one: an `auth`, a `key`, a `salt`. */
  | 'doubtful'
  /** It is long and looks random without being one: a commit, a digest, an identifier, a public key. */
  | 'identifier'
  /** Nothing. */
  | 'plain';

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

const secretWords = words('password passwords passwd pwd passphrase passcode secret secrets token apikey apisecret apitoken authtoken accesstoken privatekey secretkey credential credentials pass');
/** A word that ends like this is one too: `dbpassword`, `PGPASSWORD`. */
const secretEndings = /(?:password|passwd|passphrase|secret|apikey|privatekey|secretkey|authtoken|accesstoken|apitoken|bearertoken)$/;
const secretPairs = words('api.key private.key secret.key access.key account.key signing.key encryption.key master.key ssh.key deploy.key shared.key hmac.key crypto.key admin.key auth.key ingest.key license.key licence.key');
const doubtfulWords = words('auth authorization key keys salt dsn license licence session cookie bearer tokens jwt signature webhook');
/** After one of the words above these say that the value is about a secret and none itself. */
const about = words(`name names ref refs file files path paths dir directory mount url uri urls endpoint endpoints host port ttl expiry expire expires expiration timeout
  age lifetime length len size min max count limit limits type kind mode policy policies provider providers backend backends issuer audience audiences algorithm alg algo
  hasher hashers header headers prefix suffix format field fields param parameter cookie enabled disabled required rotation interval period version arn location store
  stores class engine manager validator validators encoding scheme scope scopes role namespace label region env var bucket rate template regex pattern hint help
  description page view route form placeholder reset rounds iterations strength user username login verify attempts retries window leeway grace per days hours minutes seconds
  review reviews source mechanism methods method domain domains model realm signin scanning authentication id ids plugin socket sock tool operator cache caches`);
/** Before one of the words above these say the same. */
const aboutBefore = words('existing pull max min num stop special page next sequence cancellation public publishable');
const identifierWords = words(`commit sha sha1 sha256 sha384 sha512 md5 hash hashes checksum checksums digest digests revision rev git etag fingerprint fingerprints thumbprint thumbprints version
  release tag build id ids uid uuid guid sid trace span public pub publishable cert certs certificate certificates crt ca integrity sri image images recipient recipients kid zone
  arn path file dir known`);

/** What a name says about its value. Only the part after a DNS prefix (`vault.hashicorp.com/role`) is read. */
export function keyKind(key: string): KeyKind {
  const parts = wordsOf(key.slice(key.lastIndexOf('/') + 1));
  const at = parts.findLastIndex((word, index) => isSecretWord(word, index, parts));
  if (at >= 0) return saysAbout(parts, at) ? 'plain' : 'secret';
  const doubtful = parts.findLastIndex((word) => doubtfulWords.has(word));
  if (doubtful >= 0 && !saysAbout(parts, doubtful) && !parts.slice(doubtful + 1).some((word) => identifierWords.has(word))) return 'doubtful';
  // A key's name before the slash counts where the part after it says nothing: `checksum/config`.
  return [...wordsOf(key)].some((word) => identifierWords.has(word)) ? 'identifier' : 'plain';
}

function isSecretWord(word: string, index: number, parts: readonly string[]): boolean {
  if (word === 'pass') return index === parts.length - 1;
  return secretWords.has(word) || secretEndings.test(word) || (index > 0 && secretPairs.has(`${parts[index - 1]}.${word}`));
}

function saysAbout(parts: readonly string[], at: number): boolean {
  // Vault's AppRole calls its password `secret_id`.
  if (parts[at] === 'secret' && parts[at + 1] === 'id') return false;
  return parts.slice(at + 1).some((word) => about.has(word)) || parts.slice(0, at).some((word) => aboutBefore.has(word));
}

/** The words of a name, whatever joins them: `dbPassword`, `DB_PASSWORD`, `db-password`. */
function wordsOf(key: string): string[] {
  const spaced = /[a-z]/.test(key) && /[A-Z]/.test(key) ? key.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2') : key;
  return spaced.toLowerCase().split(/[^a-z0-9]+/).filter((word) => word !== '');
}
