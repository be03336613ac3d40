import { describe, expect, it } from 'vitest';
import { provider } from '../../../lib/clusters/delivery/alibaba/alibaba.ts';
import type { DeliveryOf } from '../../../lib/clusters/delivery/delivery.ts';
import { alibabaCloud, type AlibabaCloudOptions } from '../../../lib/model/delivery/clouds.ts';
import type { AppDeliveryInput } from '../../../lib/model/delivery/delivery.ts';
import { imageRepository } from '../../../lib/model/delivery/images.ts';
import { githubActions, gitlabCi } from '../../../lib/model/delivery/pipelines.ts';
import { deliveryOf } from '../../model/delivery/fleets.ts';
import { runProgram, type Registered, type RunOptions } from '../mock-engine.ts';

const issuer = 'https://token.actions.githubusercontent.com';
const fingerprints = ['0123456789abcdef0123456789abcdef01234567'];
const answers: NonNullable<RunOptions['answers']> = {
  'alicloud:index/getAccount:getAccount': () => ({ id: '1234567890123456' }),
  'alicloud:cs/getRegistryEnterpriseInstances:getRegistryEnterpriseInstances': () => ({ names: ['acme-images'] }),
};
const make = (apps: Readonly<Record<string, AppDeliveryInput>>, cloud: Partial<AlibabaCloudOptions> = {}, options: Partial<RunOptions> = {}) => runProgram({ stack: 'images', answers, ...options }, () => provider.make({
  delivery: deliveryOf(alibabaCloud({ region: 'cn-hangzhou', registryInstance: 'cri-abc123', namespace: 'acme', oidcProviders: { [issuer]: { fingerprints }, 'https://gitlab.com': { fingerprints } }, ...cloud }), apps) as DeliveryOf<'alibaba'>,
}));
const inputsOf = (resources: readonly Registered[], type: RegExp): unknown => {
  const found = resources.filter((each) => type.test(each.type));
  expect(found.map(({ name }) => name), String(type)).toHaveLength(1);
  return found[0]?.inputs;
};

describe('a delivery in Alibaba Cloud', () => {
  it('keeps the types and names of its resources, because another name is another resource', async () => {
    const { resources } = await make({ storefront: { images: imageRepository(), pipeline: githubActions() }, 'flask-api': { images: imageRepository(), pipeline: gitlabCi({ project: 'api/flask' }) } });
    await expect(`${resources.map(({ type, name }) => `${type} ${name}`).join('\n')}\n`).toMatchFileSnapshot('golden/alibaba-resources.txt');
  });

  it('makes private repositories alone, in a namespace where nothing appears by being pushed', async () => {
    const { resources } = await make({ storefront: { images: imageRepository() } });
    expect(inputsOf(resources, /RegistryEnterpriseNamespace$/)).toEqual({ instanceId: 'cri-abc123', name: 'acme', autoCreate: false, defaultVisibility: 'PRIVATE' });
    expect(inputsOf(resources, /RegistryEnterpriseRepo$/)).toEqual({ instanceId: 'cri-abc123', namespace: 'acme', name: 'storefront', repoType: 'PRIVATE', summary: 'Images of storefront', tagImmutability: true });
  });

  it('looks through what is pushed, and deletes old tags of each repository by itself', async () => {
    const { resources } = await make({ storefront: { images: imageRepository({ keep: 7 }) } });
    expect(inputsOf(resources, /ScanRule$/)).toEqual({ instanceId: 'cri-abc123', ruleName: 'images-storefront', scanScope: 'REPO', namespaces: ['acme'], repoNames: ['storefront'], repoTagFilterPattern: '.*', scanType: 'VUL', triggerType: 'AUTO' });
    expect(inputsOf(resources, /ArtifactLifecycleRule$/)).toEqual({ instanceId: 'cri-abc123', scope: 'REPO', namespaceName: 'acme', repoName: 'storefront', auto: true, scheduleTime: 'WEEK', retentionTagCount: 7 });
  });

  it('makes no namespace where one exists', async () => {
    const { resources } = await make({ storefront: { images: imageRepository() } }, { namespace: { existing: 'theirs' } });
    expect(resources.filter(({ type }) => /Namespace$/.test(type))).toEqual([]);
    expect(inputsOf(resources, /RegistryEnterpriseRepo$/)).toMatchObject({ namespace: 'theirs' });
  });

  it('checks a token\'s issuer, audience and subject, the subject as a pattern only where it is one', async () => {
    const trust = async (pipeline: ReturnType<typeof githubActions>): Promise<unknown> => {
      const role = inputsOf((await make({ storefront: { images: imageRepository(), pipeline } })).resources, /ram\/role:Role$/) as { readonly assumeRolePolicyDocument: string };
      return (JSON.parse(role.assumeRolePolicyDocument) as { readonly Statement: readonly { readonly Condition: unknown }[] }).Statement.map(({ Condition }) => Condition);
    };
    const exact = { 'oidc:iss': [issuer], 'oidc:aud': ['sts.aliyuncs.com'] };
    expect(await trust(githubActions())).toEqual([{ StringEquals: { ...exact, 'oidc:sub': ['repo:acme/storefront:ref:refs/heads/main'] } }]);
    expect(await trust(githubActions({ tags: 'v*' }))).toEqual([{ StringEquals: exact, StringLike: { 'oidc:sub': ['repo:acme/storefront:ref:refs/tags/v*'] } }]);
  });

  it('makes a provider that takes young tokens alone, of authorities whose fingerprints are said', async () => {
    const { resources } = await make({ storefront: { images: imageRepository(), pipeline: githubActions({ audience: 'acme' }) }, 'flask-api': { images: imageRepository(), pipeline: githubActions() } });
    expect(inputsOf(resources, /ims\/oidcProvider:/)).toMatchObject({ oidcProviderName: 'images-token.actions.githubusercontent.com', issuerUrl: issuer, clientIds: ['acme', 'sts.aliyuncs.com'], fingerprints, issuanceLimitTime: 1 });
  });

  it('never asks for the registry\'s password', async () => {
    const asked: unknown[] = [];
    await make({ storefront: { images: imageRepository() } }, {}, { answers: { ...answers, 'alicloud:cs/getRegistryEnterpriseInstances:getRegistryEnterpriseInstances': (inputs) => { asked.push(inputs); return { names: ['acme-images'] }; } } });
    expect(asked).toEqual([{ ids: ['cri-abc123'], enableDetails: false }]);
  });

  it('tells the registry\'s host inside its network too', async () => {
    const { result, valueOf } = await make({ storefront: { images: imageRepository() } });
    expect(await valueOf(result.outputs['registryInVpc'])).toMatchObject({ value: 'acme-images-registry-vpc.cn-hangzhou.cr.aliyuncs.com' });
  });
});
