import { describe, expect, it } from 'vitest';
import type { DeliveryOf, DeliveryProvider } from '../../lib/clusters/delivery/delivery.ts';
import type { CloudInput, CloudKind } from '../../lib/model/delivery/clouds.ts';
import type { AppDeliveryInput } from '../../lib/model/delivery/delivery.ts';
import { imageRepository } from '../../lib/model/delivery/images.ts';
import { githubActions, gitlabCi } from '../../lib/model/delivery/pipelines.ts';
import { inputProblems } from '../clusters/delivery/package-types.ts';
import { runProgram, type Registered, type RunOptions } from '../clusters/mock-engine.ts';
import { deliveryOf } from '../model/delivery/fleets.ts';

/** An image repository as a cloud is asked for it, in words of all. */
export interface ReadRepository {
  readonly keep: number | 'all';
  readonly immutableTags: boolean;
  readonly scan: boolean;
}

/** An identity as a cloud is asked for it, in words of all. */
export interface ReadIdentity {
  readonly issuer: string;
  readonly audience: readonly string[];
  readonly subjects: readonly string[];
  /** What is allowed, as `<action> <resource>`. */
  readonly allows: readonly string[];
}

/** What a cloud that trusts OIDC tokens has. */
export interface Identities {
  readonly read: (resources: readonly Registered[], app: string) => ReadIdentity;
  /** Type of its OIDC providers. */
  readonly providerType: string;
  /** The same cloud with a provider for each issuer that exists. */
  readonly withProviders: CloudInput;
  /** Whom its token service takes tokens for. */
  readonly audience: string;
  /** The resource of a repository in its policies. */
  readonly resourceOf: (repository: string) => string;
  /** The one action that it knows no resource for. */
  readonly everywhere: string;
}

/** A provider of deliveries, and what its resources are like. */
export interface DeliverySubject<Kind extends CloudKind> {
  readonly provider: DeliveryProvider<Kind>;
  readonly cloud: CloudInput;
  /** The package of its resources. */
  readonly packageName: string;
  readonly outputs: NonNullable<RunOptions['outputs']>;
  readonly answers: NonNullable<RunOptions['answers']>;
  /** Types whose deletion loses data. */
  readonly kept: readonly string[];
  /** What an image is pushed to. */
  readonly urlOf: (repository: string) => string;
  /** Name of the repository of an image that the pins take from `ghcr.io/acme/<image>`. */
  readonly nameOf: (image: string) => string;
  /** Reads image repositories, by name. @default - it makes none */
  readonly repositories?: (resources: readonly Registered[]) => Readonly<Record<string, ReadRepository>>;
  /** @default - it trusts no tokens */
  readonly identities?: Identities;
}

