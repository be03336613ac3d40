import { beforeAll, describe, expect, it } from 'vitest';
import { provider } from '../../../lib/clusters/delivery/aws/aws.ts';
import type { DeliveryOf } from '../../../lib/clusters/delivery/delivery.ts';
import { awsCloud } from '../../../lib/model/delivery/clouds.ts';
import { defineDelivery, deliverySchema, type Delivery } from '../../../lib/model/delivery/delivery.ts';
import { imageRepository } from '../../../lib/model/delivery/images.ts';
import { codeCommit, codePipeline, githubActions, gitlabCi } from '../../../lib/model/delivery/pipelines.ts';
import { resolveDelivery } from '../../../lib/model/delivery/resolve.ts';
import { at, listAt } from '../../../lib/values/fields.ts';
import { loadWorkspace } from '../../../lib/workspace.ts';
import { runProgram, type Registered } from '../mock-engine.ts';
import { outputs, statementsOf, type ReadStatement } from './aws-fixture.ts';

const fleet = await loadWorkspace(process.cwd());

/** This project's own apps, each delivered in every way. */
function described(name: string, pipeline: (app: string) => object): Delivery {
  const input = defineDelivery({ name, cloud: awsCloud({ region: 'eu-central-1' }), apps: Object.fromEntries(fleet.apps.map((app) => [app.name, { images: imageRepository(), ...pipeline(app.name) }])) });
  const { delivery, problems } = resolveDelivery(deliverySchema.parse(input), { file: `environments/delivery/${name}.ts`, fleet, appNames: fleet.apps.map((app) => app.name) });
  expect(problems).toEqual([]);
  return delivery;
}

const deliveries: readonly Delivery[] = [
  ...fleet.deliveries.filter(({ cloud }) => cloud.kind === 'aws'),
  described('by-github', (app) => ({ pipeline: githubActions({ repository: `acme/${app}` }) })),
  described('by-gitlab', (app) => ({ pipeline: gitlabCi({ project: `acme/${app}`, tags: 'v*' }) })),
  described('by-aws', () => ({ source: codeCommit(), pipeline: codePipeline() })),
];
const resources = new Map<string, readonly Registered[]>();

beforeAll(async () => {
  for (const delivery of deliveries) resources.set(delivery.name, (await runProgram({ stack: delivery.name, outputs }, () => provider.make({ delivery: delivery as DeliveryOf<'aws'> }))).resources);
});

const all = (): Registered[] => [...resources.values()].flat();
const ofType = (pattern: RegExp): Registered[] => {
  const found = all().filter(({ type }) => pattern.test(type));
  expect(found.length, String(pattern)).toBeGreaterThan(0);
  return found;
};
const granted = (): (ReadStatement & { readonly of: string })[] => ofType(/iam\/rolePolicy:|ecr\/repositoryPolicy:/).flatMap(({ name, inputs }) => statementsOf(inputs['policy']).map((statement) => ({ ...statement, of: name })));

describe('the deliveries of the fleet\'s apps', () => {
  it('encrypt what they store', () => {
    for (const { name, inputs } of ofType(/ecr\/repository:/)) expect(listAt(inputs, 'encryptionConfigurations').map((each) => at(each, 'encryptionType')), name).toEqual([expect.stringMatching(/^(AES256|KMS)$/)]);
    const encrypted = ofType(/s3\/bucketServerSideEncryptionConfiguration:/).map(({ inputs }) => inputs['bucket']);
    expect(ofType(/s3\/bucket:/).map(({ name }) => name)).toHaveLength(encrypted.length);
  });

  it('keep what can\'t be made again from being deleted by mistake', () => {
    for (const { name, protect } of ofType(/ecr\/repository:|codecommit\/repository:/)) expect(protect, name).toBe(true);
    for (const { name, inputs } of ofType(/ecr\/repository:/)) expect(inputs['forceDelete'], name).toBe(false);
  });

  it('look through images when they are pushed, keep their tags, and delete old ones', () => {
    for (const { name, inputs } of ofType(/ecr\/repository:/)) expect([at(inputs, 'imageScanningConfiguration', 'scanOnPush'), inputs['imageTagMutability']], name).toEqual([true, 'IMMUTABLE']);
    expect(ofType(/ecr\/lifecyclePolicy:/)).toHaveLength(ofType(/ecr\/repository:/).length);
  });

  it('open nothing to the public', () => {
    expect(ofType(/s3\/bucketPublicAccessBlock:/)).toHaveLength(ofType(/s3\/bucket:/).length);
    for (const { of, principal } of granted()) expect(JSON.stringify(principal) ?? '', of).not.toContain('*');
    expect(all().filter(({ type }) => /ecrpublic|bucketAcl|bucketWebsite/.test(type))).toEqual([]);
  });

  it('give nobody every right, and every resource for the registry\'s token alone', () => {
    for (const { of, actions } of granted()) for (const action of actions) expect(action, of).not.toContain('*');
    for (const { of, actions, resources: reached } of granted()) if (reached.includes('*')) expect([of, actions]).toEqual([of, ['ecr:GetAuthorizationToken']]);
  });

  it('hold no key that lasts: who pushes is a role', () => {
    expect(all().filter(({ type }) => /iam\/(accessKey|user|userPolicy|group)|secretsmanager/.test(type))).toEqual([]);
  });

  it('trust tokens by audience and subject, each role those of its own app\'s repository', () => {
    const trusted = deliveries.flatMap(({ name, apps }) => apps.flatMap(({ app, pipeline }) => (pipeline === undefined || pipeline.kind === 'codepipeline' ? [] : [{ name: `${name}/${app}/push`, pipeline }])));
    expect(ofType(/iam\/role:/).map(({ name }) => name).filter((name) => name.endsWith('/push')).sort()).toEqual(trusted.map(({ name }) => name).sort());
    for (const { name, pipeline } of trusted) {
      const host = pipeline.issuer.slice('https://'.length);
      for (const { inputs } of ofType(/iam\/role:/).filter((role) => role.name === name)) {
        expect(statementsOf(inputs['assumeRolePolicy']).map(({ condition }) => Object.assign({}, ...Object.values(condition)) as unknown), name).toEqual([{ [`${host}:aud`]: pipeline.audience, [`${host}:sub`]: pipeline.subjects }]);
      }
      for (const subject of pipeline.subjects) expect(subject).toMatch(new RegExp(`^(repo|project_path):${pipeline.repository}:ref`));
    }
  });

  it('keep logs for a time, not for ever', () => {
    for (const { name, inputs } of ofType(/cloudwatch\/logGroup:/)) expect(inputs['retentionInDays'], name).toBe(90);
  });

  it('carry tags that name the fleet\'s delivery, and the app with its team', () => {
    for (const { name, inputs } of ofType(/^pulumi:providers:aws$/)) expect(JSON.stringify(inputs['defaultTags']), name).toContain('slipway-delivery');
    for (const { name, inputs } of ofType(/(ecr|codecommit)\/repository:|iam\/role:|codepipeline\/pipeline:|codebuild\/project:|s3\/bucket:|logGroup:|eventRule:/)) {
      const app = fleet.apps.find((each) => each.name === name.split('/')[1]);
      expect(inputs['tags'], name).toEqual({ 'slipway-app': app?.name, 'slipway-team': app?.team });
    }
  });
});
