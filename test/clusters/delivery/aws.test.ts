import { describe, expect, it } from 'vitest';
import { provider } from '../../../lib/clusters/delivery/aws/aws.ts';
import { SlipwayError } from '../../../lib/values/errors.ts';
import { listAt } from '../../../lib/values/fields.ts';
import { account, built, deliveryOf, everyApp, everything, images, kmsKey, make, one, trusted } from './aws-fixture.ts';
import { runProgram } from '../mock-engine.ts';
import { inputProblems } from './package-types.ts';

const ecr = 'aws:ecr/repository:Repository';
const oidc = 'aws:iam/openIdConnectProvider:OpenIdConnectProvider';

describe('a delivery in AWS', () => {
  it('makes everything below one component named like the delivery, each resource under a name of its own', async () => {
    const { resources } = await everything();
    const [component, ...others] = resources.filter(({ custom }) => !custom);
    expect(others).toEqual([]);
    expect(component).toMatchObject({ type: 'slipway:delivery:Aws', name: 'images-eu' });
    for (const each of resources.filter(({ custom }) => custom)) expect(each.parent, each.name).toBe(component?.urn);
    expect(new Set(resources.map(({ urn }) => urn)).size).toBe(resources.length);
  });

  it('keeps the types and names of its resources, because another name is another resource', async () => {
    const { resources } = await everything();
    await expect(`${resources.map(({ type, name }) => `${type} ${name}`).join('\n')}\n`).toMatchFileSnapshot('golden/aws-resources.txt');
  });

  it('asks for the same on a second run', async () => {
    expect((await make()).resources).toEqual((await everything()).resources);
  });

  it('previews what isn\'t there yet: outputs aren\'t known, and every resource is named', async () => {
    const there = await everything();
    const { resources, result, valueOf } = await make(deliveryOf(), { preview: true, outputs: {} });
    expect(resources.map(({ urn }) => urn)).toEqual(there.resources.map(({ urn }) => urn));
    expect(await valueOf(result.repositories['storefront']?.['main'])).toMatchObject({ known: false });
    expect(await valueOf(result.pipelineIdentities['storefront'])).toMatchObject({ known: false });
    expect(resources.filter(({ name, type }) => name === 'images-eu/storefront/push' && type.endsWith(':RolePolicy')).map(({ inputs }) => inputs['policy'])).toEqual(['unknown']);
  });

  it('takes only what the types of its package know, and leaves out nothing that they require', async () => {
    for (const cloud of [{}, { account, kmsKey, tags: { cost: '42' } }]) {
      const { resources } = await everything(cloud);
      expect(resources.filter(({ type }) => type.startsWith('aws:')).flatMap(({ type, name, inputs }) => inputProblems('@pulumi/aws', type, inputs).map((problem) => `${name}: ${problem}`))).toEqual([]);
    }
  });

  it('would be told of a field too many, one that is missing, and a value of another kind', () => {
    expect(inputProblems('@pulumi/aws', ecr, { name: 5, forceDelet: true, imageScanningConfiguration: { scan: true }, encryptionConfigurations: {}, tags: { a: 1 } })).toEqual([
      '.name: expected a string, got 5', ".forceDelet: isn't known", '.imageScanningConfiguration.scanOnPush: is required', ".imageScanningConfiguration.scan: isn't known", '.encryptionConfigurations: expected a list, got {}', '.tags.a: expected a string, got 1',
    ]);
    expect(inputProblems('@pulumi/aws', 'aws:ecr/repo:Repo', {})).toEqual(['no type aws:ecr/repo:Repo in @pulumi/aws']);
  });

  it('tells where images go and sources are cloned from, and who pushes, none of it a secret', async () => {
    const { result, valueOf } = await everything();
    const told = await valueOf({ repositories: result.repositories, pipelineIdentities: result.pipelineIdentities, sources: result.sources, ...result.outputs });
    const registry = `${account}.dkr.ecr.eu-central-1.amazonaws.com`;
    expect(told).toEqual({ secret: false, known: true, value: {
      repositories: {
        elsewhere: { main: `${registry}/ops/elsewhere` },
        'flask-api': { main: `${registry}/flask-api`, worker: `${registry}/flask-api/worker` },
        linked: { main: `${registry}/ops/linked` },
        reports: { main: `${registry}/ops/reports` },
        storefront: { main: `${registry}/acme/storefront` },
      },
      pipelineIdentities: {
        elsewhere: `arn:aws:iam::${account}:role/images-eu_elsewhere_build`,
        'flask-api': `arn:aws:iam::${account}:role/images-eu_flask-api_build`,
        linked: `arn:aws:iam::${account}:role/images-eu_linked_build`,
        reports: `arn:aws:iam::${account}:role/images-eu_reports_push`,
        storefront: `arn:aws:iam::${account}:role/images-eu_storefront_push`,
      },
      sources: { 'flask-api': { https: 'https://git-codecommit.eu-central-1.amazonaws.com/v1/repos/flask-api', ssh: 'ssh://git-codecommit.eu-central-1.amazonaws.com/v1/repos/flask-api' } },
      region: 'eu-central-1',
      oidcProviders: { 'https://gitlab.example.com': `arn:aws:iam::${account}:oidc-provider/gitlab.example.com`, 'https://token.actions.githubusercontent.com': `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com` },
      pipelines: Object.fromEntries(['elsewhere', 'flask-api', 'linked'].map((app) => [app, `arn:aws:codepipeline:eu-central-1:${account}:images-eu_${app}`])),
    } });
  });

  it('hands nothing secret to any resource', async () => {
    expect(JSON.stringify((await everything()).resources)).not.toMatch(/"secret":|PRIVATE KEY|AKIA/);
    expect((await everything()).resources.filter(({ type }) => /iam\/(accessKey|user):/.test(type))).toEqual([]);
  });

  it('works in the account that is said alone, and tags what it makes', async () => {
    const { inputs } = one((await everything({ account, kmsKey, tags: { cost: '42' } })).resources, 'pulumi:providers:aws', 'images-eu-aws');
    expect(inputs).toMatchObject({ region: 'eu-central-1', allowedAccountIds: JSON.stringify([account]), defaultTags: JSON.stringify({ tags: { cost: '42', 'managed-by': 'slipway', 'slipway-delivery': 'images-eu' } }) });
    expect(one((await everything()).resources, ecr, 'images-eu/storefront/main').inputs['tags']).toEqual({ 'slipway-app': 'storefront', 'slipway-team': 'shop' });
  });

  it('makes nothing for an app that gets nothing', async () => {
    const { resources, result } = await make(deliveryOf([{ app: 'bare', team: 'ops' }]));
    expect(resources.map(({ type }) => type).sort()).toEqual(['pulumi:providers:aws', 'slipway:delivery:Aws']);
    expect([result.repositories, result.pipelineIdentities, result.sources, result.outputs]).toEqual([{}, {}, {}, { region: 'eu-central-1' }]);
  });

  it('refuses what contradicts itself, all at once and before anything is made', async () => {
    const wrong = deliveryOf([{ app: 'x', team: 'ops', images: images({ 'a-b': 'x/1', a_b: 'x/2' }), pipeline: built() }], {
      account,
      kmsKey: kmsKey.replace('eu-central-1', 'us-east-1'),
      oidcProviders: { 'https://gitlab.com': `arn:aws:iam::${account}:oidc-provider/gitlab.example.com`, 'https://gitlab.example.com': 'arn:aws:iam::999999999999:oidc-provider/gitlab.example.com' },
    });
    const { result: refused, resources } = await runProgram({ stack: 'images-eu' }, () => {
      try {
        return provider.make({ delivery: wrong });
      } catch (error) {
        return error;
      }
    });
    expect(refused).toBeInstanceOf(SlipwayError);
    expect(resources).toEqual([]);
    expect(String(refused)).toMatch(/apps\.x\.pipeline: expected images whose variables differ, got SLIPWAY_IMAGE_A_B for "a-b" and "a_b"[\s\S]*cloud\.kmsKey: expected a key of eu-central-1, got .*us-east-1[\s\S]*gitlab\.com"\]: expected the ARN of that issuer's provider[\s\S]*gitlab\.example\.com"\]: expected a provider of account 111122223333/);
  });
});

