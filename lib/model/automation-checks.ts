import { canonicalJson } from '../values/canonical-json.ts';
import type { Problem } from '../values/errors.ts';
import { didYouMean } from '../values/suggest.ts';
import { automatedBy, automatedImages, automationHosts } from './automated-images.ts';
import type { Cluster } from './cluster.ts';
import type { Environment } from './environment.ts';
import type { Fleet } from './fleet.ts';
import type { ImageAutomation, Newest } from './image-automation.ts';
import { sampleProblems } from './newest.ts';
import { markersFor, type Markers } from './pin-markers.ts';
import { cloudIdentityOf } from './registries.ts';

/** What is wrong with image automation, between environments, clusters, repositories and pins. */
export function automationProblems(fleet: Fleet): Problem[] {
  return fleet.environments.flatMap((environment) => {
    const { automation } = environment.images;
    if (automation === undefined) return [];
    const where = `${fleet.files.get(`environment/${environment.name}`) ?? environment.name}: images.automation`;
    const hosts = automationHosts(environment, fleet);
    const [host] = hosts;
    return [
      ...hostProblems(environment, hosts, fleet, where),
      ...credentialProblems(fleet, host, where),
      ...(fleet.configRepo === undefined ? [{ where, message: 'expected a config repo to which the pins are written, got none', fix: 'name it: configRepo: { url: …, credential: … } in environments/index.ts' }] : []),
      ...choices(automation).flatMap(([at, newest]) => sampleProblems(newest).map((message) => ({ where: `${where}.${at}`, message, fix: 'mend the pattern, the order or the samples' }))),
      ...imageProblems(environment, automation, fleet, where),
      ...(host?.controller.kind === 'argo-cd' ? updaterProblems(environment, automation, fleet, host, where) : []),
      ...(host?.controller.kind === 'flux' ? markerProblems(environment, automation, fleet) : []),
    ];
  });
}

function choices(automation: ImageAutomation): [string, Newest][] {
  const own = Object.entries(automation.images).flatMap(([image, newest]): [string, Newest][] => (newest === false ? [] : [[`images[${JSON.stringify(image)}]`, newest]]));
  return [['newest', automation.newest], ...own];
}

function hostProblems(environment: Environment, hosts: readonly Cluster[], fleet: Fleet, where: string): Problem[] {
  if (hosts.length === 1 || environment.clusters.length === 0) return [];
  if (hosts.length > 1) return [{ where, message: `expected one cluster that writes the pins of ${environment.name}, got ${hosts.map((host) => host.name).join(', ')}`, fix: 'leave imageAutomation: true at one of them: two would undo each other\'s commits' }];
  const names = environment.clusters.map((cluster) => (cluster.managedBy === 'self' ? cluster.name : cluster.managedBy)).filter((name) => fleet.clusters.some((cluster) => cluster.name === name));
  return [{ where, message: `expected a cluster that writes the pins of ${environment.name}, got none`, fix: `write imageAutomation: true into the controller of one of ${[...new Set(names)].sort().join(', ')}` }];
}

function imageProblems(environment: Environment, automation: ImageAutomation, fleet: Fleet, where: string): Problem[] {
  const known = new Set(fleet.apps.filter((app) => app.environments.includes(environment.name)).flatMap((app) => Object.values(app.images)));
  const unknown = Object.keys(automation.images).filter((image) => !known.has(image)).map((image) => ({
    where: `${where}.images`,
    message: `expected an image of an app that runs in ${environment.name}, got ${JSON.stringify(image)}.`,
    fix: `name one.${didYouMean(image, known)}`,
  }));
  const pins = fleet.pins.get(environment.name);
  const holds = pins === undefined ? [] : [...pins.holds.keys()].filter((image) => !known.has(image)).map((image) => ({
    where: pins.path,
    message: `expected the hold of an image of an app that runs in ${environment.name}, got ${JSON.stringify(image)}.`,
    fix: `mend or remove the comment.${didYouMean(image, known)}`,
  }));
  return [...unknown, ...holds];
}

function credentialProblems({ configRepo }: Fleet, host: Cluster | undefined, where: string): Problem[] {
  if (configRepo === undefined || configRepo.url.startsWith('/') || configRepo.url.startsWith('file:')) return [];
  if (configRepo.credential === undefined) return [{ where, message: 'expected a config repo with a credential that may write, got none', fix: 'name it: configRepo: { url: …, credential: { kind: \'secret\', name: … } } in environments/index.ts' }];
  if (configRepo.credential.kind !== 'codecommit' || host?.controller.kind !== 'argo-cd') return [];
  return [{ where, message: `expected a Secret, a deploy key or a GitHub App for the config repo, got codecommit; Argo CD Image Updater on ${host.name} has no cloud identity`, fix: 'use credential: { kind: \'secret\', name: … }, or run the automation on a cluster with Flux' }];
}

