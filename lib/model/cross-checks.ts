import type { Problem } from '../values/errors.ts';
import { dnsLabelProblem } from '../values/names.ts';
import { didYouMean } from '../values/suggest.ts';
import { namespaceFor, type Environment } from './environment.ts';
import type { App, Fleet } from './fleet.ts';

/** The names that stand in the sources, those of definitions at fault included. */
export interface KnownNames {
  readonly environments: readonly string[];
  readonly clusters: readonly string[];
}

/** What is wrong between definitions, each of which is right in itself. */
export function crossProblems(fleet: Fleet, known: KnownNames): Problem[] {
  return [
    ...fleet.apps.flatMap((app) => appProblems(app, fleet, known)),
    ...fleet.environments.flatMap((environment, index) => promotionProblems(environment, index, fleet, known)),
    ...fleet.environments.flatMap((environment) => duplicates(environment.clusters.map((cluster) => cluster.name)).map((name) => ({
      where: `${fileOf(fleet, 'environment', environment.name)}: clusters`, message: `cluster ${JSON.stringify(name)} is listed twice`, fix: 'keep one of them',
    }))),
    ...hubProblems(fleet, known),
    ...namespaceProblems(fleet),
  ];
}

function appProblems(app: App, fleet: Fleet, known: KnownNames): Problem[] {
  const problems: Problem[] = [];
  for (const [index, name] of app.environments.entries()) {
    if (!known.environments.includes(name)) {
      problems.push({ where: `${app.file}: environments[${index}]`, message: `expected an environment of the fleet, got ${JSON.stringify(name)}`, fix: `name one.${didYouMean(name, known.environments)}` });
    }
    if (app.environments.indexOf(name) !== index) problems.push({ where: `${app.file}: environments[${index}]`, message: `${JSON.stringify(name)} is listed twice`, fix: 'keep one of them' });
  }
  for (const environment of environmentsOf(app, fleet)) {
    const pins = fleet.pins.get(environment.name);
    if (pins === undefined) continue;
    for (const image of new Set(Object.values(app.images))) {
      if (pins.entries.has(image)) continue;
      problems.push({ where: pins.path, message: `expected a pin of image ${JSON.stringify(image)} of app ${app.name}, got none`, fix: `add it.${didYouMean(image, [...pins.entries.keys()])}` });
    }
  }
  return problems;
}

/** The environments in which an app runs, in promotion order. */
export function environmentsOf(app: Pick<App, 'environments'>, fleet: Pick<Fleet, 'environments'>): readonly Environment[] {
  return fleet.environments.filter((environment) => app.environments.includes(environment.name));
}

function promotionProblems(environment: Environment, index: number, fleet: Fleet, known: KnownNames): Problem[] {
  const from = environment.promotion.from;
  if (from === undefined) return [];
  const where = `${fileOf(fleet, 'environment', environment.name)}: promotion.from`;
  const source = fleet.environments.findIndex((each) => each.name === from);
  if (source >= 0 && source < index) return [];
  if (source < 0 && known.environments.includes(from)) return [];
  return [{
    where,
    message: source < 0 ? `expected an environment of the fleet, got ${JSON.stringify(from)}` : `expected an environment before ${environment.name} in the promotion order, got ${JSON.stringify(from)}`,
    fix: `name one of those before it.${didYouMean(from, fleet.environments.slice(0, index).map((each) => each.name))}`,
  }];
}

function hubProblems(fleet: Fleet, known: KnownNames): Problem[] {
  return fleet.clusters.flatMap((cluster) => {
    if (cluster.managedBy === 'self') return [];
    const file = fileOf(fleet, 'cluster', cluster.name);
    const where = `${file}: managedBy`;
    const problems: Problem[] = [];
    const hub = fleet.clusters.find((each) => each.name === cluster.managedBy);
    if (hub === undefined && !known.clusters.includes(cluster.managedBy)) {
      problems.push({ where, message: `expected "self" or a cluster of the fleet, got ${JSON.stringify(cluster.managedBy)}`, fix: `name the hub.${didYouMean(cluster.managedBy, ['self', ...known.clusters])}` });
    } else if (hub === cluster) {
      problems.push({ where, message: 'a cluster that manages itself says "self"', fix: 'write managedBy: \'self\', or leave it out' });
    } else if (hub !== undefined && hub.managedBy !== 'self') {
      problems.push({ where, message: `expected a hub that manages itself, got ${hub.name}, which ${hub.managedBy} manages`, fix: `name ${hub.managedBy}, or let ${hub.name} manage itself` });
    } else if (hub !== undefined && hub.controller.kind !== 'argo-cd') {
      problems.push({ where, message: `expected a hub that runs Argo CD, got ${hub.name}, which runs ${hub.controller.kind}`, fix: 'let the cluster manage itself: Flux runs in each cluster' });
    }
    if (cluster.server === undefined) problems.push({ where: `${file}: server`, message: 'expected the URL of the API server, got nothing', fix: `name it as ${cluster.managedBy} reaches it` });
    return problems;
  });
}

function namespaceProblems(fleet: Fleet): Problem[] {
  const problems: Problem[] = [];
  const owners = new Map<string, string>();
  for (const app of fleet.apps) {
    for (const environment of environmentsOf(app, fleet)) {
      const namespace = namespaceFor(environment, app);
      const message = dnsLabelProblem(namespace);
      if (message !== undefined) problems.push({ where: `${fileOf(fleet, 'environment', environment.name)}: namespace`, message: `app ${app.name} gets no valid namespace: ${message}`, fix: 'shorten the rule or the name' });
    }
  }
  for (const environment of fleet.environments) {
    const clashes = new Set<string>();
    for (const cluster of environment.clusters) {
      for (const app of fleet.apps.filter((each) => each.environments.includes(environment.name))) {
        const key = `${cluster.name}/${namespaceFor(environment, app)}`;
        const owner = owners.get(key);
        if (owner !== undefined && owner !== environment.name) clashes.add(`${owner} and ${environment.name} share namespace ${namespaceFor(environment, app)} on cluster ${cluster.name}`);
        owners.set(key, environment.name);
      }
    }
    for (const clash of [...clashes].sort()) problems.push({ where: `${fileOf(fleet, 'environment', environment.name)}: namespace`, message: clash, fix: 'put {environment} into the rule' });
  }
  return problems;
}

function fileOf(fleet: Fleet, kind: string, name: string): string {
  return fleet.files.get(`${kind}/${name}`) ?? `${kind} ${name}`;
}

function duplicates(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))].sort();
}
