import { expect } from 'vitest';
import { provider } from '../../../lib/clusters/delivery/aws/aws.ts';
import type { CloudOf, DeliveryOf, MadeDelivery } from '../../../lib/clusters/delivery/delivery.ts';
import type { AppDelivery, BuildPipeline, ImageRepositories, TrustedPipeline } from '../../../lib/model/delivery/delivery.ts';
import { at, listAt } from '../../../lib/values/fields.ts';
import { runProgram, type Ran, type Registered, type RunOptions } from '../mock-engine.ts';

export const account = '111122223333';
export const kmsKey = `arn:aws:kms:eu-central-1:${account}:key/0a1b`;
const connection = `arn:aws:codestar-connections:eu-central-1:${account}:connection/c0`;

/** The image repositories of an app. */
export const images = (names: Readonly<Record<string, string>>, more: Partial<ImageRepositories> = {}): ImageRepositories => ({ names, keep: 50, untaggedDays: 7, immutableTags: true, scan: true, readers: [], ...more });

/** A pipeline of GitHub Actions. */
export const trusted = (more: Partial<TrustedPipeline> = {}): TrustedPipeline => ({
  kind: 'github-actions', issuer: 'https://token.actions.githubusercontent.com', audience: 'sts.amazonaws.com', repository: 'acme/storefront', subjects: ['repo:acme/storefront:ref:refs/heads/main'], ...more,
});

/** A pipeline of CodePipeline. */
export const built = (more: Partial<BuildPipeline> = {}): BuildPipeline => ({
  kind: 'codepipeline', branch: 'main', buildspec: 'ci/buildspec.yml', image: 'aws/codebuild/standard:7.0', computeType: 'BUILD_GENERAL1_SMALL', timeoutMinutes: 60, from: { kind: 'codecommit', repository: 'flask-api', made: true }, ...more,
});

/** One app of each kind: pushed to from GitHub, from GitLab, built from a repository of CodeCommit that is made, from one that exists, from GitHub by a connection. */
export const everyApp: readonly AppDelivery[] = [
  { app: 'elsewhere', team: 'ops', images: images({ main: 'ops/elsewhere' }), pipeline: built({ from: { kind: 'codecommit', repository: 'old-source', made: false } }) },
  { app: 'flask-api', team: 'api', images: images({ main: 'flask-api', worker: 'flask-api/worker' }, { keep: 20, untaggedDays: 3 }), source: { kind: 'codecommit', name: 'flask-api', defaultBranch: 'main' }, pipeline: built() },
  { app: 'linked', team: 'ops', images: images({ main: 'ops/linked' }), pipeline: built({ from: { kind: 'connection', connection, repository: 'acme/linked' } }) },
  { app: 'reports', team: 'ops', images: images({ main: 'ops/reports' }), pipeline: trusted({ kind: 'gitlab-ci', issuer: 'https://gitlab.example.com', repository: 'ops/reports', subjects: ['project_path:ops/reports:ref_type:branch:ref:main'] }) },
  { app: 'storefront', team: 'shop', images: images({ main: 'acme/storefront' }, { readers: ['444455556666', '777788889999'] }), pipeline: trusted() },
];

/** A delivery named images-eu. */
export const deliveryOf = (apps: readonly AppDelivery[] = everyApp, cloud: Partial<CloudOf<'aws'>> = {}): DeliveryOf<'aws'> => ({ name: 'images-eu', cloud: { kind: 'aws', region: 'eu-central-1', oidcProviders: {}, tags: {}, ...cloud }, apps });

const arnOf = (service: string, kind: string) => (inputs: Readonly<Record<string, unknown>>): Record<string, unknown> => ({ arn: `arn:aws:${service}:eu-central-1:${account}:${kind}${String(inputs['name'])}` });

/** What AWS adds to what it is asked for. */
export const outputs: NonNullable<RunOptions['outputs']> = {
  'aws:ecr/repository:Repository': ({ name }) => ({ arn: `arn:aws:ecr:eu-central-1:${account}:repository/${String(name)}`, registryId: account, repositoryUrl: `${account}.dkr.ecr.eu-central-1.amazonaws.com/${String(name)}` }),
  'aws:codecommit/repository:Repository': ({ repositoryName }) => ({ arn: `arn:aws:codecommit:eu-central-1:${account}:${String(repositoryName)}`, cloneUrlHttp: `https://git-codecommit.eu-central-1.amazonaws.com/v1/repos/${String(repositoryName)}`, cloneUrlSsh: `ssh://git-codecommit.eu-central-1.amazonaws.com/v1/repos/${String(repositoryName)}` }),
  'aws:iam/openIdConnectProvider:OpenIdConnectProvider': ({ url }) => ({ arn: `arn:aws:iam::${account}:oidc-provider/${String(url).slice('https://'.length)}` }),
  'aws:iam/role:Role': ({ name }) => ({ arn: `arn:aws:iam::${account}:role/${String(name)}` }),
  'aws:s3/bucket:Bucket': ({ bucketPrefix }) => ({ bucket: `${String(bucketPrefix)}0a1b2c`, arn: `arn:aws:s3:::${String(bucketPrefix)}0a1b2c` }),
  'aws:cloudwatch/logGroup:LogGroup': arnOf('logs', 'log-group:'),
  'aws:cloudwatch/eventRule:EventRule': arnOf('events', 'rule/'),
  'aws:codebuild/project:Project': arnOf('codebuild', 'project/'),
  'aws:codepipeline/pipeline:Pipeline': arnOf('codepipeline', ''),
};

/** Makes a delivery under Pulumi's mocks. */
export const make = (delivery: DeliveryOf<'aws'> = deliveryOf(), options: Partial<RunOptions> = {}): Promise<Ran<MadeDelivery>> => runProgram({ stack: delivery.name, outputs, ...options }, () => provider.make({ delivery }));

const whole = new Map<string, Promise<Ran<MadeDelivery>>>();

/** Makes the delivery with an app of each kind, once for all tests of a file. */
export function everything(cloud: Partial<CloudOf<'aws'>> = {}): Promise<Ran<MadeDelivery>> {
  const key = JSON.stringify(cloud);
  const made = whole.get(key) ?? make(deliveryOf(everyApp, cloud));
  whole.set(key, made);
  return made;
}

/** The one resource of a type and a name. */
export function one(resources: readonly Registered[], type: string, name: string): Registered {
  const found = resources.filter((each) => each.type === type && each.name === name);
  expect(found.map((each) => each.name), `${type} ${name} of ${resources.map((each) => each.name).join(', ')}`).toHaveLength(1);
  return found[0]!;
}

/** A statement of a policy as it is sent, its lists always lists. */
export interface ReadStatement {
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly principal: unknown;
  readonly condition: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** Reads the statements of a policy. */
export function statementsOf(policy: unknown): readonly ReadStatement[] {
  const list = (value: unknown): string[] => (value === undefined ? [] : [value].flat().map(String));
  return listAt(JSON.parse(String(policy)), 'Statement').map((statement) => ({
    effect: String(at(statement, 'Effect')),
    actions: list(at(statement, 'Action')),
    resources: list(at(statement, 'Resource')),
    principal: at(statement, 'Principal'),
    condition: (at(statement, 'Condition') ?? {}) as ReadStatement['condition'],
  }));
}