describe('image repositories of ECR', () => {
  it('are encrypted, scanned on push, with tags that stay, and can\'t be deleted by mistake', async () => {
    const { resources } = await everything();
    expect(resources.filter(({ type }) => type === ecr)).toHaveLength(6);
    for (const { name, inputs, protect } of resources.filter(({ type }) => type === ecr)) {
      expect({ name, protect, ...inputs }).toMatchObject({ protect: true, forceDelete: false, imageTagMutability: 'IMMUTABLE', imageScanningConfiguration: { scanOnPush: true }, encryptionConfigurations: [{ encryptionType: 'AES256' }] });
    }
  });

  it('are encrypted by the key that is named', async () => {
    expect(one((await everything({ kmsKey })).resources, ecr, 'images-eu/storefront/main').inputs['encryptionConfigurations']).toEqual([{ encryptionType: 'KMS', kmsKey }]);
  });

  it('delete images without a tag by age, and tagged ones by count', async () => {
    const { inputs } = one((await everything()).resources, 'aws:ecr/lifecyclePolicy:LifecyclePolicy', 'images-eu/flask-api/worker');
    expect(inputs['repository']).toBe('flask-api/worker');
    expect(JSON.parse(String(inputs['policy']))).toEqual({ rules: [
      { rulePriority: 1, description: 'images without a tag go after 3 days', selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 3 }, action: { type: 'expire' } },
      { rulePriority: 2, description: 'the newest 20 tagged images stay', selection: { tagStatus: 'tagged', tagPatternList: ['*'], countType: 'imageCountMoreThan', countNumber: 20 }, action: { type: 'expire' } },
    ] });
  });

  it('do what is said otherwise: tags that move, no scan, nothing deleted', async () => {
    const { untaggedDays: _, ...kept } = images({ main: 'x' }, { keep: 'all', immutableTags: false, scan: false });
    const { resources } = await make(deliveryOf([{ app: 'x', team: 'ops', images: kept }]));
    expect(one(resources, ecr, 'images-eu/x/main').inputs).toMatchObject({ imageTagMutability: 'MUTABLE', imageScanningConfiguration: { scanOnPush: false } });
    expect(resources.filter(({ type }) => /lifecyclePolicy|repositoryPolicy/.test(type))).toEqual([]);
    const tagged = await make(deliveryOf([{ app: 'x', team: 'ops', images: { ...kept, keep: 3 } }]));
    expect(listAt(JSON.parse(String(one(tagged.resources, 'aws:ecr/lifecyclePolicy:LifecyclePolicy', 'images-eu/x/main').inputs['policy'])), 'rules')).toHaveLength(1);
  });
});

