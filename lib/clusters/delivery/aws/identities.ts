import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import type { AppDelivery, TrustedPipeline } from '../../../model/delivery/delivery.ts';
import { compareText } from '../../../values/errors.ts';
import type { DeliveryOf } from '../delivery.ts';
import { nameOf } from './names.ts';
import { policyOf, type Statement } from './policy.ts';
import { pushStatements, type MadeRepositories } from './repositories.ts';
import { appTags } from './tags.ts';

/** Gives the ARN of the OIDC provider of an issuer, by its URL. */
export type OidcProviders = (issuer: string) => pulumi.Input<string>;

/** The pipelines of a delivery that run elsewhere. */
export function trustedPipelines(apps: readonly AppDelivery[]): readonly TrustedPipeline[] {
  return apps.flatMap(({ pipeline }) => (pipeline === undefined || pipeline.kind === 'codepipeline' ? [] : [pipeline]));
}

/** The provider of an issuer that pipelines of the delivery have their tokens from: the one that exists, or a new one for all of their audiences. */
export function oidcProviders({ name, cloud, apps }: DeliveryOf<'aws'>, opts: pulumi.CustomResourceOptions): OidcProviders {
  const made = new Map<string, pulumi.Input<string>>(Object.entries(cloud.oidcProviders));
  return (issuer) => {
    const known = made.get(issuer);
    if (known !== undefined) return known;
    const audiences = new Set(trustedPipelines(apps).filter((pipeline) => pipeline.issuer === issuer).map(({ audience }) => audience));
    const { arn } = new aws.iam.OpenIdConnectProvider(`${name}/${issuerPath(issuer)}`, { url: issuer, clientIdLists: [...audiences].sort(compareText) }, opts);
    made.set(issuer, arn);
    return arn;
  };
}

/** An issuer as IAM writes it in ARNs and condition keys. */
export function issuerPath(issuer: string): string {
  return issuer.replace(/^https:\/\//, '');
}

/** A role for a pipeline that runs elsewhere: it may push the app's images, for as long as a job runs, and nothing else. */
export function pushRole(delivery: DeliveryOf<'aws'>, delivered: AppDelivery, pipeline: TrustedPipeline, { providers, repositories }: { readonly providers: OidcProviders; readonly repositories: MadeRepositories }, opts: pulumi.CustomResourceOptions): aws.iam.Role {
  const id = `${delivery.name}/${delivered.app}/push`;
  const role = new aws.iam.Role(id, {
    name: nameOf(delivery, delivered, 'push', 64),
    description: `pushes images of ${delivered.app}, from ${pipeline.repository}`,
    assumeRolePolicy: policyOf([trustStatement(pipeline, providers(pipeline.issuer))]),
    tags: appTags(delivered),
  }, opts);
  new aws.iam.RolePolicy(id, { name: 'push', role: role.name, policy: policyOf(pushStatements(repositories)) }, opts);
  return role;
}

/** Trusts tokens for exactly the pipeline's audience and subjects. Conditions under one key are alternatives; where none is a pattern, none is read as one. */
export function trustStatement({ issuer, audience, subjects }: Pick<TrustedPipeline, 'audience' | 'issuer' | 'subjects'>, provider: pulumi.Input<string>): Statement {
  const aud = { [`${issuerPath(issuer)}:aud`]: audience };
  const sub = { [`${issuerPath(issuer)}:sub`]: subjects };
  return {
    Effect: 'Allow',
    Action: ['sts:AssumeRoleWithWebIdentity'],
    Principal: { Federated: provider },
    Condition: subjects.some((subject) => /[*?]/.test(subject)) ? { StringEquals: aud, StringLike: sub } : { StringEquals: { ...aud, ...sub } },
  };
}
