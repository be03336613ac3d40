import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { compareText, throwProblems } from '../../../values/errors.ts';
import type { CloneUrls, DeliveryArgs, DeliveryProvider, MadeDelivery } from '../delivery.ts';
import { oidcProviders, pushRole, trustedPipelines } from './identities.ts';
import { buildPipeline } from './pipeline/pipeline.ts';
import { awsProblems } from './problems.ts';
import { imageRepositories, type MadeRepositories } from './repositories.ts';
import { sourceRepository } from './sources.ts';
import { tagsOf } from './tags.ts';

/** A delivery in AWS: image repositories of ECR, sources in CodeCommit, pipelines of CodePipeline, roles that pipelines elsewhere take on. */
export class AwsDelivery extends pulumi.ComponentResource implements MadeDelivery {
  readonly repositories: MadeDelivery['repositories'];
  readonly pipelineIdentities: MadeDelivery['pipelineIdentities'];
  readonly sources: MadeDelivery['sources'];
  readonly outputs: MadeDelivery['outputs'];

  constructor({ delivery }: DeliveryArgs<'aws'>, opts: pulumi.ComponentResourceOptions = {}) {
    super('slipway:delivery:Aws', delivery.name, {}, opts);
    const { apps, cloud, name } = delivery;
    const provider = new aws.Provider(`${name}-aws`, {
      region: cloud.region as aws.Region,
      ...(cloud.account !== undefined && { allowedAccountIds: [cloud.account] }),
      defaultTags: { tags: tagsOf(delivery) },
    }, { parent: this });
    const own = { parent: this, provider };
    const repositories = new Map<string, MadeRepositories>(apps.map((app) => [app.app, imageRepositories(delivery, app, own)]));
    const sources = new Map<string, aws.codecommit.Repository>();
    const cloneUrls: Record<string, CloneUrls> = {};
    for (const app of apps) {
      const made = sourceRepository(delivery, app, own);
      if (made === undefined || app.source === undefined) continue;
      sources.set(app.source.name, made);
      cloneUrls[app.app] = { https: made.cloneUrlHttp, ssh: made.cloneUrlSsh };
    }
    const providers = oidcProviders(delivery, own);
    const identities: Record<string, pulumi.Output<string>> = {};
    const pipelines: Record<string, pulumi.Output<string>> = {};
    for (const app of apps) {
      if (app.pipeline === undefined) continue;
      const pushed = repositories.get(app.app) ?? {};
      if (app.pipeline.kind === 'codepipeline') {
        const made = buildPipeline(delivery, app, app.pipeline, { repositories: pushed, sources }, own);
        identities[app.app] = made.role.arn;
        pipelines[app.app] = made.pipeline.arn;
      } else {
        identities[app.app] = pushRole(delivery, app, app.pipeline, { providers, repositories: pushed }, own).arn;
      }
    }
    this.repositories = Object.fromEntries([...repositories].filter(([, made]) => Object.keys(made).length > 0).map(([app, made]) => [app, Object.fromEntries(Object.entries(made).map(([key, { repositoryUrl }]) => [key, repositoryUrl]))]));
    this.pipelineIdentities = identities;
    this.sources = cloneUrls;
    const issuers = [...new Set(trustedPipelines(apps).map(({ issuer }) => issuer))].sort(compareText);
    this.outputs = {
      region: cloud.region,
      ...(Object.keys(pipelines).length > 0 && { pipelines }),
      // What another delivery of the account names in its `oidcProviders`.
      ...(issuers.length > 0 && { oidcProviders: Object.fromEntries(issuers.map((issuer) => [issuer, providers(issuer)])) }),
    };
    this.registerOutputs({ repositories: this.repositories, pipelineIdentities: this.pipelineIdentities, sources: this.sources, ...this.outputs });
  }
}

/** Makes deliveries in AWS. @throws SlipwayError naming everything that contradicts itself, before anything is made */
export const provider: DeliveryProvider<'aws'> = {
  kind: 'aws',
  make(args, opts) {
    throwProblems(awsProblems(args.delivery));
    return new AwsDelivery(args, opts);
  },
};
