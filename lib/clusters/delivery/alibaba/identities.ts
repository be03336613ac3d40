import * as alicloud from '@pulumi/alicloud';
import * as pulumi from '@pulumi/pulumi';
import type { AppDelivery, TrustedPipeline } from '../../../model/delivery/delivery.ts';
import { compareText } from '../../../values/errors.ts';
import type { DeliveryOf } from '../delivery.ts';
import type { MadeRepositories } from './repositories.ts';
import { tagsOf } from './tags.ts';

/** The provider of each issuer that a pipeline of the delivery has its tokens from: the one that exists, or a new one for all of their audiences. */
export function oidcProviders({ name, cloud, apps }: DeliveryOf<'alibaba'>, opts: pulumi.CustomResourceOptions): ReadonlyMap<string, pulumi.Input<string>> {
  const audiences = new Map<string, Set<string>>();
  for (const { pipeline } of apps) {
    if (pipeline !== undefined && pipeline.kind !== 'codepipeline') audiences.set(pipeline.issuer, (audiences.get(pipeline.issuer) ?? new Set()).add(pipeline.audience));
  }
  return new Map([...audiences].sort(([a], [b]) => compareText(a, b)).map(([issuer, of]): [string, pulumi.Input<string>] => {
    const known = cloud.oidcProviders[issuer];
    if (typeof known === 'string') return [issuer, known];
    const host = issuer.replace(/^https:\/\//, '');
    return [issuer, new alicloud.ims.OidcProvider(`${name}/${host}`, {
      oidcProviderName: `${name}-${host.replaceAll('/', '-')}`.slice(0, 128).replace(/[._-]+$/, ''),
      issuerUrl: issuer,
      clientIds: [...of].sort(compareText),
      fingerprints: [...known?.fingerprints ?? []],
      // Tokens of jobs live for minutes; an hour is the least that RAM knows.
      issuanceLimitTime: 1,
      description: `Pipelines of delivery ${name}`,
    }, opts).arn];
  }));
}

/** A role for a pipeline that runs elsewhere: it may push the app's images, for as long as a job runs, and nothing else. */
export function pushRole(delivery: DeliveryOf<'alibaba'>, { app, team }: AppDelivery, pipeline: TrustedPipeline, { provider, repositories }: { readonly provider: pulumi.Input<string>; readonly repositories: MadeRepositories }, opts: pulumi.CustomResourceOptions): alicloud.ram.Role {
  const [id, roleName] = [`${delivery.name}/${app}`, `${delivery.name}-${app}`];
  const tags = { ...tagsOf(delivery), 'slipway-app': app, 'slipway-team': team };
  const description = `Pushes images of ${app}, from ${pipeline.repository}`;
  const role = new alicloud.ram.Role(id, { roleName, description, assumeRolePolicyDocument: documentOf([trustStatement(pipeline, provider)]), maxSessionDuration: 3600, force: false, tags }, opts);
  const account = alicloud.getAccountOutput(opts).id;
  const policy = new alicloud.ram.Policy(id, {
    policyName: roleName,
    description,
    policyDocument: documentOf(pushStatements(delivery, account, repositories)),
    // RAM keeps five versions of a policy and takes no sixth.
    rotateStrategy: 'DeleteOldestNonDefaultVersionWhenLimitExceeded',
    force: false,
    tags,
  }, opts);
  new alicloud.ram.RolePolicyAttachment(id, { roleName: role.roleName, policyName: policy.policyName, policyType: 'Custom' }, opts);
  return role;
}

interface Statement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[] | string;
  readonly Resource?: readonly pulumi.Input<string>[];
  readonly Principal?: { readonly Federated: readonly pulumi.Input<string>[] };
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

function documentOf(Statement: readonly Statement[]): pulumi.Output<string> {
  return pulumi.jsonStringify({ Version: '1', Statement });
}

/** Trusts tokens for exactly the pipeline's issuer, audience and subjects. Values under one key are alternatives; where none is a pattern, none is read as one. */
function trustStatement({ issuer, audience, subjects }: TrustedPipeline, provider: pulumi.Input<string>): Statement {
  const exact = { 'oidc:iss': [issuer], 'oidc:aud': [audience] };
  const sub = { 'oidc:sub': subjects };
  return {
    Effect: 'Allow',
    Action: 'sts:AssumeRoleWithOIDC',
    Principal: { Federated: [provider] },
    Condition: subjects.some((subject) => /[*?]/.test(subject)) ? { StringEquals: exact, StringLike: sub } : { StringEquals: { ...exact, ...sub } },
  };
}

function pushStatements({ cloud }: DeliveryOf<'alibaba'>, account: pulumi.Input<string>, repositories: MadeRepositories): readonly Statement[] {
  return [
    // RAM knows no resource for it: a password for an hour, which opens what the other statement allows.
    { Effect: 'Allow', Action: ['cr:GetAuthorizationToken'], Resource: ['*'] },
    { Effect: 'Allow', Action: ['cr:PullRepository', 'cr:PushRepository'], Resource: Object.values(repositories).map((repo) => pulumi.interpolate`acs:cr:${cloud.region}:${account}:repository/${cloud.registryInstance}/${repo.namespace}/${repo.name}`) },
  ];
}
