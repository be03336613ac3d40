import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { seeded, type Seeded } from './seeded.ts';

const schema = z.strictObject({
  families: z.array(z.strictObject({ family: z.string(), keys: z.array(z.string()), values: z.array(z.string()) })),
  pairs: z.array(z.tuple([z.string(), z.string()])),
});

/** Harmless values written down, each with the names that it has. */
export const writtenHarmless = schema.parse(JSON.parse(readFileSync(new URL('corpus/harmless.json', import.meta.url), 'utf8')));

const nouns = `account address alert analytics archive asset audit basket batch billing branch bucket budget cache calendar campaign catalogue category channel checkout
  cluster comment company config contact content contract coupon currency customer dashboard delivery deployment discount document domain election endpoint engine event
  export feature feedback folder gateway inventory invoice journal language ledger library location logger machine manager market member message metric migration
  monitor network notification offer operator order package partner payment permission picture pipeline platform policy preference price process product profile
  project promotion provider purchase quantity queue rating receipt recipe record refund region registry release report request reservation review runner sample
  schedule schema search section segment service session shipment signal snapshot source stock storage store strategy stream subscription summary supplier support
  survey template tenant ticket timeline tracking transaction transfer upload vendor version village voucher warehouse webhook widget worker workflow`.split(/\s+/);
const verbs = 'accept apply archive assign build calculate cancel check clean collect compare confirm convert create deliver enable export fetch import list load merge notify parse publish refresh reject remove render reserve resolve retry schedule send store sync update validate verify'.split(' ');
const hex = '0123456789abcdef';
const part = (random: Seeded, length: number) => random.text(hex, length);
const uuid = (random: Seeded) => `${part(random, 8)}-${part(random, 4)}-4${part(random, 3)}-a${part(random, 3)}-${part(random, 12)}`;
const words = (random: Seeded, count: number) => Array.from({ length: count }, (_, index) => random.pick(index === 0 ? verbs : nouns));
const camel = (parts: readonly string[]) => parts.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join('');
const octets = (random: Seeded) => `10.${random.below(256)}.${random.below(256)}.${random.below(256)}`;
const version = (random: Seeded) => `${random.below(20)}.${random.below(40)}.${random.below(90)}`;

/** Families of harmless values that are drawn from a seed: the name that they stand under and one value. */
const families: readonly (readonly [key: string, build: (random: Seeded) => string])[] = [
  ['VALUE', uuid],
  ['VALUE', (random) => `sha256:${part(random, 64)}`],
  ['GIT_COMMIT', (random) => part(random, 40)],
  ['app.kubernetes.io/revision', (random) => part(random, 40)],
  ['checksum/config', (random) => part(random, 64)],
  ['VALUE', (random) => `ghcr.io/acme/${random.pick(nouns)}:${random.pick(['main', 'release'])}-${part(random, 7)}-17${random.text('0123456789', 8)}`],
  ['VALUE', (random) => `registry.example.com/${random.pick(nouns)}/${random.pick(nouns)}:${version(random)}@sha256:${part(random, 64)}`],
  ['VALUE', (random) => `acme/${random.pick(nouns)}@${part(random, 40)}`],
  ['VALUE', (random) => `https://github.com/acme/${random.pick(nouns)}/commit/${part(random, 40)}`],
  ['VALUE', (random) => `https://${random.pick(nouns)}.example.com/api/v${random.below(4)}/${random.pick(nouns)}/${uuid(random)}?page=${random.below(50)}`],
  ['VALUE', (random) => `http://${random.pick(nouns)}-${random.pick(nouns)}.${random.pick(nouns)}.svc.cluster.local:${8000 + random.below(999)}`],
  ['VALUE', (random) => `${random.pick(nouns)}-${random.pick(nouns)}-${part(random, 10)}-${random.text('bcdfghjklmnpqrstvwxz2456789', 5)}`],
  ['VALUE', (random) => words(random, 6).join('.')],
  ['VALUE', (random) => words(random, 5).join('_').toUpperCase()],
  ['VALUE', (random) => camel(words(random, 6))],
  ['VALUE', (random) => `/${words(random, 7).join('/')}.py`],
  ['VALUE', (random) => `${camel(words(random, 9)).replace(/([A-Z])/g, ' $1').trim().toLowerCase()}.`],
  ['VALUE', (random) => Buffer.from(words(random, 5).join(' ')).toString('base64')],
  ['VALUE', (random) => Buffer.from(JSON.stringify({ [random.pick(nouns)]: random.pick(nouns), level: random.below(9) })).toString('base64url')],
  ['VALUE', (random) => JSON.stringify({ [random.pick(nouns)]: { [random.pick(nouns)]: version(random), [words(random, 3).join('_')]: random.below(900) } })],
  ['VALUE', (random) => words(random, 8).map((word, index) => (index % 2 === 0 ? `-${word}` : word)).join(',')],
  ['VALUE', (random) => `${octets(random)}/${random.below(33)},${octets(random)}:${random.below(65535)}`],
  ['VALUE', (random) => `${random.below(60)} ${random.below(24)} * * ${random.below(7)}`],
  ['VALUE', (random) => `${version(random)}-rc.${random.below(9)}+build.${part(random, 8)}`],
  ['VALUE', (random) => `arn:aws:iam::${random.text('0123456789', 12)}:role/${words(random, 4).join('-')}`],
  ['VALUE', (random) => `2026-0${1 + random.below(9)}-1${random.below(9)}T1${random.below(9)}:${10 + random.below(49)}:00.${random.text('0123456789', 6)}+00:00`],
  ['VALUE', (random) => random.text('0123456789', 8 + random.below(30))],
  ['VALUE', (random) => `${random.pick(nouns)}.${random.pick(verbs)}@${random.pick(nouns)}.example.co.uk`],
  ['VALUE', (random) => `^/${random.pick(nouns)}/[a-f0-9]{${8 + random.below(60)}}/(${random.pick(nouns)}|${random.pick(nouns)})$`],
  ['VALUE', (random) => `--${words(random, 3).join('-')}=${random.below(1000)} --${random.pick(nouns)} ${random.pick(nouns)} /srv/${random.pick(nouns)}`],
  ['VALUE', (random) => `[${random.pick(nouns)}]\n${random.pick(nouns)} = ${random.pick(nouns)}\n${words(random, 3).join('_')} = ${version(random)}\n`],
  ['PASSWORD', (random) => `$(${words(random, 2).join('_').toUpperCase()})`],
  ['API_TOKEN', (random) => `/run/secrets/${words(random, 3).join('-')}`],
  ['SECRET_NAME', (random) => words(random, 4).join('-')],
  ['PASSWORD_FILE', (random) => `/var/lib/${random.pick(nouns)}/${random.pick(nouns)}`],
  ['TOKEN_TTL', (random) => `${random.below(900)}s`],
  ['CUSTOMER_ID', (random) => part(random, 32)],
];

/** Every harmless name and value: those written down under each of their names, and 40 of each family. */
export function harmlessPairs(): (readonly [key: string, value: string])[] {
  const written = writtenHarmless.families.flatMap(({ keys, values }) => keys.flatMap((key) => values.map((value) => [key, value] as const)));
  const drawn = families.flatMap(([key, build], family) => Array.from({ length: 40 }, (_, index) => [key, build(seeded(family * 1000 + index + 1))] as const));
  return [...writtenHarmless.pairs, ...written, ...drawn];
}
