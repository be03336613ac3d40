import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assembleFleet } from '../../../lib/model/assemble.ts';
import { alibabaCloud, awsCloud, digitalOceanCloud } from '../../../lib/model/delivery/clouds.ts';
import { imageRepository } from '../../../lib/model/delivery/images.ts';
import { codeCommit, codePipeline, githubActions, gitlabCi } from '../../../lib/model/delivery/pipelines.ts';
import { draft, sourcesOf, type Draft } from '../sources.ts';
import { assembled, deliveryOf, problemsOf, withDeliveries } from './fleets.ts';

const aws = awsCloud({ region: 'eu-central-1' });
const alibaba = alibabaCloud({ region: 'eu-central-1', registryInstance: 'cri-abc123', namespace: 'acme', oidcProviders: { 'https://token.actions.githubusercontent.com': { fingerprints: ['a'.repeat(40)] } } });
const digitalOcean = digitalOceanCloud({ registry: 'acme' });
const pinnedAt = (repository: string) => (edited: Draft): void => { for (const name of Object.keys(edited.pins)) edited.pins[name] = (edited.pins[name] ?? '').replace('- name: storefront', `- name: storefront\n    newName: ${repository}`); };

describe('a delivery', () => {
  it('gets every default of its cloud', () => {
    expect(deliveryOf(aws, { storefront: { images: imageRepository() } })).toEqual({
      name: 'images', cloud: { kind: 'aws', region: 'eu-central-1', oidcProviders: {}, tags: {} },
      apps: [{ app: 'storefront', team: 'shop', images: { names: { main: 'acme/storefront' }, keep: 50, untaggedDays: 7, immutableTags: true, scan: true, readers: [] } }],
    });
    expect(deliveryOf(alibaba, { storefront: { images: imageRepository() } }).apps[0]?.images).toEqual({ names: { main: 'storefront' }, keep: 50, immutableTags: true, scan: true, readers: [] });
    expect(deliveryOf(digitalOcean, { storefront: { images: imageRepository() } }).apps[0]?.images).toEqual({ names: { main: 'storefront' }, keep: 'all', immutableTags: false, scan: false, readers: [] });
  });

  it('is the same in whatever order its apps and the deliveries are written', () => {
    const apps = { storefront: { images: imageRepository({ readers: ['222222222222', '111111111111'] }) }, 'flask-api': { images: imageRepository() } };
    expect(deliveryOf(aws, Object.fromEntries(Object.entries(apps).reverse()))).toEqual(deliveryOf(aws, apps));
    expect(deliveryOf(aws, apps).apps.map(({ app, images }) => [app, images?.readers])).toEqual([['flask-api', []], ['storefront', ['111111111111', '222222222222']]]);
    const named = (...names: string[]): string[] => withDeliveries(names.map((name) => ({ name, cloud: aws, apps: { storefront: { images: imageRepository() } } }))).fleet.deliveries.map(({ name }) => name);
    expect(named('b', 'a')).toEqual(['a', 'b']);
  });

  it('names a repository by where the pins say that the image comes from', () => {
    const named = (cloud: Parameters<typeof deliveryOf>[0], repository: string): unknown => deliveryOf(cloud, { storefront: { images: imageRepository() } }, pinnedAt(repository)).apps[0]?.images?.names['main'];
    expect(named(aws, '123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop/front')).toBe('shop/front');
    expect(named(aws, 'registry.acme.example:5000/a/b')).toBe('a/b');
    expect(named(alibaba, 'acme-registry.eu-central-1.cr.aliyuncs.com/acme/front')).toBe('front');
    expect(named(alibaba, 'ghcr.io/acme/other')).toBe('other');
    expect(named(digitalOcean, 'registry.digitalocean.com/acme/web/front')).toBe('web/front');
  });

  it('goes by the pins of its own cloud where they differ, and asks where those do', () => {
    const both = (dev: string, prod: string) => (edited: Draft): void => { for (const [name, repository] of [['dev', dev], ['staging', dev], ['prod', prod]] as const) edited.pins[name] = (edited.pins[name] ?? '').replace('- name: storefront', `- name: storefront\n    newName: ${repository}`); };
    const ecr = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
    expect(deliveryOf(aws, { storefront: { images: imageRepository() } }, both('ghcr.io/x/y', `${ecr}/shop`)).apps[0]?.images?.names).toEqual({ main: 'shop' });
    expect(problemsOf(aws, { storefront: { images: imageRepository() } }, both(`${ecr}/a-dev`, `${ecr}/a-prod`))).toEqual([
      'environments/delivery/images.ts: apps.storefront.images.name: expected one name for the repository of image "storefront", got a-dev, a-prod by the pins',
    ]);
  });

  it('trusts exactly one repository at one branch', () => {
    const subjects = (pipeline: ReturnType<typeof githubActions>, more?: (edited: Draft) => void): unknown => {
      const made = deliveryOf(aws, { storefront: { images: imageRepository(), pipeline } }, more).apps[0]?.pipeline;
      return made !== undefined && 'subjects' in made ? [made.issuer, made.audience, ...made.subjects] : made;
    };
    expect(subjects(githubActions())).toEqual(['https://token.actions.githubusercontent.com', 'sts.amazonaws.com', 'repo:acme/storefront:ref:refs/heads/main']);
    expect(subjects(githubActions({ ids: { owner: 12, repository: 345 }, branch: 'release/1' }))).toEqual([expect.anything(), 'sts.amazonaws.com', 'repo:acme@12/storefront@345:ref:refs/heads/release/1']);
    expect(subjects(githubActions({ environment: 'production' }))).toEqual([expect.anything(), 'sts.amazonaws.com', 'repo:acme/storefront:environment:production']);
    expect(subjects(githubActions({ tags: 'v*' }))).toEqual([expect.anything(), 'sts.amazonaws.com', 'repo:acme/storefront:ref:refs/tags/v*']);
    expect(subjects(githubActions({ server: 'https://git.acme.example', repository: 'shop/front' }))).toEqual(['https://git.acme.example/_services/token', 'sts.amazonaws.com', 'repo:shop/front:ref:refs/heads/main']);
    expect(subjects(gitlabCi({ branch: 'main', tags: 'v*' }), (edited) => { (edited.apps['storefront'] ?? {})['source'] = 'git@gitlab.com:acme/web/storefront.git'; })).toEqual([
      'https://gitlab.com', 'sts.amazonaws.com', 'project_path:acme/web/storefront:ref_type:branch:ref:main', 'project_path:acme/web/storefront:ref_type:tag:ref:v*',
    ]);
    expect(subjects(gitlabCi({ project: 'a/b', audience: 'https://gitlab.com' }))).toEqual(['https://gitlab.com', 'https://gitlab.com', 'project_path:a/b:ref_type:branch:ref:main']);
  });

  it('never trusts a pattern but one of tags, whatever is written', () => {
    fc.assert(fc.property(fc.string(), fc.string(), fc.string(), (branch, repository, environment) => {
      for (const pipeline of [githubActions({ branch, repository }), githubActions({ environment, repository: 'acme/storefront' }), gitlabCi({ branch, project: repository })]) {
        const { fleet, problems } = assembled(aws, { storefront: { images: imageRepository(), pipeline } });
        const made = fleet.deliveries[0]?.apps[0]?.pipeline;
        if (problems.length === 0 && made !== undefined && 'subjects' in made) for (const subject of made.subjects) expect(subject).not.toMatch(/[*?$]/);
      }
    }), { numRuns: 60, seed: 7 });
    expect(problemsOf(aws, { storefront: { images: imageRepository(), pipeline: githubActions({ branch: '*' }) } })).toEqual([expect.stringContaining('pipeline.branch: expected the name of one branch, without patterns, got "*"')]);
    expect(problemsOf(aws, { storefront: { images: imageRepository(), pipeline: githubActions({ tags: '*' }) } })).toEqual([expect.stringContaining('pipeline.tags: expected a pattern of tags')]);
  });

  it('reads where the source is: CodeCommit that it makes, CodeCommit that exists, or a connection', () => {
    const from = (wanted: Parameters<typeof deliveryOf>[1][string], source?: string): unknown => {
      const made = deliveryOf(aws, { storefront: { images: imageRepository(), ...wanted } }, (edited) => { if (source !== undefined) (edited.apps['storefront'] ?? {})['source'] = source; }).apps[0]?.pipeline;
      return made?.kind === 'codepipeline' ? made.from : made;
    };
    const connection = 'arn:aws:codeconnections:eu-central-1:123456789012:connection/1a2b';
    expect(from({ pipeline: codePipeline(), source: codeCommit({ name: 'front' }) })).toEqual({ kind: 'codecommit', repository: 'front', made: true });
    expect(from({ pipeline: codePipeline() }, 'https://git-codecommit.eu-central-1.amazonaws.com/v1/repos/web')).toEqual({ kind: 'codecommit', repository: 'web', made: false });
    expect(from({ pipeline: codePipeline({ connection }) })).toEqual({ kind: 'connection', connection, repository: 'acme/storefront' });
  });

  it('is found by the name of its file, and the stack by its own', () => {
    const { fleet } = assembled(aws, { storefront: { images: imageRepository() } });
    expect(fleet.files.get('delivery/images')).toBe('environments/delivery/images.ts');
  });

  it('made of anything at all is judged, never a crash', () => {
    fc.assert(fc.property(fc.anything(), (value) => {
      const edited = draft();
      edited.fleet['delivery'] = [value, { name: 'images', cloud: value, apps: value }, { name: 'more', cloud: aws, apps: { storefront: { images: value, pipeline: value } } }];
      expect(assembleFleet(sourcesOf(edited)).problems.length).toBeGreaterThan(0);
    }), { numRuns: 120, seed: 3 });
  });
});
