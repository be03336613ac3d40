import { compareText, type Problem } from '../../values/errors.ts';
import { didYouMean } from '../../values/suggest.ts';
import type { App, Fleet } from '../fleet.ts';
import { fieldPath } from '../schema.ts';
import { lackProblems, withDefaults } from './capabilities.ts';
import type { Cloud } from './clouds.ts';
import type { AppDelivery, BuildPipeline, Delivery, DeliverySettings } from './delivery.ts';
import { imageNames } from './image-names.ts';
import { codeCommitAt, pathAt } from './source-url.ts';
import { trustOf } from './trust.ts';

/** What a delivery is checked against. */
export interface DeliveryContext {
  /** The file that defines it. */
  readonly file: string;
  readonly fleet: Pick<Fleet, 'apps' | 'environments' | 'pins'>;
  /** Names of all apps of ours, those with faults included. */
  readonly appNames: readonly string[];
}

/** Checks a delivery against the fleet and resolves what it leaves open. */
export function resolveDelivery(settings: DeliverySettings, context: DeliveryContext): { readonly delivery: Delivery; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const entries = Object.entries(settings.apps).sort(([a], [b]) => compareText(a, b));
  if (entries.length === 0) problems.push({ where: `${context.file}: apps`, message: 'expected what at least one app gets, got nothing', fix: 'name one: apps: { storefront: { images: imageRepository() } }' });
  const apps = entries.flatMap(([name, wanted]) => {
    const where = fieldPath(`${context.file}: apps`, [name]);
    problems.push(...lackProblems(settings.cloud.kind, wanted, where));
    const app = context.fleet.apps.find((each) => each.name === name);
    if (app !== undefined) return [resolveApp(app, wanted, settings, where, context, problems)];
    if (!context.appNames.includes(name)) problems.push({ where, message: `expected an app of the fleet, got ${JSON.stringify(name)}.`, fix: `name one.${didYouMean(name, context.appNames)}` });
    return [];
  });
  const delivery: Delivery = { name: settings.name, cloud: settings.cloud, apps };
  return { delivery, problems: [...problems, ...tierProblems(delivery, context.file)] };
}

function resolveApp(app: App, wanted: DeliverySettings['apps'][string], { cloud, name }: DeliverySettings, where: string, context: DeliveryContext, problems: Problem[]): AppDelivery {
  if (Object.values(wanted).every((part) => part === undefined)) problems.push({ where, message: 'expected images, a pipeline or a source, got none of them', fix: 'say what it gets, or remove it' });
  const named = wanted.images === undefined ? undefined : imageNames(app, wanted.images, { cloud, fleet: context.fleet, where: `${where}.images` });
  problems.push(...(named?.problems ?? []));
  const source = wanted.source === undefined ? undefined : { kind: wanted.source.kind, name: wanted.source.name ?? app.name, defaultBranch: wanted.source.defaultBranch };
  const pipeline = pipelineOf(app, wanted, cloud, source?.name, `${where}.pipeline`, problems);
  if (wanted.pipeline !== undefined && wanted.images === undefined && cloud.kind !== 'digital-ocean') problems.push({ where: `${where}.images`, message: 'expected image repositories for the pipeline to push to, got none', fix: 'add images: imageRepository()' });
  const identity = `${name}-${app.name}`;
  if (cloud.kind === 'alibaba' && wanted.pipeline !== undefined && identity.length > longestRole) problems.push({ where: `${where}.pipeline`, message: `expected the names of delivery and app to have at most ${longestRole - 1} characters together, which a role is named by, got ${identity.length - 1}`, fix: 'give the delivery a shorter name' });
  return {
    app: app.name, team: app.team,
    ...(wanted.images !== undefined && named !== undefined && { images: { names: named.names, ...withDefaults(cloud.kind, wanted.images) } }),
    ...(pipeline !== undefined && { pipeline }),
    ...(source !== undefined && { source }),
  };
}

/** How many characters the name of a role may have in RAM. */
const longestRole = 64;

function pipelineOf(app: App, { pipeline }: DeliverySettings['apps'][string], cloud: Cloud, made: string | undefined, where: string, problems: Problem[]): AppDelivery['pipeline'] {
  // Where no tokens are trusted, all pipelines are refused already.
  if (pipeline === undefined || cloud.kind === 'digital-ocean') return undefined;
  if (pipeline.kind === 'codepipeline') {
    const { connection, ...rest } = pipeline;
    const from = cloud.kind === 'aws' ? readFrom(app, connection, cloud.region, made, where, problems) : undefined;
    return from === undefined ? undefined : { ...rest, from };
  }
  const trust = trustOf(pipeline, { cloud: cloud.kind, source: app.source, where });
  if (!('kind' in trust)) {
    problems.push(trust);
    return undefined;
  }
  if (cloud.kind === 'alibaba' && !Object.hasOwn(cloud.oidcProviders, trust.issuer)) problems.push({ where, message: `expected cloud.oidcProviders to have an entry for the issuer ${trust.issuer}, got none: RAM wants the fingerprints of its authority`, fix: `add it: oidcProviders: { '${trust.issuer}': { fingerprints: ['…'] } }, or the ARN of a provider that exists` });
  return trust;
}

function readFrom(app: App, connection: string | undefined, region: string, made: string | undefined, where: string, problems: Problem[]): BuildPipeline['from'] | undefined {
  const there = codeCommitAt(app.source);
  if ((made !== undefined || there !== undefined) && connection !== undefined) problems.push({ where: `${where}.connection`, message: `expected none, because the source of ${app.name} is in CodeCommit`, fix: 'leave it out' });
  if (made !== undefined) return { kind: 'codecommit', repository: made, made: true };
  if (there !== undefined) {
    if (there.region !== region) problems.push({ where, message: `expected a source in ${region}, got the repository ${there.name} in ${there.region}`, fix: 'build where the source is: a delivery with that region' });
    return { kind: 'codecommit', repository: there.name, made: false };
  }
  const repository = ['https://github.com', 'https://gitlab.com', 'https://bitbucket.org'].map((server) => pathAt(server, app.source)).find((path) => path !== undefined) ?? /[:/]([\w.-]+(?:\/[\w.-]+)+?)(?:\.git)?\/?$/.exec(app.source.replace(/^\w+:\/\/[^/]+/, ''))?.[1];
  if (connection === undefined || repository === undefined) {
    problems.push({ where: `${where}.connection`, message: `expected the connection by which ${JSON.stringify(app.source)} is read, got ${JSON.stringify(connection ?? 'nothing')}`, fix: 'name it: connection: \'arn:aws:codeconnections:…\', or keep the source in CodeCommit: source: codeCommit()' });
    return undefined;
  }
  return { kind: 'connection', connection, repository };
}

/** How many repositories the smaller tiers of DigitalOcean's registry have. */
const repositoriesOf = { starter: 1, basic: 5, professional: Number.POSITIVE_INFINITY } as const;

function tierProblems({ cloud, apps }: Delivery, file: string): Problem[] {
  if (cloud.kind !== 'digital-ocean' || cloud.registry.existing) return [];
  const wanted = apps.reduce((sum, { images }) => sum + Object.keys(images?.names ?? {}).length, 0);
  const [limit, next] = [repositoriesOf[cloud.tier], cloud.tier === 'starter' && wanted <= repositoriesOf.basic ? 'basic' : 'professional'];
  return wanted <= limit ? [] : [{ where: `${file}: cloud.tier`, message: `expected a tier with ${wanted} repositories, got ${cloud.tier}, which has ${limit}`, fix: `write tier: '${next}'` }];
}
