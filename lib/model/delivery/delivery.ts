import { z } from 'zod';
import { dnsLabelSchema } from '../schema.ts';
import { cloudSchema, type Cloud, type CloudInput } from './clouds.ts';
import { imageRepositorySchema, type ImageRepositoryInput } from './images.ts';
import { codeCommitSchema, pipelineSchema, type CodeCommitInput, type PipelineInput } from './pipelines.ts';

/** What an app gets from a delivery's cloud; something of it. */
export interface AppDeliveryInput {
  /** A repository for each of its images: `imageRepository()`. @default - none */
  readonly images?: ImageRepositoryInput;
  /** What builds them and may push them: `githubActions()`, `gitlabCi()`, `codePipeline()`. @default - none */
  readonly pipeline?: PipelineInput;
  /** A Git repository for its source: `codeCommit()`. @default - none; the source lives elsewhere */
  readonly source?: CodeCommitInput;
}

/** What `defineDelivery` takes. */
export interface DeliveryInput {
  /** Its name: a DNS label that no cluster has; the stack is named like it. */
  readonly name: string;
  /** Where it is made: `awsCloud()`, `alibabaCloud()`, `digitalOceanCloud()`. */
  readonly cloud: CloudInput;
  /** What each app gets, by the app's name. */
  readonly apps: Readonly<Record<string, AppDeliveryInput>>;
}

/** Describes what apps need from a cloud beside clusters: image repositories, sources, pipelines. Checked when the fleet is loaded, together with everything else. */
export function defineDelivery(input: DeliveryInput): DeliveryInput {
  return input;
}

export const deliverySchema = z.strictObject({
  name: dnsLabelSchema,
  cloud: cloudSchema,
  apps: z.record(z.string(), z.strictObject({
    images: imageRepositorySchema.optional(),
    pipeline: pipelineSchema.optional(),
    source: codeCommitSchema.optional(),
  })),
});

/** What is said of a delivery, checked by itself and not yet against the fleet. */
export type DeliverySettings = z.output<typeof deliverySchema>;

/** An app's image repositories, every default set; what the cloud can't do is off. */
export interface ImageRepositories {
  /** Name in the registry of each image, by its key in the app's `images`, sorted by it; on Alibaba Cloud without the namespace, on DigitalOcean without the registry. */
  readonly names: Readonly<Record<string, string>>;
  /** How many of the newest tagged images stay. */
  readonly keep: number | 'all';
  /** Days after which an image without a tag is deleted. @default - never */
  readonly untaggedDays?: number;
  readonly immutableTags: boolean;
  readonly scan: boolean;
  /** Other AWS accounts that pull, sorted. */
  readonly readers: readonly string[];
}

/** A pipeline that runs elsewhere and is trusted by OIDC, without a key. */
export interface TrustedPipeline {
  readonly kind: 'github-actions' | 'gitlab-ci';
  /** URL of what issues its tokens (`iss`). */
  readonly issuer: string;
  /** Whom its tokens are for (`aud`). */
  readonly audience: string;
  /** Whose tokens are trusted (`sub`), sorted; only a pattern of tags brings `*` or `?`. */
  readonly subjects: readonly string[];
  /** The repository or project, such as `acme/storefront`. */
  readonly repository: string;
}

/** A pipeline of AWS CodePipeline. */
export interface BuildPipeline {
  readonly kind: 'codepipeline';
  readonly branch: string;
  readonly buildspec: string;
  readonly image: string;
  readonly computeType: string;
  readonly timeoutMinutes: number;
  /** Where it reads: a repository of CodeCommit in the same account and region, made by this delivery or not; or one at GitHub or GitLab by a connection. */
  readonly from: { readonly kind: 'codecommit'; readonly repository: string; readonly made: boolean } | { readonly kind: 'connection'; readonly connection: string; readonly repository: string };
}

/** What one app gets, checked against the fleet. */
export interface AppDelivery {
  readonly app: string;
  readonly team: string;
  /** @default - none */
  readonly images?: ImageRepositories;
  /** Only where it has images, which it pushes. @default - none */
  readonly pipeline?: BuildPipeline | TrustedPipeline;
  /** On AWS alone. @default - none */
  readonly source?: { readonly kind: 'codecommit'; readonly name: string; readonly defaultBranch: string };
}

/** What apps get from a cloud beside clusters, checked against the fleet. */
export interface Delivery {
  readonly name: string;
  readonly cloud: Cloud;
  /** Sorted by the app's name. */
  readonly apps: readonly AppDelivery[];
}
