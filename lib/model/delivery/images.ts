import { z } from 'zod';
import { checkedText } from '../schema.ts';
import { imageNameProblem } from '../../values/image-reference.ts';

/** What `imageRepository()` takes. */
export interface ImageRepositoryOptions {
  /** Name in the registry; of an app with several images, the name of each by its key in the app's `images`. @default - where the pins say that the image comes from: its path in this cloud's registry, else in another */
  readonly name?: string | Readonly<Record<string, string>>;
  /** How many of the newest tagged images stay; older ones are deleted, whether they run or not, so it reaches further back than any rollback. Cost of more: storage by the GB. @default - 50 on AWS and Alibaba Cloud; DigitalOcean keeps all */
  readonly keep?: number | 'all';
  /** Days after which an image without a tag is deleted. AWS alone. @default - 7 on AWS; the others keep them */
  readonly untaggedDays?: number;
  /** Whether a tag stays at the image to which it was pushed first. @default - true on AWS and Alibaba Cloud; DigitalOcean lets tags move */
  readonly immutableTags?: boolean;
  /** Whether an image is looked through for known vulnerabilities when it is pushed. Cost: none on AWS (basic scanning); on Alibaba Cloud by the instance's scanner. @default - true on AWS and Alibaba Cloud; DigitalOcean has none */
  readonly scan?: boolean;
  /** Numbers of other AWS accounts that may pull, such as those of the clusters. AWS alone. @default [] */
  readonly readers?: readonly string[];
}

/** A repository for each image of an app. */
export interface ImageRepositoryInput extends ImageRepositoryOptions {
  readonly kind: 'image-repository';
}

/** A repository for each image of the app, in the delivery's cloud. */
export function imageRepository(options: ImageRepositoryOptions = {}): ImageRepositoryInput {
  return { kind: 'image-repository', ...options };
}

const repositoryNameSchema = checkedText((text) => imageNameProblem(text) ?? (/^[^/]*[.:]/.test(text) && text.includes('/') ? `expected a name inside the registry such as acme/storefront, got ${JSON.stringify(text)} with a host` : undefined));

// Without defaults: what isn't said is what the cloud does best, and what is said but can't be done is an error.
export const imageRepositorySchema = z.strictObject({
  kind: z.literal('image-repository'),
  name: z.union([repositoryNameSchema, z.record(z.string(), repositoryNameSchema)]).optional(),
  keep: z.union([z.literal('all'), z.int().min(1).max(10_000)], { error: (issue) => `expected how many images stay, from 1 to 10000, or "all", got ${JSON.stringify(issue.input)}` }).optional(),
  untaggedDays: z.int().min(1).max(3650).optional(),
  immutableTags: z.boolean().optional(),
  scan: z.boolean().optional(),
  readers: z.array(checkedText((text) => (/^\d{12}$/.test(text) ? undefined : `expected the twelve digits of an AWS account, got ${JSON.stringify(text)}`))).optional(),
});

/** What is said of an app's image repositories, checked. */
export type ImageRepositorySettings = z.output<typeof imageRepositorySchema>;
