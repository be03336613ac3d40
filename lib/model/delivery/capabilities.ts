import type { Problem } from '../../values/errors.ts';
import type { CloudKind } from './clouds.ts';
import type { DeliverySettings, ImageRepositories } from './delivery.ts';
import type { ImageRepositorySettings } from './images.ts';

type AppSettings = DeliverySettings['apps'][string];

/** What is done where nothing is said. */
const defaults: Readonly<Record<CloudKind, Omit<ImageRepositories, 'names' | 'readers'>>> = {
  alibaba: { keep: 50, immutableTags: true, scan: true },
  aws: { keep: 50, untaggedDays: 7, immutableTags: true, scan: true },
  'digital-ocean': { keep: 'all', immutableTags: false, scan: false },
};

/** What is said of image repositories, every default of the cloud set. */
export function withDefaults(kind: CloudKind, { keep, untaggedDays, immutableTags, scan, readers }: ImageRepositorySettings): Omit<ImageRepositories, 'names'> {
  const own = defaults[kind];
  const days = untaggedDays ?? own.untaggedDays;
  return { keep: keep ?? own.keep, ...(days !== undefined && { untaggedDays: days }), immutableTags: immutableTags ?? own.immutableTags, scan: scan ?? own.scan, readers: [...new Set(readers ?? [])].sort() };
}

/** A thing to ask for, by its field, and whether it is asked for. */
const asked = {
  'images.keep': ({ images }) => typeof images?.keep === 'number',
  'images.untaggedDays': ({ images }) => images?.untaggedDays !== undefined,
  'images.immutableTags': ({ images }) => images?.immutableTags === true,
  'images.scan': ({ images }) => images?.scan === true,
  'images.readers': ({ images }) => (images?.readers ?? []).length > 0,
  'source': ({ source }) => source !== undefined,
  'pipeline': ({ pipeline }) => pipeline !== undefined,
  'pipeline.kind': ({ pipeline }) => pipeline?.kind === 'codepipeline',
} as const satisfies Readonly<Record<string, (app: AppSettings) => boolean>>;

interface Lack { readonly what: string; readonly instead: string }

const awsAlone: Lack = { what: 'it is a service of AWS', instead: 'use a delivery with awsCloud()' };

/** What a cloud can't do, and what to do instead. */
const lacks: Readonly<Record<CloudKind, Readonly<Partial<Record<keyof typeof asked, Lack>>>>> = {
  aws: {},
  alibaba: {
    'images.untaggedDays': { what: 'Container Registry deletes by the number of tags, not by age', instead: 'leave it out; keep says how many tags stay' },
    'images.readers': { what: 'they are numbers of AWS accounts', instead: 'leave them out; give other accounts a role that may pull' },
    'source': awsAlone,
    'pipeline.kind': { ...awsAlone, instead: 'use githubActions() or gitlabCi(), or a delivery with awsCloud()' },
  },
  'digital-ocean': {
    'images.keep': { what: 'DigitalOcean\'s registry has no rules that delete images', instead: 'leave it out; delete tags by doctl registry repository delete-tag and start its garbage collection from time to time' },
    'images.untaggedDays': { what: 'DigitalOcean\'s registry has no rules that delete images', instead: 'leave it out; its garbage collection, which you start, removes what has no tag' },
    'images.immutableTags': { what: 'DigitalOcean\'s registry lets tags move', instead: 'leave it out; pins with digests name one image whatever its tag does' },
    'images.scan': { what: 'DigitalOcean\'s registry doesn\'t look into images', instead: 'leave it out; scan in the pipeline' },
    'images.readers': { what: 'they are numbers of AWS accounts', instead: 'leave them out' },
    'source': awsAlone,
    'pipeline': { what: 'DigitalOcean trusts no OIDC tokens: only its API tokens push', instead: 'leave it out; keep a token that is limited to the registry, and has an end, in the pipeline\'s secrets' },
  },
};

/** What an app asks of a cloud that the cloud can't do. */
export function lackProblems(kind: CloudKind, app: AppSettings, where: string): Problem[] {
  return Object.entries(lacks[kind]).flatMap(([field, lack]) => (asked[field as keyof typeof asked](app) ? [{ where: `${where}.${field}`, message: `expected nothing of this with ${calls[kind]}: ${lack.what}`, fix: lack.instead }] : []));
}

const calls: Readonly<Record<CloudKind, string>> = { alibaba: 'alibabaCloud()', aws: 'awsCloud()', 'digital-ocean': 'digitalOceanCloud()' };
