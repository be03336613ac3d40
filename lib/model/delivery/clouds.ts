import { z } from 'zod';
import { checkedText } from '../schema.ts';

/** Clouds that hold what belongs to no cluster: images, sources, pipelines. */
export const cloudKinds = ['alibaba', 'aws', 'digital-ocean'] as const;
/** Alibaba Cloud, AWS, or DigitalOcean. */
export type CloudKind = (typeof cloudKinds)[number];

/** What `awsCloud()` takes. */
export interface AwsCloudOptions {
  /** Region of everything that is made, such as `eu-central-1`. */
  readonly region: string;
  /** Number of the account: credentials of another one are refused (`allowedAccountIds`). @default - the account of the credentials, whichever it is */
  readonly account?: string;
  /** ARN of the KMS key that encrypts images, sources and artifacts. Cost: a fixed price each month, and by the request. @default - AWS's own keys (AES-256) */
  readonly kmsKey?: string;
  /** ARNs of OIDC providers that exist, by the URL of their issuer: an account has one of each issuer at most. @default - the stack makes those that its pipelines need */
  readonly oidcProviders?: Readonly<Record<string, string>>;
  /** Tags beside those that name the fleet's delivery. @default {} */
  readonly tags?: Readonly<Record<string, string>>;
}

/** What `alibabaCloud()` takes. */
export interface AlibabaCloudOptions {
  /** Region of the registry, such as `eu-central-1`. */
  readonly region: string;
  /** Id of the instance of Container Registry Enterprise Edition, `cri-…`; it is bought for months, so that no stack makes it. */
  readonly registryInstance: string;
  /** Namespace of the image repositories: a name for one that is made, or one that exists. */
  readonly namespace: string | { readonly existing: string };
  /** RAM's OIDC providers, by the URL of their issuer: the ARN of one that exists, or for one that is made the SHA-1 fingerprints of the certificates of the issuer's authority, which RAM asks for. @default {}; needed for each issuer that a pipeline has */
  readonly oidcProviders?: Readonly<Record<string, string | { readonly fingerprints: readonly string[] }>>;
  /** Tags of roles, beside those that name the fleet's delivery; image repositories take none. @default {} */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Tiers of DigitalOcean's registry. */
export const digitalOceanTiers = ['starter', 'basic', 'professional'] as const;

/** What `digitalOceanCloud()` takes. */
export interface DigitalOceanCloudOptions {
  /** The registry: a name, unique in all of DigitalOcean, for one that is made, or one that exists. */
  readonly registry: string | { readonly existing: string };
  /** Region where it keeps images, such as `fra1`. It can't be changed. @default 'fra1' */
  readonly region?: string;
  /** Its tier: `starter` has one repository, `basic` five, `professional` as many as you like. Cost: each by the month, storage beyond what is included by the GiB. @default 'basic' */
  readonly tier?: (typeof digitalOceanTiers)[number];
}

/** What a delivery's `cloud` takes. */
export type CloudInput = (AwsCloudOptions & { readonly kind: 'aws' }) | (AlibabaCloudOptions & { readonly kind: 'alibaba' }) | (DigitalOceanCloudOptions & { readonly kind: 'digital-ocean' });

/** An account of AWS: ECR, CodeCommit, CodePipeline, IAM. */
export function awsCloud(options: AwsCloudOptions): CloudInput {
  return { kind: 'aws', ...options };
}

/** An account of Alibaba Cloud: Container Registry Enterprise Edition, RAM. */
export function alibabaCloud(options: AlibabaCloudOptions): CloudInput {
  return { kind: 'alibaba', ...options };
}

/** A team of DigitalOcean: its container registry. */
export function digitalOceanCloud(options: DigitalOceanCloudOptions): CloudInput {
  return { kind: 'digital-ocean', ...options };
}

const matching = (expression: RegExp, expected: string) => checkedText((text) => (expression.test(text) ? undefined : `expected ${expected}, got ${JSON.stringify(text)}`));
/** Of two parts and a number, such as `eu-central-1`; AWS has `us-gov-west-1` too. */
const regionSchema = matching(/^[a-z]{2}(-[a-z]+){1,3}(-\d+)?$/, 'a region such as eu-central-1');
/** Host and path alone are what tokens name as their issuer: no port but a default one, no query, no slash at the end. */
const issuerSchema = matching(/^https:\/\/[a-z0-9.-]+(\/[\w.-]+)*$/, 'the URL of an issuer such as https://gitlab.example.com, without a slash at the end');

/** A name for something that is made, or one that exists. */
const madeOrExisting = (name: z.ZodType<string>) => z.union([name.transform((made) => ({ name: made, existing: false })), z.strictObject({ existing: name }).transform(({ existing }) => ({ name: existing, existing: true }))]);

export const awsCloudSchema = z.strictObject({
  kind: z.literal('aws'),
  region: regionSchema,
  account: matching(/^\d{12}$/, 'the twelve digits of an AWS account').optional(),
  kmsKey: matching(/^arn:aws[\w-]*:kms:[\w-]+:\d{12}:key\/\S+$/, 'the ARN of a KMS key, arn:aws:kms:…:key/…').optional(),
  oidcProviders: z.record(issuerSchema, matching(/^arn:aws[\w-]*:iam::\d{12}:oidc-provider\/\S+$/, 'the ARN of an OIDC provider, arn:aws:iam::…:oidc-provider/…')).default({}),
  tags: z.record(z.string().min(1).max(128), z.string().max(256)).default({}),
});

const alibabaNameSchema = matching(/^(?=.{2,120}$)[a-z0-9]+([._-][a-z0-9]+)*$/, 'a name of 2 to 120 lower-case letters and digits, with ".", "_" and "-" between them');

export const alibabaCloudSchema = z.strictObject({
  kind: z.literal('alibaba'),
  region: regionSchema,
  registryInstance: matching(/^cri-[a-z0-9]+$/, 'the id of an instance of Container Registry Enterprise Edition, cri-…'),
  namespace: madeOrExisting(alibabaNameSchema),
  oidcProviders: z.record(issuerSchema, z.union([
    matching(/^acs:ram::\d+:oidc-provider\/\S+$/, 'the ARN of an OIDC provider, acs:ram::…:oidc-provider/…'),
    z.strictObject({ fingerprints: z.array(matching(/^[0-9a-fA-F]{40}$/, 'a SHA-1 fingerprint of 40 hexadecimal digits')).min(1).max(5) }),
  ])).default({}),
  tags: z.record(z.string().min(1).max(128), z.string().max(128)).default({}),
});

/** Regions in which DigitalOcean keeps images. */
export const digitalOceanRegistryRegions = ['ams3', 'blr1', 'fra1', 'nyc3', 'sfo2', 'sfo3', 'sgp1', 'syd1'] as const;

export const digitalOceanCloudSchema = z.strictObject({
  kind: z.literal('digital-ocean'),
  registry: madeOrExisting(matching(/^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/, 'a name of at most 63 lower-case letters, digits and "-" that begins with a letter')),
  region: z.enum(digitalOceanRegistryRegions).default('fra1'),
  tier: z.enum(digitalOceanTiers).default('basic'),
});

export const cloudSchema = z.discriminatedUnion('kind', [alibabaCloudSchema, awsCloudSchema, digitalOceanCloudSchema]);

/** Where a delivery is made, checked and with its defaults. */
export type Cloud = z.output<typeof cloudSchema>;
