import { provider as alibabaProvider } from '../../lib/clusters/delivery/alibaba/alibaba.ts';
import { provider as awsProvider } from '../../lib/clusters/delivery/aws/aws.ts';
import { provider as digitalOceanProvider } from '../../lib/clusters/delivery/digitalocean/digitalocean.ts';
import { alibabaCloud, awsCloud, digitalOceanCloud } from '../../lib/model/delivery/clouds.ts';
import { account, outputs as awsOutputs, statementsOf } from '../clusters/delivery/aws-fixture.ts';
import type { Registered } from '../clusters/mock-engine.ts';
import { conformsToDeliveryProvider, type ReadIdentity } from './delivery-provider.ts';

const issuers = ['https://gitlab.com', 'https://token.actions.githubusercontent.com'] as const;
const bare = (issuer: string): string => issuer.replace('https://', '');
const ofType = (resources: readonly Registered[], type: string): Record<string, unknown>[] => resources.filter((each) => each.type === type).map(({ inputs }) => inputs);
const list = (value: string | readonly string[] | undefined): string[] => (value === undefined ? [] : [value].flat());

/** Reads a trust of AWS or RAM: `prefix` gives the keys of its conditions. */
function identityOf(trust: unknown, policy: unknown, key: (claim: 'aud' | 'sub', issuer: string) => string): ReadIdentity {
  const [statement] = statementsOf(trust);
  const conditions = Object.entries(statement?.condition ?? {}).flatMap(([, claims]) => Object.entries(claims));
  const issuer = issuers.find((each) => JSON.stringify(statement?.principal).includes(bare(each).replaceAll('/', '-'))) ?? 'none';
  const values = (name: string): string[] => conditions.filter(([each]) => each === name).flatMap(([, value]) => list(value));
  return { issuer, audience: values(key('aud', issuer)), subjects: values(key('sub', issuer)), allows: statementsOf(policy).flatMap(({ actions, resources }) => actions.flatMap((action) => resources.map((resource) => `${action} ${resource}`))) };
}

const aws = awsCloud({ region: 'eu-central-1' });
conformsToDeliveryProvider('AWS', {
  provider: awsProvider,
  cloud: aws,
  packageName: '@pulumi/aws',
  outputs: awsOutputs,
  answers: {},
  kept: ['aws:ecr/repository:Repository'],
  urlOf: (repository) => `${account}.dkr.ecr.eu-central-1.amazonaws.com/${repository}`,
  nameOf: (image) => `acme/${image}`,
  repositories: (resources) => Object.fromEntries(ofType(resources, 'aws:ecr/repository:Repository').map((repository) => {
    const policy = ofType(resources, 'aws:ecr/lifecyclePolicy:LifecyclePolicy').find((each) => each['repository'] === repository['name']);
    const rules = policy === undefined ? [] : (JSON.parse(String(policy['policy'])) as { readonly rules: readonly { readonly selection: { readonly countType: string; readonly countNumber: number } }[] }).rules;
    return [String(repository['name']), {
      keep: rules.find(({ selection }) => selection.countType === 'imageCountMoreThan')?.selection.countNumber ?? 'all',
      immutableTags: repository['imageTagMutability'] === 'IMMUTABLE',
      scan: (repository['imageScanningConfiguration'] as { readonly scanOnPush: boolean }).scanOnPush,
    }];
  })),
  identities: {
    providerType: 'aws:iam/openIdConnectProvider:OpenIdConnectProvider',
    withProviders: awsCloud({ region: 'eu-central-1', oidcProviders: Object.fromEntries(issuers.map((issuer) => [issuer, `arn:aws:iam::${account}:oidc-provider/${bare(issuer)}`])) }),
    audience: 'sts.amazonaws.com',
    resourceOf: (repository) => `arn:aws:ecr:eu-central-1:${account}:repository/${repository}`,
    everywhere: 'ecr:GetAuthorizationToken',
    read: (resources, app) => {
      const role = resources.find(({ type, name }) => type === 'aws:iam/role:Role' && name === `images/${app}/push`)?.inputs;
      const policies = ofType(resources, 'aws:iam/rolePolicy:RolePolicy').filter((each) => each['role'] === role?.['name']).map(({ policy }) => policy);
      return identityOf(role?.['assumeRolePolicy'], policies.length === 1 ? policies[0] : undefined, (claim, issuer) => `${bare(issuer)}:${claim}`);
    },
  },
});