describe('sources in CodeCommit', () => {
  it('can\'t be deleted by mistake, and are encrypted by the key that is named', async () => {
    const type = 'aws:codecommit/repository:Repository';
    expect(one((await everything()).resources, type, 'images-eu/flask-api')).toMatchObject({ protect: true, inputs: { repositoryName: 'flask-api', defaultBranch: 'main', description: 'source of flask-api' } });
    expect(one((await everything({ kmsKey })).resources, type, 'images-eu/flask-api').inputs['kmsKeyId']).toBe(kmsKey);
    expect((await everything()).resources.filter((each) => each.type === type)).toHaveLength(1);
  });
});

describe('OIDC providers', () => {
  it('are made once for each issuer, for every audience that is asked for', async () => {
    const app = (name: string, audience: string) => ({ app: name, team: 'ops', images: images({ main: name }), pipeline: trusted({ audience }) });
    const { resources } = await make(deliveryOf([app('a', 'sts.amazonaws.com'), app('b', 'https://acme.example'), app('c', 'sts.amazonaws.com')]));
    expect(resources.filter(({ type }) => type === oidc).map(({ name, inputs }) => [name, inputs])).toEqual([['images-eu/token.actions.githubusercontent.com', { url: 'https://token.actions.githubusercontent.com', clientIdLists: ['https://acme.example', 'sts.amazonaws.com'] }]]);
  });

  it('aren\'t made where they exist, because an account has one of each issuer', async () => {
    const existing = `arn:aws:iam::${account}:oidc-provider/gitlab.example.com`;
    const { resources } = await make(deliveryOf(everyApp, { oidcProviders: { 'https://gitlab.example.com': existing } }));
    expect(resources.filter(({ type }) => type === oidc).map(({ name }) => name)).toEqual(['images-eu/token.actions.githubusercontent.com']);
    expect(String(one(resources, 'aws:iam/role:Role', 'images-eu/reports/push').inputs['assumeRolePolicy'])).toContain(existing);
  });
});