/** Whatever Flux is to write carries its markers; whatever it isn't carries none. */
function markerProblems(environment: Environment, automation: ImageAutomation, fleet: Fleet): Problem[] {
  const pins = fleet.pins.get(environment.name);
  if (pins === undefined) return [];
  const automated = new Set(automatedImages(environment, automation, fleet).map(({ image }) => image));
  return [...pins.entries.values()].flatMap(({ name, newTag, digest, markers = {} }): Problem[] => {
    const where = `${pins.path}: ${name}`;
    if (!automated.has(name)) {
      const reason = pins.holds.has(name) ? 'which is held' : 'which isn\'t automated';
      return Object.keys(markers).length === 0 ? [] : [{ where, message: `expected no marker at ${JSON.stringify(name)}, ${reason}, got ${texts(markers)}: Flux would write it`, fix: `slipway pin ${environment.name} --hold ${name} removes it` }];
    }
    const wanted = markersFor(environment.name, name);
    if (newTag === undefined) return [{ where, message: 'expected a newTag for Flux to write, got a digest alone', fix: `slipway pin ${environment.name} ${name}=<tag>@<digest>` }];
    const right = markers.newTag === wanted.newTag && (digest === undefined ? markers.digest === undefined : markers.digest === wanted.digest);
    return right ? [] : [{ where, message: `expected Flux's markers at newTag${digest === undefined ? '' : ' and digest'} of ${JSON.stringify(name)}, got ${texts(markers)}`, fix: `slipway pin ${environment.name} --automate ${name} sets them, --hold ${name} holds it` }];
  });
}

function texts(markers: Markers): string {
  const all = Object.values(markers);
  return all.length === 0 ? 'none' : all.join(' and ');
}

/** What Argo CD Image Updater can't do; Flux can. */
function updaterProblems(environment: Environment, automation: ImageAutomation, fleet: Fleet, host: Cluster, where: string): Problem[] {
  const or = 'or run the automation on a cluster with Flux';
  const images = automatedImages(environment, automation, fleet);
  const clouds = [...new Set(images.flatMap(({ repository }) => automation.registry?.provider ?? (automation.registry?.secret === undefined ? cloudIdentityOf(repository) ?? [] : [])))].sort();
  const [first] = automatedBy(host, fleet);
  const differs = first !== undefined && first.environment.name !== environment.name && (['author', 'interval', 'skipCi'] as const).filter((field) => canonicalJson(first.automation[field]) !== canonicalJson(automation[field]));
  const marked = [...fleet.pins.get(environment.name)?.entries.values() ?? []].filter(({ markers }) => markers !== undefined).map(({ name }) => name);
  return [
    ...(environment.images.digests === 'required' ? [{ where, message: `expected pins that need no digest, got digests: 'required'; ${host.name} runs Argo CD, whose Image Updater writes the tag alone`, fix: `write digests: 'optional', ${or}` }] : []),
    ...choices(automation).flatMap(([at, newest]) => {
      const message = updaterCant(newest);
      return message === undefined ? [] : [{ where: `${where}.${at}`, message: `${message}, which Argo CD Image Updater on ${host.name} can't follow`, fix: `use newestBuild(), which takes the date of the build there, ${or}` }];
    }),
    ...(clouds.length > 0 ? [{ where: `${where}.registry`, message: `expected a pull secret, got the workload identity of ${clouds.join(', ')}; Argo CD Image Updater on ${host.name} knows none`, fix: `write registry: { secret: … }, ${or}` }] : []),
    ...(differs === false || differs.length === 0 ? [] : [{ where, message: `expected ${differs.join(', ')} as in ${first?.environment.name ?? ''}, got another; one Image Updater on ${host.name} writes for both`, fix: 'say the same in both' }]),
    ...(marked.length > 0 ? [{ where: fleet.pins.get(environment.name)?.path ?? where, message: `expected no Flux markers where Argo CD Image Updater writes, got some at ${marked.sort().join(', ')}`, fix: 'remove the comments' }] : []),
  ];
}

function updaterCant(newest: Newest): string | undefined {
  if (newest.kind === 'build') return undefined;
  if (newest.extract !== undefined) return 'expected whole tags to be compared, got an extract';
  if (newest.kind === 'version') return /^[~^]?v?\d+(\.[\dxX*]+){0,2}(-0)?$/.test(newest.range) ? undefined : `expected a range of one part, such as "~1.2" or "1.x", got ${JSON.stringify(newest.range)}`;
  return newest.order === 'numerical' ? 'expected an alphabetical order, got a numerical one' : newest.descending ? 'expected an ascending order, got a descending one' : undefined;
}