/** What every provider of deliveries does alike. */
export function conformsToDeliveryProvider<Kind extends CloudKind>(name: string, subject: DeliverySubject<Kind>): void {
  const make = (apps: Readonly<Record<string, AppDeliveryInput>>, options: Partial<RunOptions> = {}, cloud = subject.cloud) => runProgram({
    stack: 'images', outputs: subject.outputs, answers: subject.answers, ...options,
  }, () => subject.provider.make({ delivery: deliveryOf(cloud, apps) as DeliveryOf<Kind> }));
  const images = imageRepository();
  const { identities, repositories } = subject;
  const two: Readonly<Record<string, AppDeliveryInput>> = {
    storefront: { images, ...(identities !== undefined && { pipeline: githubActions() }) },
    'flask-api': { images, ...(identities !== undefined && { pipeline: gitlabCi({ project: 'api/flask', tags: 'v*' }) }) },
  };
  const custom = (resources: readonly Registered[]): Registered[] => resources.filter((each) => each.custom && !each.type.startsWith('pulumi:'));

  describe(`${name}, a provider of deliveries,`, () => {
    it('makes everything below one component named like the delivery', async () => {
      const { resources } = await make(two);
      const [component, ...others] = resources.filter((each) => !each.custom);
      expect(others).toEqual([]);
      expect(component?.name).toBe('images');
      expect(component?.type).toMatch(/^slipway:delivery:/);
      for (const each of resources.filter((one) => one.custom)) expect(each.parent, each.name).toBe(component?.urn);
      expect(new Set(resources.map(({ urn }) => urn)).size).toBe(resources.length);
    });

    it('asks for the same on a second run, in whatever order the apps are written', async () => {
      const first = (await make(two)).resources;
      expect((await make(two)).resources).toEqual(first);
      expect((await make(Object.fromEntries(Object.entries(two).reverse()))).resources).toEqual(first);
    });

    it('asks for what the package\'s types take', async () => {
      const { resources } = await make(two);
      const problems = custom(resources).flatMap(({ type, name: id, inputs }) => inputProblems(subject.packageName, type, inputs).map((problem) => `${id}: ${problem}`));
      expect(problems).toEqual([]);
    });

    it('tells what each image of each app is pushed to, and hides none of it', async () => {
      const { result, valueOf } = await make(two);
      expect(Object.keys(result.repositories).sort()).toEqual(['flask-api', 'storefront']);
      for (const app of ['flask-api', 'storefront']) expect(await valueOf(result.repositories[app]?.['main'])).toEqual({ value: subject.urlOf(subject.nameOf(app)), known: true, secret: false });
      for (const output of Object.values(result.outputs)) expect((await valueOf(output)).secret).toBe(false);
    });

    it('previews what isn\'t there yet', async () => {
      const { result, resources, valueOf } = await make(two, { preview: true, outputs: {} });
      expect(resources.map(({ urn }) => urn)).toEqual((await make(two)).resources.map(({ urn }) => urn));
      expect(Object.keys(result.repositories).sort()).toEqual(['flask-api', 'storefront']);
      for (const identity of Object.values(result.pipelineIdentities)) expect(await valueOf(identity)).toMatchObject({ known: false, secret: false });
    });

    it('makes no key that lives on: neither users nor access keys', async () => {
      const { resources } = await make(two);
      expect(resources.filter(({ type }) => /accessKey|\/user:|loginProfile|dockerCredentials/i.test(type))).toEqual([]);
      expect(JSON.stringify(resources.map(({ inputs }) => inputs))).not.toMatch(/PRIVATE KEY|"password"/);
    });

    it('keeps what holds data from being deleted by mistake, and deletes nothing by force', async () => {
      const { resources } = await make(two);
      expect([...new Set(resources.filter(({ protect }) => protect).map(({ type }) => type))].sort()).toEqual([...subject.kept].sort());
      for (const each of resources.filter(({ type }) => subject.kept.includes(type))) expect(each.protect, each.name).toBe(true);
      for (const { name: id, inputs } of resources) expect([inputs['force'] ?? false, inputs['forceDelete'] ?? false, inputs['forceDestroy'] ?? false], id).toEqual([false, false, false]);
    });

    it('leaves what one app has as it is when another comes or goes', async () => {
      const urns = (resources: readonly Registered[]): string[] => resources.map(({ urn }) => urn);
      const one = (await make({ storefront: two['storefront'] ?? {} })).resources;
      const both = (await make(two)).resources;
      expect(urns(both)).toEqual(expect.arrayContaining(urns(one)));
      for (const each of one.filter(({ type }) => !/OidcProvider|OpenIdConnect/.test(type))) expect(both.find(({ urn }) => urn === each.urn)).toEqual(each);
    });

    if (repositories !== undefined) it('makes a repository for each image as it is asked for, and safe where nothing is said', async () => {
      expect(repositories((await make(two)).resources)).toEqual(Object.fromEntries(['flask-api', 'storefront'].map((app) => [subject.nameOf(app), { keep: 50, immutableTags: true, scan: true }])));
      const other = await make({ storefront: { images: imageRepository({ name: 'front', keep: 7, immutableTags: false, scan: false }) }, 'flask-api': { images: imageRepository({ keep: 'all' }) } });
      expect(repositories(other.resources)).toEqual({ front: { keep: 7, immutableTags: false, scan: false }, [subject.nameOf('flask-api')]: { keep: 'all', immutableTags: true, scan: true } });
    });

    if (identities !== undefined) conformsInIdentities(identities, subject.nameOf, (cloud) => make(two, {}, cloud));
    else it('makes no identity, for it trusts no tokens', async () => {
      expect((await make(two)).result.pipelineIdentities).toEqual({});
    });
  });
}

function conformsInIdentities(identities: Identities, nameOf: (image: string) => string, make: (cloud?: CloudInput) => ReturnType<typeof runProgram<ReturnType<DeliveryProvider<CloudKind>['make']>>>): void {
  const github = 'https://token.actions.githubusercontent.com';

  it('trusts the tokens of one repository alone, for one audience', async () => {
    const { resources, result, valueOf } = await make();
    expect(identities.read(resources, 'storefront')).toMatchObject({ issuer: github, audience: [identities.audience], subjects: ['repo:acme/storefront:ref:refs/heads/main'] });
    expect(identities.read(resources, 'flask-api')).toMatchObject({ issuer: 'https://gitlab.com', audience: [identities.audience], subjects: ['project_path:api/flask:ref_type:tag:ref:v*'] });
    for (const app of ['flask-api', 'storefront']) expect(await valueOf(result.pipelineIdentities[app])).toMatchObject({ value: expect.stringContaining(app), known: true, secret: false });
  });

  it('lets a pipeline push to the repositories of its own app and do nothing else', async () => {
    const { resources } = await make();
    for (const app of ['flask-api', 'storefront']) {
      const { allows } = identities.read(resources, app);
      expect(allows.filter((each) => each.endsWith(' *'))).toEqual([`${identities.everywhere} *`]);
      const others = allows.filter((each) => !each.endsWith(' *'));
      expect(others.length).toBeGreaterThan(1);
      expect([...new Set(others.map((each) => each.split(' ')[1]))]).toEqual([identities.resourceOf(nameOf(app))]);
      expect(others.filter((each) => /\*|Delete|Create|Update|Policy|SetRepo/.test(each))).toEqual([]);
    }
  });

  it('makes one OIDC provider for each issuer, and none where one exists', async () => {
    const providers = async (cloud?: CloudInput): Promise<number> => (await make(cloud)).resources.filter(({ type }) => type === identities.providerType).length;
    expect(await providers()).toBe(2);
    expect(await providers(identities.withProviders)).toBe(0);
    expect(identities.read((await make(identities.withProviders)).resources, 'storefront').issuer).toBe(github);
  });
}
