import { z } from 'zod';
import { checkedText } from '../schema.ts';

/** What `githubActions()` takes. */
export interface GithubActionsOptions {
  /** The repository whose workflows are trusted, as `owner/name`. @default - the app's `source` */
  readonly repository?: string;
  /** Numbers of the owner and the repository, as GitHub's API tells them. The tokens of repositories that were made, renamed or moved since July 15, 2026 name them beside the names, those of older ones only where the owner opted in; never on an Enterprise Server. @default - none: tokens that name no numbers are trusted */
  readonly ids?: { readonly owner: number; readonly repository: number };
  /** The branch whose workflows are trusted. @default - 'main'; none where `tags` or `environment` is said */
  readonly branch?: string;
  /** Pattern of the tags whose workflows are trusted, such as `v*`. @default - none */
  readonly tags?: string;
  /** The environment of GitHub whose jobs are trusted; GitHub's own rules say which branches get there. Without branch and tags: such a job's token names neither. @default - none */
  readonly environment?: string;
  /** URL of a GitHub Enterprise Server. @default 'https://github.com' */
  readonly server?: string;
  /** Audience that the workflow asks its token for. @default - the cloud's own: `sts.amazonaws.com`, `sts.aliyuncs.com` */
  readonly audience?: string;
}

/** What `gitlabCi()` takes. */
export interface GitlabCiOptions {
  /** The project whose jobs are trusted, as `group/name`. @default - the app's `source` */
  readonly project?: string;
  /** The branch whose jobs are trusted. @default - 'main'; none where `tags` is said */
  readonly branch?: string;
  /** Pattern of the tags whose jobs are trusted, such as `v*`. @default - none */
  readonly tags?: string;
  /** URL of a GitLab of one's own. @default 'https://gitlab.com' */
  readonly server?: string;
  /** Audience that the job asks its token for (`id_tokens`). @default - the cloud's own: `sts.amazonaws.com`, `sts.aliyuncs.com` */
  readonly audience?: string;
}

/** What `codePipeline()` takes. */
export interface CodePipelineOptions {
  /** The branch that is built. @default 'main' */
  readonly branch?: string;
  /** Path of the build's specification in the source. @default 'buildspec.yml' */
  readonly buildspec?: string;
  /** Image in which it is built. @default 'aws/codebuild/standard:7.0' */
  readonly image?: string;
  /** Size of the machine that builds. Cost: by the minute. @default 'BUILD_GENERAL1_SMALL' */
  readonly computeType?: (typeof computeTypes)[number];
  /** After how many minutes a build is stopped. @default 60 */
  readonly timeoutMinutes?: number;
  /** ARN of the connection (CodeConnections) by which a repository at GitHub or GitLab is read. @default - none; needed where the source isn't in CodeCommit */
  readonly connection?: string;
}

/** What `codeCommit()` takes. */
export interface CodeCommitOptions {
  /** Name of the repository. @default - the app's name */
  readonly name?: string;
  /** @default 'main' */
  readonly defaultBranch?: string;
}

/** What an app's `pipeline` takes. */
export type PipelineInput = (GithubActionsOptions & { readonly kind: 'github-actions' }) | (GitlabCiOptions & { readonly kind: 'gitlab-ci' }) | (CodePipelineOptions & { readonly kind: 'codepipeline' });

/** What an app's `source` takes. */
export type CodeCommitInput = CodeCommitOptions & { readonly kind: 'codecommit' };

/** An identity for workflows of GitHub Actions that may push the app's images and nothing else: trusted by OIDC, without a key. */
export function githubActions(options: GithubActionsOptions = {}): PipelineInput {
  return { kind: 'github-actions', ...options };
}

/** An identity for jobs of GitLab CI that may push the app's images and nothing else: trusted by OIDC, without a key. */
export function gitlabCi(options: GitlabCiOptions = {}): PipelineInput {
  return { kind: 'gitlab-ci', ...options };
}

/** A pipeline of AWS CodePipeline that builds the app's images. AWS alone. */
export function codePipeline(options: CodePipelineOptions = {}): PipelineInput {
  return { kind: 'codepipeline', ...options };
}

/** A Git repository of AWS CodeCommit for the app's source. AWS alone. */
export function codeCommit(options: CodeCommitOptions = {}): CodeCommitInput {
  return { kind: 'codecommit', ...options };
}

