import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import type { AppDelivery, BuildPipeline } from '../../../../model/delivery/delivery.ts';
import type { DeliveryOf } from '../../delivery.ts';
import { nameOf } from '../names.ts';
import { keyUse, policyOf, serviceTrust } from '../policy.ts';
import { accountOf, type MadeRepositories } from '../repositories.ts';
import { appTags } from '../tags.ts';
import { artifactBucket, readArtifacts, writeArtifacts } from './artifacts.ts';
import { buildProject, type Build } from './build.ts';
import { pipelineSource, sourceArtifact } from './source.ts';
import { startOnPush } from './trigger.ts';

/** A pipeline of CodePipeline, and what it builds by. */
export interface MadePipeline extends Build {
  readonly pipeline: aws.codepipeline.Pipeline;
}

/** Makes the pipeline of an app: a push to its branch starts it, its images are built and pushed. Of several pushes that wait, the last is built. */
export function buildPipeline(delivery: DeliveryOf<'aws'>, delivered: AppDelivery, described: BuildPipeline, { repositories, sources }: { readonly repositories: MadeRepositories; readonly sources: ReadonlyMap<string, aws.codecommit.Repository> }, opts: pulumi.CustomResourceOptions): MadePipeline {
  const { name, cloud } = delivery;
  const id = `${name}/${delivered.app}/pipeline`;
  const tags = appTags(delivered);
  const artifacts = artifactBucket(id, { name: `${name}-${delivered.app}`, kmsKey: cloud.kmsKey, tags }, opts);
  const build = buildProject(delivery, delivered, described, { artifacts, repositories }, opts);
  const source = pipelineSource(described, { region: cloud.region, account: accountOf(repositories), made: sources.get(described.from.repository) });
  const role = new aws.iam.Role(id, {
    name: nameOf(delivery, delivered, 'pipeline', 64),
    description: `runs the pipeline of ${delivered.app}`,
    assumeRolePolicy: serviceTrust('codepipeline.amazonaws.com'),
    tags,
  }, opts);
  const policy = new aws.iam.RolePolicy(id, {
    name: 'pipeline',
    role: role.name,
    policy: policyOf([
      ...readArtifacts(artifacts),
      ...writeArtifacts(artifacts),
      ...source.statements,
      { Effect: 'Allow', Action: ['codebuild:BatchGetBuilds', 'codebuild:StartBuild'], Resource: build.project.arn },
      ...keyUse(cloud.kmsKey),
    ]),
  }, opts);
  const pipeline = new aws.codepipeline.Pipeline(id, {
    name: nameOf(delivery, delivered, undefined, 100),
    pipelineType: 'V2',
    executionMode: 'SUPERSEDED',
    roleArn: role.arn,
    artifactStores: [{ location: artifacts.bucket.bucket, type: 'S3', ...(cloud.kmsKey !== undefined && { encryptionKey: { id: cloud.kmsKey, type: 'KMS' } }) }],
    stages: [
      { name: 'Source', actions: [source.action] },
      { name: 'Build', actions: [{ name: 'Build', category: 'Build', owner: 'AWS', provider: 'CodeBuild', version: '1', inputArtifacts: [sourceArtifact], configuration: { ProjectName: build.project.name } }] },
    ],
    ...(source.triggers !== undefined && { triggers: source.triggers }),
    tags,
  }, { ...opts, dependsOn: [policy, ...artifacts.settings] });
  if (source.pushesOf !== undefined) startOnPush(delivery, delivered, described, { pipeline, repository: source.pushesOf }, opts);
  return { ...build, pipeline };
}
