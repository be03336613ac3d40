import { describe, expect, it } from 'vitest';
import { account, everything, kmsKey, one, statementsOf, type ReadStatement } from './aws-fixture.ts';
import type { Registered } from '../mock-engine.ts';

const role = 'aws:iam/role:Role';
const rolePolicy = 'aws:iam/rolePolicy:RolePolicy';
const policyFields = ['assumeRolePolicy', 'policy'] as const;

/** Every statement of every policy of a delivery, with the resource that it is of. */
const statements = (resources: readonly Registered[]): readonly (ReadStatement & { readonly of: string })[] => resources
  .filter(({ type }) => /(rolePolicy|role|repositoryPolicy|bucketPolicy):/i.test(type))
  .flatMap(({ name, type, inputs }) => policyFields.flatMap((field) => (inputs[field] === undefined ? [] : statementsOf(inputs[field]).map((statement) => ({ ...statement, of: `${type.split(':').at(-1)} ${name}` })))));
const allowed = (resources: readonly Registered[], of: string): readonly ReadStatement[] => statements(resources).filter((each) => each.of === of);
const withTls = { Bool: { 'aws:SecureTransport': 'false' } };

describe('the policies of a delivery in AWS', () => {
  it.each([{}, { kmsKey }])('allow no action by a pattern (%j)', async (cloud) => {
    const all = statements((await everything(cloud)).resources);
    expect(all.length).toBeGreaterThan(40);
    for (const { of, effect, actions } of all) if (effect === 'Allow') for (const action of actions) expect(action, of).toMatch(/^[a-z0-9-]+:[A-Za-z]+$/);
    // What is denied by a pattern is the way in without encryption, to buckets.
    expect(all.filter(({ effect }) => effect !== 'Allow').map(({ of, actions, condition }) => [of, actions, condition])).toEqual(['elsewhere', 'flask-api', 'linked'].map((app) => [`BucketPolicy images-eu/${app}/pipeline`, ['s3:*'], withTls]));
  });

  it('reach every resource of the account for one action alone, for which AWS knows no resource', async () => {
    const { resources } = await everything({ kmsKey });
    const wide = statements(resources).filter((each) => each.resources.includes('*')).map(({ of, actions }) => ({ of, actions }));
    expect(wide).toEqual([
      'RolePolicy images-eu/elsewhere/build', 'RolePolicy images-eu/flask-api/build', 'RolePolicy images-eu/linked/build', 'RolePolicy images-eu/reports/push', 'RolePolicy images-eu/storefront/push',
    ].map((of) => ({ of, actions: ['ecr:GetAuthorizationToken'] })));
  });

  it('name beside it the resource itself, or all within one: objects of a bucket, streams of a log', async () => {
    const patterns = statements((await everything({ kmsKey })).resources).flatMap(({ resources }) => resources.filter((each) => each !== '*' && each.includes('*')));
    expect(patterns.length).toBeGreaterThan(0);
    for (const each of patterns) expect(each).toMatch(/^(arn:aws:s3:::images-eu-[a-z-]+-0a1b2c\/\*|arn:aws:logs:eu-central-1:111122223333:log-group:\/aws\/codebuild\/images-eu_[a-z-]+:\*)$/);
  });

  it('let a role be taken on by one service or one OIDC provider, never by everybody', async () => {
    const { resources } = await everything();
    const trusts = resources.filter(({ type }) => type === role).map(({ name, inputs }) => [name, statementsOf(inputs['assumeRolePolicy']).map(({ principal }) => principal)]);
    expect(trusts).toHaveLength(10);
    for (const [name, principals] of trusts) expect(principals, String(name)).toEqual([expect.toSatisfy((principal: object) => /^\{"(Service":"(codebuild|codepipeline|events)\.amazonaws\.com"|Federated":"arn:aws:iam::111122223333:oidc-provider\/[a-z.]+")\}$/.test(JSON.stringify(principal)))]);
  });

  it('let a pipeline elsewhere push to its own app\'s repositories and do nothing else', async () => {
    const { resources } = await everything();
    const repository = (name: string): string => `arn:aws:ecr:eu-central-1:${account}:repository/${name}`;
    for (const [app, name] of [['storefront', 'acme/storefront'], ['reports', 'ops/reports']] as const) {
      const [token, push, ...others] = allowed(resources, `RolePolicy images-eu/${app}/push`);
      expect(others).toEqual([]);
      expect(token).toMatchObject({ actions: ['ecr:GetAuthorizationToken'] });
      expect(push?.resources).toEqual([repository(name)]);
      expect(push?.actions.filter((action) => !action.startsWith('ecr:') || /Delete|Policy|Create|Tag/.test(action))).toEqual([]);
      expect(push?.actions).toEqual(expect.arrayContaining(['ecr:BatchCheckLayerAvailability', 'ecr:CompleteLayerUpload', 'ecr:InitiateLayerUpload', 'ecr:PutImage', 'ecr:UploadLayerPart']));
    }
    expect(allowed(resources, 'RolePolicy images-eu/flask-api/build')[1]?.resources).toEqual([repository('flask-api'), repository('flask-api/worker')]);
  });

  it('attach no policy that somebody else maintains, and none that a person could hold', async () => {
    const { resources } = await everything();
    expect(resources.filter(({ type }) => /rolePolicyAttachment|iam\/(policy|user|group|accessKey):/.test(type))).toEqual([]);
    for (const { inputs } of resources.filter(({ type }) => type === role)) expect(inputs).not.toHaveProperty('managedPolicyArns');
    expect(resources.filter(({ type }) => type === rolePolicy)).toHaveLength(10);
  });

  it('trust CodeBuild for the app\'s own project, and EventBridge for its own rule', async () => {
    const { resources } = await everything();
    const trust = (name: string): readonly ReadStatement[] => statementsOf(one(resources, role, name).inputs['assumeRolePolicy']);
    expect(trust('images-eu/flask-api/build').map(({ condition }) => condition)).toEqual([{ StringEquals: { 'aws:SourceAccount': account, 'aws:SourceArn': `arn:aws:codebuild:eu-central-1:${account}:project/images-eu_flask-api` } }]);
    expect(one(resources, 'aws:codebuild/project:Project', 'images-eu/flask-api/build').inputs['name']).toBe('images-eu_flask-api');
    expect(trust('images-eu/flask-api/start').map(({ condition }) => condition)).toEqual([{ StringEquals: { 'aws:SourceArn': `arn:aws:events:eu-central-1:${account}:rule/images-eu_flask-api_push` } }]);
  });

  it('let other accounts pull and look for tags, and push nothing', async () => {
    const { resources } = await everything();
    expect(resources.filter(({ type }) => /repositoryPolicy:/.test(type)).map(({ name }) => name)).toEqual(['images-eu/storefront/main']);
    expect(statementsOf(one(resources, 'aws:ecr/repositoryPolicy:RepositoryPolicy', 'images-eu/storefront/main').inputs['policy'])).toEqual([{
      effect: 'Allow',
      actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:DescribeImages', 'ecr:GetDownloadUrlForLayer', 'ecr:ListImages'],
      resources: [],
      principal: { AWS: ['arn:aws:iam::444455556666:root', 'arn:aws:iam::777788889999:root'] },
      condition: {},
    }]);
  });

  it('let who works with encrypted artifacts use the one key that is named, and no key where none is', async () => {
    const keyed = statements((await everything({ kmsKey })).resources).filter(({ actions }) => actions.some((action) => action.startsWith('kms:')));
    expect(keyed.map(({ of, resources }) => [of, resources])).toEqual(['elsewhere', 'flask-api', 'linked'].flatMap((app) => [[`RolePolicy images-eu/${app}/build`, [kmsKey]], [`RolePolicy images-eu/${app}/pipeline`, [kmsKey]]]));
    expect(JSON.stringify((await everything()).resources)).not.toContain('kms:');
  });
});
