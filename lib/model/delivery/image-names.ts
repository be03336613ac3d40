import type { Problem } from '../../values/errors.ts';
import { compareText } from '../../values/errors.ts';
import { parseImageReference } from '../../values/image-reference.ts';
import { didYouMean } from '../../values/suggest.ts';
import type { App, Fleet } from '../fleet.ts';
import { pinOf } from '../pins.ts';
import type { Cloud } from './clouds.ts';
import type { ImageRepositorySettings } from './images.ts';

/** The name in the registry of each image of an app, by its key in the app's `images`: what is said, else where the pins say that it comes from. */
export function imageNames(app: App, settings: ImageRepositorySettings, { cloud, fleet, where }: { readonly cloud: Cloud; readonly fleet: Pick<Fleet, 'environments' | 'pins'>; readonly where: string }): { readonly names: Readonly<Record<string, string>>; readonly problems: readonly Problem[] } {
  const keys = Object.keys(app.images).sort(compareText);
  const problems: Problem[] = [];
  const said = settings.name;
  if (typeof said === 'string' && keys.length > 1) problems.push({ where: `${where}.name`, message: `expected the name of each image of ${app.name}, which has several, got ${JSON.stringify(said)} for all`, fix: `write name: { ${keys.map((key) => `${key}: …`).join(', ')} }` });
  if (typeof said === 'object') for (const key of Object.keys(said).filter((each) => !keys.includes(each))) problems.push({ where: `${where}.name.${key}`, message: `expected an image of ${app.name}, got ${JSON.stringify(key)}.`, fix: `name one.${didYouMean(key, keys)}` });
  const names: Record<string, string> = {};
  for (const key of keys) {
    const name = (typeof said === 'object' ? said[key] : keys.length === 1 ? said : undefined) ?? pinned(app, key, { cloud, fleet, where }, problems);
    const message = nameProblem(cloud, name);
    if (message !== undefined) problems.push({ where: `${where}.name`, message, fix: `name it: imageRepository({ name: ${keys.length > 1 ? `{ ${key}: … }` : '…'} })` });
    names[key] = name;
  }
  return { names, problems };
}

/** Where the pins of the app's environments say that an image comes from: its path in this cloud's registry, else in another; one for all. */
function pinned(app: App, key: string, { cloud, fleet, where }: { readonly cloud: Cloud; readonly fleet: Pick<Fleet, 'environments' | 'pins'>; readonly where: string }, problems: Problem[]): string {
  const image = app.images[key] ?? app.name;
  const repositories = fleet.environments.filter(({ name }) => app.environments.includes(name)).flatMap((environment) => {
    const file = fleet.pins.get(environment.name);
    const pin = file === undefined ? undefined : pinOf(file, image, environment.registry);
    return pin === undefined ? [] : [pin.repository];
  });
  const here = distinct(repositories.flatMap((repository) => pathHere(cloud, repository) ?? []));
  const elsewhere = distinct(repositories.flatMap((repository) => pathElsewhere(cloud, repository) ?? []));
  const found = here.length > 0 ? here : elsewhere;
  if (found.length > 1) problems.push({ where: `${where}.name`, message: `expected one name for the repository of image ${JSON.stringify(image)}, got ${found.join(', ')} by the pins`, fix: 'name it, or let all pins say the same' });
  return found[0] ?? image;
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)].sort(compareText);
}

/** The path of a repository that is in the cloud's own registry; undefined for others. */
function pathHere(cloud: Cloud, repository: string): string | undefined {
  const { registry = '', path = '' } = parseImageReference(repository) ?? {};
  switch (cloud.kind) {
    case 'aws': {
      const [, account, region] = /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\./.exec(registry) ?? [];
      return region === cloud.region && (cloud.account === undefined || cloud.account === account) ? path : undefined;
    }
    case 'alibaba':
      return registry.endsWith(`.${cloud.region}.cr.aliyuncs.com`) ? under(cloud.namespace.name, path) : undefined;
    case 'digital-ocean':
      return registry === 'registry.digitalocean.com' ? under(cloud.registry.name, path) : undefined;
    default:
      return cloud satisfies never;
  }
}

function under(folder: string, path: string): string | undefined {
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
}

/** What the path in another registry becomes: ECR takes all of it, the others have a folder of their own for it. */
function pathElsewhere(cloud: Cloud, repository: string): string | undefined {
  const path = parseImageReference(repository)?.path;
  return cloud.kind === 'aws' ? path : path?.split('/').at(-1);
}

const shapes: Readonly<Record<Cloud['kind'], { readonly shape: RegExp; readonly expected: string }>> = {
  alibaba: { shape: /^(?=.{2,64}$)[a-z0-9]+([._-][a-z0-9]+)*$/, expected: 'a name of 2 to 64 lower-case letters and digits, with ".", "_" and "-" between them' },
  aws: { shape: /^(?=.{2,256}$)([a-z0-9]+([._-][a-z0-9]+)*\/)*[a-z0-9]+([._-][a-z0-9]+)*$/, expected: 'a name of 2 to 256 lower-case letters and digits, with ".", "_", "-" and "/" between them' },
  'digital-ocean': { shape: /^(?=.{1,200}$)([a-z0-9]+([._-]+[a-z0-9]+)*\/)*[a-z0-9]+([._-]+[a-z0-9]+)*$/, expected: 'a name of at most 200 lower-case letters and digits, with ".", "_", "-" and "/" between them' },
};

function nameProblem({ kind }: Cloud, name: string): string | undefined {
  const { shape, expected } = shapes[kind];
  return shape.test(name) ? undefined : `expected ${expected}, got ${JSON.stringify(name)}`;
}