/** Sizes of machines of CodeBuild. */
export const computeTypes = ['BUILD_GENERAL1_SMALL', 'BUILD_GENERAL1_MEDIUM', 'BUILD_GENERAL1_LARGE', 'BUILD_GENERAL1_XLARGE', 'BUILD_GENERAL1_2XLARGE'] as const;

const matching = (expression: RegExp, expected: string) => checkedText((text) => (expression.test(text) ? undefined : `expected ${expected}, got ${JSON.stringify(text)}`));
// Nothing that a condition of a trust takes for a pattern, and nothing that parts a subject.
const branchSchema = matching(/^(?![-/])(?!.*(\.\.|\/\/|\/$))[\w./@+#-]+$/, 'the name of one branch, without patterns');
const tagsSchema = matching(/^[\w./+*?-]*[\w./+-][\w./+*?-]*$/, 'a pattern of tags such as v*, with something that isn\'t a wildcard');
const pathSchema = matching(/^[\w.-]+(\/[\w.-]+)+$/, 'a path such as acme/storefront');
const serverSchema = matching(/^https:\/\/[a-z0-9.-]+$/, 'the URL of a server such as https://git.example.com, without port and path');
const audienceSchema = matching(/^[\w.:/-]+$/, 'an audience such as sts.amazonaws.com');

export const githubActionsSchema = z.strictObject({
  kind: z.literal('github-actions'),
  repository: matching(/^[\w.-]+\/[\w.-]+$/, 'a repository such as acme/storefront').optional(),
  ids: z.strictObject({ owner: z.int().positive(), repository: z.int().positive() }).optional(),
  branch: branchSchema.optional(),
  tags: tagsSchema.optional(),
  environment: matching(/^[\w. /-]+$/, 'the name of an environment, without patterns and ":"').optional(),
  server: serverSchema.default('https://github.com'),
  audience: audienceSchema.optional(),
}).superRefine(({ environment, branch, tags, ids, server }, context) => {
  if (ids !== undefined && server !== 'https://github.com') context.addIssue({ code: 'custom', path: ['ids'], message: `expected none at ${server}: the tokens of an Enterprise Server name no numbers` });
  if (environment === undefined) return;
  for (const [name, value] of [['branch', branch], ['tags', tags]] as const) if (value !== undefined) context.addIssue({ code: 'custom', path: [name], message: `expected none beside environment, whose jobs have tokens that name the environment alone, got ${JSON.stringify(value)}; say at GitHub which branches get to ${environment}` });
});

export const gitlabCiSchema = z.strictObject({
  kind: z.literal('gitlab-ci'),
  project: pathSchema.optional(),
  branch: branchSchema.optional(),
  tags: tagsSchema.optional(),
  server: serverSchema.default('https://gitlab.com'),
  audience: audienceSchema.optional(),
});

export const codePipelineSchema = z.strictObject({
  kind: z.literal('codepipeline'),
  branch: branchSchema.default('main'),
  buildspec: matching(/^(?!\/)(?!.*\.\.)[\w./-]+$/, 'a path in the source such as ci/buildspec.yml').default('buildspec.yml'),
  image: matching(/^\S+:\S+$/, 'an image with its tag, such as aws/codebuild/standard:7.0').default('aws/codebuild/standard:7.0'),
  computeType: z.enum(computeTypes).default('BUILD_GENERAL1_SMALL'),
  timeoutMinutes: z.int().min(5).max(2160).default(60),
  connection: matching(/^arn:aws[\w-]*:code(star-)?connections:[\w-]+:\d{12}:connection\/\S+$/, 'the ARN of a connection, arn:aws:codeconnections:…:connection/…').optional(),
});

export const codeCommitSchema = z.strictObject({
  kind: z.literal('codecommit'),
  name: matching(/^(?!.*\.git$)[\w.-]{1,100}$/, 'a name of at most 100 letters, digits, ".", "_" and "-" that doesn\'t end with .git').optional(),
  defaultBranch: branchSchema.default('main'),
});

export const pipelineSchema = z.discriminatedUnion('kind', [codePipelineSchema, githubActionsSchema, gitlabCiSchema]);

/** What is said of an app's pipeline, checked. */
export type PipelineSettings = z.output<typeof pipelineSchema>;
