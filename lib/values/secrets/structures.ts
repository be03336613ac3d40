import { isMixed } from './randomness.ts';
import { standsForSecret } from './stand-ins.ts';

/** A secret that is known by what stands around it. */
interface Structure {
  readonly what: string;
  /** A text that every one of them holds: looked for before the expression is run. */
  readonly hint: string;
  readonly pattern: RegExp;
  /** Which group is the secret; it is judged, so that a variable in its place isn't refused. @default - the match is enough */
  readonly secret?: number;
}

const structures: readonly Structure[] = [
  { what: 'a private key (PEM)', hint: 'PRIVATE KEY', pattern: /-----? ?BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)? ?-----?(?!\.\*)/ },
  { what: 'a PuTTY private key', hint: 'PuTTY-User-Key', pattern: /PuTTY-User-Key-File-\d/ },
  { what: 'a private JSON web key', hint: '"kty"', pattern: /"(?:d|k)"\s*:\s*"([A-Za-z0-9_-]{16,})"/, secret: 1 },
  { what: 'a JSON web token', hint: 'eyJ', pattern: /\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{8,}/ },
  { what: 'an Azure key in a connection string', hint: 'Key=', pattern: /(?:AccountKey|SharedAccessKey)=([A-Za-z0-9+/=]{20,})/, secret: 1 },
  { what: 'a signed Azure URL', hint: 'sig=', pattern: /[?&]sig=([A-Za-z0-9%+/=_-]{20,})/, secret: 1 },
  { what: 'an Azure client secret', hint: 'Q~', pattern: /(?:^|[^A-Za-z0-9_~.-])[A-Za-z0-9_~.-]{3}\dQ~([A-Za-z0-9_~.-]{31,34})(?![A-Za-z0-9_~.-])/, secret: 1 },
  { what: 'an Azure registry password', hint: '+ACR', pattern: /[A-Za-z0-9+/]{42}\+ACR[A-Za-z0-9]{6}/ },
  { what: 'an Azure function key', hint: 'AzFu', pattern: /[A-Za-z0-9_-]{40,}AzFu[A-Za-z0-9_-]{4}={0,2}/ },
  { what: 'an OpenAI key', hint: 'T3BlbkFJ', pattern: /[A-Za-z0-9_-]{20,}T3BlbkFJ[A-Za-z0-9_-]{20,}/ },
  { what: 'a Terraform Cloud token', hint: '.atlasv1.', pattern: /[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_-]{60,}/ },
  { what: 'a New Relic licence key', hint: 'NRAL', pattern: /\b[a-f0-9x]{36}NRAL\b|\b(?:eu|us)01xx[a-f0-9]{30}NRAL\b/ },
  { what: 'a Mailchimp key', hint: '-us', pattern: /\b[0-9a-f]{32}-us\d{1,2}\b/ },
  { what: 'a Firebase server key', hint: ':APA91b', pattern: /[A-Za-z0-9_-]{7,}:APA91b[A-Za-z0-9_-]{100,}/ },
  { what: 'a Slack webhook', hint: 'hooks.slack.com/', pattern: /hooks\.slack\.com\/(?:services|workflows|triggers)\/(T?[A-Za-z0-9]+\/\S{10,})/, secret: 1 },
  { what: 'a Teams webhook', hint: '/webhook', pattern: /\.office\.com\/webhook(?:b2)?\/([0-9a-f-]{36}@\S+)/, secret: 1 },
  { what: 'a Discord webhook', hint: '/api/webhooks/', pattern: /discord(?:app)?\.com\/api\/webhooks\/(\d{10,}\/[\w-]{40,})/, secret: 1 },
  { what: 'a Zapier webhook', hint: 'hooks.zapier.com/', pattern: /hooks\.zapier\.com\/hooks\/catch\/(\d+\/\w+)/, secret: 1 },
  { what: 'a Discord bot token', hint: '.', pattern: /(?:^|[^\w.-])[MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,40}(?![\w.-])/ },
  { what: 'a Telegram bot token', hint: ':AA', pattern: /(?:^|[^0-9])\d{8,10}:AA[A-Za-z0-9_-]{32,34}(?![A-Za-z0-9_-])/ },
  { what: 'an Asana token', hint: '1/', pattern: /\b1\/\d{13,}:[0-9a-f]{32}\b/ },
  { what: 'a password hash', hint: '$', pattern: /\$(?:2[aby]\$\d\d\$[./A-Za-z0-9]{53}|argon2(?:id?|d)\$\S{20,}|[156y]\$[^\s$]+\$[./A-Za-z0-9]{22,}|apr1\$[^\s$]+\$[./A-Za-z0-9]{22})/ },
  { what: 'basic credentials', hint: 'asic ', pattern: /\b[Bb]asic ([A-Za-z0-9+/_-]{12,}={0,2})(?![A-Za-z0-9+/_=-])/, secret: 1 },
  { what: 'a bearer token', hint: 'earer ', pattern: /\b[Bb]earer ([A-Za-z0-9._~+/-]{16,}=*)/, secret: 1 },
  { what: 'a key in a header', hint: '-', pattern: /\bx-[a-z-]*(?:key|token|secret|auth)\s*:\s*([^\s"',;]{8,})/i, secret: 1 },
  { what: 'credentials for curl', hint: 'curl ', pattern: /\bcurl\b[^\n]*?\s(?:-u|--user)[ =]["']?[\w.@-]+:([^\s"']{2,})/, secret: 1 },
  { what: 'an npm registry token', hint: ':_auth', pattern: /:_(?:authToken|auth|password)\s*=\s*"?([^\s"$]{8,})/, secret: 1 },
  { what: 'a password in a .netrc line', hint: 'machine ', pattern: /\bmachine\s+\S+\s+login\s+\S+\s+password\s+(\S+)/, secret: 1 },
  { what: 'a key in a kubeconfig', hint: 'client-key-data', pattern: /client-key-data"?\s*:\s*"?([A-Za-z0-9+/=]{20,})/, secret: 1 },
  { what: 'the password of a .pgpass line', hint: ':', pattern: /^(?:[\w.-]+|\*):(?:\d{2,5}|\*):(?:[\w-]+|\*):(?:[\w-]+|\*):([^\s:]{4,})$/m, secret: 1 },
];

/** The kind of the first secret in a text that is known by what stands around it. */
export function knownStructure(text: string): string | undefined {
  for (const structure of structures) {
    if (!text.includes(structure.hint)) continue;
    const match = structure.pattern.exec(text);
    if (match === null) continue;
    const secret = structure.secret === undefined ? undefined : match[structure.secret];
    if (secret === undefined || (!standsForSecret(secret) && !isWordOfProse(secret))) return structure.what;
  }
  return passwordInUrl(text);
}

const userinfo = /[a-z][a-z0-9+.-]*:\/\/([^\s/?#@"'<>]*):([^\s/?#"'<>]*)@(?=[^\s])/gi;
const lonelyUser = /https?:\/\/([A-Za-z0-9_.-]{20,})@([\w.-]+)/g;

function passwordInUrl(text: string): string | undefined {
  if (!text.includes('://') || !text.includes('@')) return undefined;
  for (const [, , password = ''] of text.matchAll(userinfo)) {
    if (!standsForSecret(password) || /^\d+$/.test(password)) return 'a URL with a password';
  }
  for (const [, user = '', host = ''] of text.matchAll(lonelyUser)) {
    // Sentry's DSN carries its public key there.
    if (isMixed(user) && /[0-9]/.test(user) && !/sentry|ingest/.test(host)) return 'a URL with a token';
  }
  return undefined;
}

/** A word such as `authentication` after "Bearer". */
function isWordOfProse(text: string): boolean {
  return /^[A-Za-z]?[a-z]+(?:[-_][a-z]+)*[.,]?$/.test(text) && text.length < 24;
}
