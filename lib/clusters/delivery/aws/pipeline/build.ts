import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { AppDelivery, BuildPipeline } from '../../../../model/delivery/delivery.ts';
import { compareText } from '../../../../values/errors.ts';
import type { DeliveryOf } from '../../delivery.ts';
import { imageVariable, nameOf, partitionOf } from '../names.ts';
import { keyUse, policyOf, serviceTrust } from '../policy.ts';
import { accountOf, pushStatements, type MadeRepositories } from '../repositories.ts';
import { appTags } from '../tags.ts';
import { readArtifacts, type ArtifactBucket } from './artifacts.ts';

/** Days for which the logs of builds are kept. */
const logDays = 90;

/** What builds an app's images, and as whom. */
export interface Build {
  readonly project: aws.codebuild.Project;
  readonly role: aws.iam.Role;
}

/** Makes the project of CodeBuild that builds an app's images and pushes them: its role may do that, read its source and write its log. */
export function buildProject(delivery: DeliveryOf<'aws'>, delivered: AppDelivery, pipeline: BuildPipeline, { artifacts, repositories }: { readonly artifacts: ArtifactBucket; readonly repositories: MadeRepositories }, opts: pulumi.CustomResourceOptions): Build {
  const { name, cloud } = delivery;
  const id = `${name}/${delivered.app}/build`;
  const tags = appTags(delivered);
  const projectName = nameOf(delivery, delivered, undefined, 150);
  const logs = new aws.cloudwatch.LogGroup(id, { name: `/aws/codebuild/${projectName}`, retentionInDays: logDays, tags }, opts);
  const role = new aws.iam.Role(id, {
    name: nameOf(delivery, delivered, 'build', 64),
    description: `builds and pushes images of ${delivered.app}`,
    assumeRolePolicy: serviceTrust('codebuild.amazonaws.com', onlyFor(projectName, cloud.region, accountOf(repositories))),
    tags,
  }, opts);
  const policy = new aws.iam.RolePolicy(id, {
    name: 'build',
    role: role.name,
    policy: policyOf([
      ...pushStatements(repositories),
      ...readArtifacts(artifacts),
      { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: [logs.arn, pulumi.interpolate`${logs.arn}:*`] },
      ...keyUse(cloud.kmsKey),
    ]),
  }, opts);
  const project = new aws.codebuild.Project(id, {
    name: projectName,
    description: `builds images of ${delivered.app}`,
    serviceRole: role.arn,
    buildTimeout: pipeline.timeoutMinutes,
    artifacts: { type: 'CODEPIPELINE' },
    source: { type: 'CODEPIPELINE', buildspec: pipeline.buildspec },
    ...(cloud.kmsKey !== undefined && { encryptionKey: cloud.kmsKey }),
    environment: {
      type: /aarch64|arm/.test(pipeline.image) ? 'ARM_CONTAINER' : 'LINUX_CONTAINER',
      computeType: pipeline.computeType,
      image: pipeline.image,
      imagePullCredentialsType: pipeline.image.startsWith('aws/codebuild/') ? 'CODEBUILD' : 'SERVICE_ROLE',
      // Docker runs in it.
      privilegedMode: true,
      environmentVariables: buildVariables(delivered, pipeline, repositories),
    },
    // Layers stay on the machine as long as it is warm; they cost nothing.
    cache: { type: 'LOCAL', modes: ['LOCAL_DOCKER_LAYER_CACHE'] },
    logsConfig: { cloudwatchLogs: { groupName: logs.name, status: 'ENABLED' } },
    tags,
  }, { ...opts, dependsOn: [policy] });
  return { project, role };
}

/** What a build is told beside what CodeBuild says itself: the app, the branch, and where each image goes. */
function buildVariables({ app }: AppDelivery, { branch }: BuildPipeline, repositories: MadeRepositories): aws.types.input.codebuild.ProjectEnvironmentEnvironmentVariable[] {
  const images = Object.entries(repositories).map(([key, { repositoryUrl }]): readonly [string, pulumi.Input<string>] => [imageVariable(key), repositoryUrl]);
  const all: readonly (readonly [string, pulumi.Input<string>])[] = [['SLIPWAY_APP', app], ['SLIPWAY_BRANCH', branch], ...images];
  return [...all].sort(([a], [b]) => compareText(a, b)).map(([variable, value]) => ({ name: variable, value, type: 'PLAINTEXT' }));
}

/** CodeBuild is trusted on behalf of this project alone. */
function onlyFor(project: string, region: string, account: pulumi.Output<string>): Readonly<Record<string, Readonly<Record<string, pulumi.Input<string>>>>> {
  return { StringEquals: { 'aws:SourceAccount': account, 'aws:SourceArn': pulumi.interpolate`arn:${partitionOf(region)}:codebuild:${region}:${account}:project/${project}` } };
}
