import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { AppDelivery, BuildPipeline } from '../../../../model/delivery/delivery.ts';
import type { DeliveryOf } from '../../delivery.ts';
import { nameOf } from '../names.ts';
import { policyOf, serviceTrust } from '../policy.ts';
import { appTags } from '../tags.ts';

/** Starts a pipeline when its branch of a repository of CodeCommit is pushed, by a rule whose role may start it and nothing else. */
export function startOnPush(delivery: DeliveryOf<'aws'>, delivered: AppDelivery, { branch }: BuildPipeline, { pipeline, repository }: { readonly pipeline: aws.codepipeline.Pipeline; readonly repository: pulumi.Input<string> }, opts: pulumi.CustomResourceOptions): void {
  const id = `${delivery.name}/${delivered.app}/start`;
  const tags = appTags(delivered);
  const rule = new aws.cloudwatch.EventRule(id, {
    name: nameOf(delivery, delivered, 'push', 64),
    description: `pushes to ${branch} of the source of ${delivered.app}`,
    eventPattern: pushesTo(branch, repository),
    tags,
  }, opts);
  const role = new aws.iam.Role(id, {
    name: nameOf(delivery, delivered, 'start', 64),
    description: `starts the pipeline of ${delivered.app}`,
    assumeRolePolicy: serviceTrust('events.amazonaws.com', { StringEquals: { 'aws:SourceArn': rule.arn } }),
    tags,
  }, opts);
  const policy = new aws.iam.RolePolicy(id, { name: 'start', role: role.name, policy: policyOf([{ Effect: 'Allow', Action: ['codepipeline:StartPipelineExecution'], Resource: pipeline.arn }]) }, opts);
  new aws.cloudwatch.EventTarget(id, { rule: rule.name, targetId: 'pipeline', arn: pipeline.arn, roleArn: role.arn }, { ...opts, dependsOn: [policy] });
}

function pushesTo(branch: string, repository: pulumi.Input<string>): pulumi.Output<string> {
  return pulumi.jsonStringify({
    source: ['aws.codecommit'],
    'detail-type': ['CodeCommit Repository State Change'],
    resources: [repository],
    detail: { event: ['referenceCreated', 'referenceUpdated'], referenceType: ['branch'], referenceName: [branch] },
  });
}
