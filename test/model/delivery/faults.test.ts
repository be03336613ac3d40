import { describe, expect, it } from 'vitest';
import { alibabaCloud, awsCloud, digitalOceanCloud } from '../../../lib/model/delivery/clouds.ts';
import { imageRepository } from '../../../lib/model/delivery/images.ts';
import { codeCommit, codePipeline, githubActions, gitlabCi } from '../../../lib/model/delivery/pipelines.ts';
import type { Draft } from '../sources.ts';
import { problemsOf, withDeliveries } from './fleets.ts';

const aws = awsCloud({ region: 'eu-central-1' });
const alibaba = alibabaCloud({ region: 'eu-central-1', registryInstance: 'cri-abc123', namespace: 'acme' });
const digitalOcean = digitalOceanCloud({ registry: 'acme' });
const at = 'environments/delivery/images.ts: ';
const app = `${at}apps.storefront`;
const sourceAt = (source: string) => (edited: Draft): void => { (edited.apps['storefront'] ?? {})['source'] = source; };

describe('what is wrong with a delivery', () => {
  it('that its cloud can\'t do is told for each thing that was asked for, and nothing for what wasn\'t', () => {
    const all = { images: imageRepository({ keep: 9, untaggedDays: 3, immutableTags: true, scan: true, readers: ['123456789012'] }), pipeline: codePipeline(), source: codeCommit() };
    expect(problemsOf(digitalOcean, { storefront: all })).toEqual([
      `${app}.images.immutableTags: expected nothing of this with digitalOceanCloud(): DigitalOcean's registry lets tags move`,
      `${app}.images.keep: expected nothing of this with digitalOceanCloud(): DigitalOcean's registry has no rules that delete images`,
      `${app}.images.readers: expected nothing of this with digitalOceanCloud(): they are numbers of AWS accounts`,
      `${app}.images.scan: expected nothing of this with digitalOceanCloud(): DigitalOcean's registry doesn't look into images`,
      `${app}.images.untaggedDays: expected nothing of this with digitalOceanCloud(): DigitalOcean's registry has no rules that delete images`,
      `${app}.pipeline: expected nothing of this with digitalOceanCloud(): DigitalOcean trusts no OIDC tokens: only its API tokens push`,
      `${app}.source: expected nothing of this with digitalOceanCloud(): it is a service of AWS`,
    ]);
    expect(problemsOf(digitalOcean, { storefront: { images: imageRepository(), pipeline: githubActions() } })).toEqual([`${app}.pipeline: expected nothing of this with digitalOceanCloud(): DigitalOcean trusts no OIDC tokens: only its API tokens push`]);
    expect(problemsOf(digitalOcean, { storefront: { images: imageRepository({ keep: 'all', scan: false, immutableTags: false, readers: [] }) } })).toEqual([]);
    expect(problemsOf(alibaba, { storefront: all })).toEqual([
      `${app}.images.readers: expected nothing of this with alibabaCloud(): they are numbers of AWS accounts`,
      `${app}.images.untaggedDays: expected nothing of this with alibabaCloud(): Container Registry deletes by the number of tags, not by age`,
      `${app}.pipeline.kind: expected nothing of this with alibabaCloud(): it is a service of AWS`,
      `${app}.source: expected nothing of this with alibabaCloud(): it is a service of AWS`,
    ]);
    expect(problemsOf(aws, { storefront: all })).toEqual([]);
  });

  it('and another definition is told with the names that there are', () => {
    expect(problemsOf(aws, { storefrnt: { images: imageRepository() } })).toEqual([`${at}apps.storefrnt: expected an app of the fleet, got "storefrnt".`]);
    expect(problemsOf(aws, {})).toEqual([`${at}apps: expected what at least one app gets, got nothing`]);
    expect(problemsOf(aws, { storefront: {} })).toEqual([`${app}: expected images, a pipeline or a source, got none of them`]);
    expect(problemsOf(aws, { storefront: { pipeline: githubActions() } })).toEqual([`${app}.images: expected image repositories for the pipeline to push to, got none`]);
    expect(problemsOf(aws, { storefront: { images: imageRepository({ name: { mian: 'x1' } }) } })).toEqual([`${app}.images.name.mian: expected an image of storefront, got "mian".`]);
    expect(problemsOf(aws, { storefront: { images: imageRepository({ name: 'x1' }) } }, (edited) => { (edited.apps['storefront'] ?? {})['images'] = { main: 'storefront', worker: 'flask-api' }; })).toEqual([`${app}.images.name: expected the name of each image of storefront, which has several, got "x1" for all`]);
  });

  it('is no unknown app where the app itself has a fault', () => {
    expect(problemsOf(aws, { storefront: { images: imageRepository() } }, (edited) => { (edited.apps['storefront'] ?? {})['team'] = 'Shop Team'; })).toEqual([expect.stringMatching(/^apps\/storefront\.ts: team/)]);
  });

  it('is told of a pipeline whose source nobody knows', () => {
    expect(problemsOf(aws, { storefront: { images: imageRepository(), pipeline: gitlabCi() } })).toEqual([`${app}.pipeline.project: expected the project whose jobs are trusted, got nothing, and the app's source "https://github.com/acme/storefront" isn't at https://gitlab.com`]);
    expect(problemsOf(aws, { storefront: { images: imageRepository(), pipeline: codePipeline() } })).toEqual([`${app}.pipeline.connection: expected the connection by which "https://github.com/acme/storefront" is read, got "nothing"`]);
    expect(problemsOf(aws, { storefront: { images: imageRepository(), pipeline: codePipeline() } }, sourceAt('https://git-codecommit.us-east-1.amazonaws.com/v1/repos/web'))).toEqual([`${app}.pipeline: expected a source in eu-central-1, got the repository web in us-east-1`]);
    expect(problemsOf(aws, { storefront: { images: imageRepository(), source: codeCommit(), pipeline: codePipeline({ connection: 'arn:aws:codeconnections:eu-central-1:123456789012:connection/1a2b' }) } })).toEqual([`${app}.pipeline.connection: expected none, because the source of storefront is in CodeCommit`]);
    expect(problemsOf(alibaba, { storefront: { images: imageRepository(), pipeline: githubActions() } })).toEqual([`${app}.pipeline: expected cloud.oidcProviders to have an entry for the issuer https://token.actions.githubusercontent.com, got none: RAM wants the fingerprints of its authority`]);
  });

  it('is told of contradictions in one pipeline', () => {
    const told = (pipeline: ReturnType<typeof githubActions>): string[] => problemsOf(aws, { storefront: { images: imageRepository(), pipeline } });
    expect(told(githubActions({ environment: 'production', branch: 'main', tags: 'v*' }))).toEqual([expect.stringContaining('pipeline.branch: expected none beside environment'), expect.stringContaining('pipeline.tags: expected none beside environment')]);
    expect(told(githubActions({ server: 'https://git.acme.example', repository: 'a/b', ids: { owner: 1, repository: 2 } }))).toEqual([expect.stringContaining('pipeline.ids: expected none at https://git.acme.example')]);
  });

  it('is told of names that the registry doesn\'t take, and of a tier that is too small', () => {
    expect(problemsOf(alibaba, { storefront: { images: imageRepository({ name: 'a/b' }) } })).toEqual([`${app}.images.name: expected a name of 2 to 64 lower-case letters and digits, with ".", "_" and "-" between them, got "a/b"`]);
    expect(problemsOf(aws, { storefront: { images: imageRepository({ name: 'a__b' }) } })).toEqual([expect.stringContaining('got "a__b"')]);
    expect(problemsOf(aws, { storefront: { images: imageRepository({ name: 'ghcr.io/a/b' }) } })).toEqual([expect.stringContaining('expected a name inside the registry')]);
    const three = { storefront: { images: imageRepository() }, 'flask-api': { images: imageRepository() }, 'hello-tornado': { images: imageRepository() } };
    expect(problemsOf(digitalOceanCloud({ registry: 'acme', tier: 'starter' }), three)).toEqual([`${at}cloud.tier: expected a tier with 3 repositories, got starter, which has 1`]);
    expect(problemsOf(digitalOceanCloud({ registry: { existing: 'acme' }, tier: 'starter' }), three)).toEqual([]);
  });

  it('is told of a name that a cluster or another delivery has', () => {
    const named = (...names: string[]): string[] => withDeliveries(names.map((name, index) => ({ name, cloud: awsCloud({ region: 'eu-central-1' }), apps: { [['storefront', 'flask-api'][index] ?? '']: { images: imageRepository() } } }))).problems.map(({ where, message }) => `${where}: ${message}`);
    expect(named('prod-eu')).toEqual(['environments/delivery/prod-eu.ts: name: cluster "prod-eu" is defined by environments/clusters/prod-eu.ts already; a stack is named like one of them']);
    expect(named('images', 'images')).toEqual([expect.stringContaining('name: delivery "images" is defined by environments/delivery/images.ts already')]);
    expect(named('images', 'more')).toEqual([]);
  });

  it('is told of what two deliveries would both make', () => {
    const twice = (cloud: Parameters<typeof problemsOf>[0], more: object = {}): string[] => withDeliveries(['a', 'b'].map((name) => ({ name, cloud, apps: { storefront: { images: imageRepository(), ...more } } }))).problems.map(({ where, message }) => `${where}: ${message}`);
    expect(twice(awsCloud({ region: 'eu-central-1', account: '123456789012' }), { pipeline: githubActions() })).toEqual([
      'environments/delivery/b.ts: cloud.oidcProviders: the OIDC provider of https://token.actions.githubusercontent.com, of which an account has one, is made by delivery a already',
      'environments/delivery/b.ts: apps.storefront.images: image repository "acme/storefront" is made by storefront of a already',
    ]);
    expect(twice(aws)).toEqual([]);
    expect(twice(digitalOcean)).toEqual([expect.stringContaining('registry "acme" is made by delivery a already'), expect.stringContaining('image repository "storefront"')]);
    expect(twice(alibaba)).toEqual([expect.stringContaining('namespace "acme" is made by delivery a already'), expect.stringContaining('image repository "storefront"')]);
  });

  it('is told of a file that the fleet doesn\'t list', () => {
    const { problems } = withDeliveries([{ name: 'images', cloud: aws, apps: { storefront: { images: imageRepository() } } }], (edited) => { edited.fleet['delivery'] = []; });
    expect(problems).toEqual([{ where: 'environments/delivery/images.ts', message: 'delivery "images" is not in the list of environments/index.ts', fix: 'add it: defineFleet({ delivery: […] }), or remove the file' }]);
  });
});
