import type * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { BuildPipeline } from '../../../../model/delivery/delivery.ts';
import { partitionOf } from '../names.ts';
import type { Statement } from '../policy.ts';

/** What a pipeline's source is: an action of its first stage, and what that needs. */
export interface PipelineSource {
  readonly action: aws.types.input.codepipeline.PipelineStageAction;
  /** What the pipeline's role has to be allowed. */
  readonly statements: readonly Statement[];
  /** What starts it where the source tells the pipeline itself. @default - none: a rule does */
  readonly triggers?: aws.types.input.codepipeline.PipelineTrigger[];
  /** ARN of the repository whose pushes start it by a rule. @default - none: its triggers do */
  readonly pushesOf?: pulumi.Input<string>;
}

/** Name of the artifact that a source hands on. */
export const sourceArtifact = 'source';

/** The source of a pipeline: by CodeCommit a repository of the account, by a connection one at GitHub or GitLab. What is handed on is a copy of the commit without its history, so that a build gets no way into Git. */
export function pipelineSource({ from, branch }: BuildPipeline, { region, account, made }: { readonly region: string; readonly account: pulumi.Output<string>; readonly made: aws.codecommit.Repository | undefined }): PipelineSource {
  switch (from.kind) {
    case 'codecommit': {
      const arn = made?.arn ?? pulumi.interpolate`arn:${partitionOf(region)}:codecommit:${region}:${account}:${from.repository}`;
      return {
        action: sourceAction('CodeCommit', { RepositoryName: made?.repositoryName ?? from.repository, BranchName: branch, PollForSourceChanges: 'false', OutputArtifactFormat: 'CODE_ZIP' }),
        statements: [{ Effect: 'Allow', Action: ['codecommit:CancelUploadArchive', 'codecommit:GetBranch', 'codecommit:GetCommit', 'codecommit:GetRepository', 'codecommit:GetUploadArchiveStatus', 'codecommit:UploadArchive'], Resource: arn }],
        pushesOf: arn,
      };
    }
    case 'connection':
      return {
        action: sourceAction('CodeStarSourceConnection', { ConnectionArn: from.connection, FullRepositoryId: from.repository, BranchName: branch, DetectChanges: 'false', OutputArtifactFormat: 'CODE_ZIP' }),
        statements: [{ Effect: 'Allow', Action: ['codeconnections:UseConnection', 'codestar-connections:UseConnection'], Resource: bothNames(from.connection) }],
        triggers: [{ providerType: 'CodeStarSourceConnection', gitConfiguration: { sourceActionName: 'Source', pushes: [{ branches: { includes: [branch] } }] } }],
      };
    default:
      return from satisfies never;
  }
}

function sourceAction(provider: string, configuration: Readonly<Record<string, pulumi.Input<string>>>): aws.types.input.codepipeline.PipelineStageAction {
  return { name: 'Source', category: 'Source', owner: 'AWS', provider, version: '1', outputArtifacts: [sourceArtifact], configuration };
}

/** A connection has an ARN under its service's former name and under its present one; which of them is asked for depends on who asks. */
function bothNames(connection: string): readonly string[] {
  return ['codeconnections', 'codestar-connections'].map((service) => connection.replace(/:(codeconnections|codestar-connections):/, `:${service}:`));
}