const [ramAccount, instance] = ['1234567890123456', 'cri-abc123'];
const alibaba = (oidcProviders: Parameters<typeof alibabaCloud>[0]['oidcProviders']) => alibabaCloud({ region: 'eu-central-1', registryInstance: instance, namespace: 'acme', ...(oidcProviders !== undefined && { oidcProviders }) });
const alibabaRepo = 'alicloud:cs/registryEnterpriseRepo:RegistryEnterpriseRepo';
conformsToDeliveryProvider('Alibaba Cloud', {
  provider: alibabaProvider,
  cloud: alibaba(Object.fromEntries(issuers.map((issuer) => [issuer, { fingerprints: ['a'.repeat(40)] }]))),
  packageName: '@pulumi/alicloud',
  outputs: {
    'alicloud:ims/oidcProvider:OidcProvider': ({ oidcProviderName }) => ({ arn: `acs:ram::${ramAccount}:oidc-provider/${String(oidcProviderName)}` }),
    'alicloud:ram/role:Role': ({ roleName }) => ({ arn: `acs:ram::${ramAccount}:role/${String(roleName)}` }),
  },
  answers: {
    'alicloud:index/getAccount:getAccount': () => ({ id: ramAccount }),
    'alicloud:cs/getRegistryEnterpriseInstances:getRegistryEnterpriseInstances': ({ ids, enableDetails }) => ({ names: enableDetails === false ? (ids as string[]).map(() => 'acme-images') : [] }),
  },
  kept: [alibabaRepo, 'alicloud:cs/registryEnterpriseNamespace:RegistryEnterpriseNamespace'],
  urlOf: (repository) => `acme-images-registry.eu-central-1.cr.aliyuncs.com/acme/${repository}`,
  nameOf: (image) => image,
  repositories: (resources) => Object.fromEntries(ofType(resources, alibabaRepo).map((repository) => [String(repository['name']), {
    keep: (ofType(resources, 'alicloud:cr/artifactLifecycleRule:ArtifactLifecycleRule').find((rule) => rule['repoName'] === repository['name'] && rule['scope'] === 'REPO' && rule['auto'] === true)?.['retentionTagCount'] as number | undefined) ?? 'all',
    immutableTags: repository['tagImmutability'] === true,
    scan: ofType(resources, 'alicloud:cr/scanRule:ScanRule').some((rule) => rule['triggerType'] === 'AUTO' && (rule['repoNames'] as string[]).includes(String(repository['name']))),
  }])),
  identities: {
    providerType: 'alicloud:ims/oidcProvider:OidcProvider',
    withProviders: alibaba(Object.fromEntries(issuers.map((issuer) => [issuer, `acs:ram::${ramAccount}:oidc-provider/${bare(issuer)}`]))),
    audience: 'sts.aliyuncs.com',
    resourceOf: (repository) => `acs:cr:eu-central-1:${ramAccount}:repository/${instance}/acme/${repository}`,
    everywhere: 'cr:GetAuthorizationToken',
    read: (resources, app) => {
      const role = ofType(resources, 'alicloud:ram/role:Role').find(({ roleName }) => roleName === `images-${app}`);
      const attached = ofType(resources, 'alicloud:ram/rolePolicyAttachment:RolePolicyAttachment').find(({ roleName }) => roleName === role?.['roleName']);
      const policy = ofType(resources, 'alicloud:ram/policy:Policy').find(({ policyName }) => policyName === attached?.['policyName']);
      return identityOf(role?.['assumeRolePolicyDocument'], policy?.['policyDocument'], (claim) => `oidc:${claim}`);
    },
  },
});

conformsToDeliveryProvider('DigitalOcean', {
  provider: digitalOceanProvider,
  cloud: digitalOceanCloud({ registry: 'acme' }),
  packageName: '@pulumi/digitalocean',
  outputs: { 'digitalocean:index/containerRegistry:ContainerRegistry': ({ name }) => ({ endpoint: `registry.digitalocean.com/${String(name)}` }) },
  answers: {},
  kept: ['digitalocean:index/containerRegistry:ContainerRegistry'],
  urlOf: (repository) => `registry.digitalocean.com/acme/${repository}`,
  nameOf: (image) => image,
});
