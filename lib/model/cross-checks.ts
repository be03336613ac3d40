import type { Problem } from '../values/errors.ts';
import { dnsLabelProblem } from '../values/names.ts';
import { didYouMean } from '../values/suggest.ts';
import { fillNamespace } from './environment.ts';
import { externalProblems } from './external-checks.ts';
import type { AppOutline, ClusterOutline, EnvironmentOutline, Outline } from './outline.ts';
import type { PinsFile } from './pins.ts';
import { nextVariant, waveProblems } from './waves.ts';
import { teamProblems } from './team-checks.ts';

/** What is wrong between definitions, each of which may be right in itself. */
export function crossProblems(outline: Outline, pins: ReadonlyMap<string, PinsFile>): Problem[] {
  return [
    ...outline.apps.flatMap((app) => [...appProblems(app, outline), ...placementProblems(app, outline), ...pinProblems(app, outline, pins)]),
    ...outline.environments.flatMap((environment, index) => [...promotionProblems(environment, index, outline), ...waveProblems(environment), ...listedTwice(environment.clusters, `${environment.file}: clusters`, 'cluster')]),
    ...outline.clusters.flatMap((cluster) => hubProblems(cluster, outline)),
    ...outline.clusters.filter((cluster) => cluster.name === nextVariant).map((cluster) => ({ where: `${cluster.file}: name`, message: `expected another name than ${JSON.stringify(nextVariant)}, which folders have that only the clusters of earlier waves take`, fix: 'rename the cluster' })),
    ...namespaceProblems(outline),
    ...externalProblems(outline),
    ...teamProblems(outline),
  ];
}

function appProblems(app: AppOutline, outline: Outline): Problem[] {
  const known = outline.environments.map((environment) => environment.name);
  const unknown = app.environments.flatMap((name, index) => known.includes(name) ? [] : [{
    where: `${app.file}: environments[${index}]`,
    message: `expected an environment of the fleet, got ${JSON.stringify(name)}.`,
    fix: `name one.${didYouMean(name, known)}`,
  }]);
  return [...unknown, ...listedTwice(app.environments, `${app.file}: environments`, 'environment')];
}

/** Where an app says that it runs: only environments that it has, and only their clusters. */
function placementProblems(app: AppOutline, outline: Outline): Problem[] {
  return Object.entries(app.clusters).flatMap(([name, clusters]) => {
    const where = `${app.file}: clusters.${name}`;
    const environment = outline.environments.find((each) => each.name === name);
    if (environment === undefined || !app.environments.includes(name)) {
      return [{ where, message: `expected an environment in which ${app.name} runs, got ${JSON.stringify(name)}.`, fix: `name one.${didYouMean(name, app.environments)}` }];
    }
    const unknown = clusters.flatMap((cluster, index) => environment.clusters.includes(cluster) ? [] : [{
      where: `${where}[${index}]`, message: `expected a cluster of ${name}, got ${JSON.stringify(cluster)}.`, fix: `name one.${didYouMean(cluster, environment.clusters)}`,
    }]);
    return [...unknown, ...listedTwice(clusters, where, 'cluster')];
  });
}

function pinProblems(app: AppOutline, outline: Outline, pins: ReadonlyMap<string, PinsFile>): Problem[] {
  return outline.environments.filter((environment) => app.environments.includes(environment.name)).flatMap((environment) => {
    const file = pins.get(environment.name);
    if (file?.readable !== true) return [];
    return app.images.filter((image) => !file.entries.has(image)).map((image) => ({
      where: file.path,
      message: `expected a pin of image ${JSON.stringify(image)} of app ${app.name}, got none.`,
      fix: `add it: slipway pin ${environment.name} ${image}=<tag>${environment.digests === 'required' ? '@sha256:<digest>' : ''}.${didYouMean(image, [...file.entries.keys()])}`,
    }));
  });
}

function promotionProblems(environment: EnvironmentOutline, index: number, outline: Outline): Problem[] {
  const from = environment.promotedFrom;
  if (from === undefined) return [];
  const source = outline.environments.findIndex((each) => each.name === from);
  if (source >= 0 && source < index) return [];
  const before = outline.environments.slice(0, index).map((each) => each.name);
  return [{
    where: `${environment.file}: promotion.from`,
    message: source < 0 ? `expected an environment of the fleet, got ${JSON.stringify(from)}.` : `expected an environment before ${environment.name} in the promotion order, got ${JSON.stringify(from)}.`,
    fix: `name one of those before it.${didYouMean(from, before)}`,
  }];
}

function hubProblems(cluster: ClusterOutline, outline: Outline): Problem[] {
  if (cluster.managedBy === 'self') {
    return cluster.hasCredential ? [{ where: `${cluster.file}: credential`, message: 'expected none on a cluster that manages itself: it is how a hub reaches a member', fix: 'remove it, or name the hub in managedBy' }] : [];
  }
  const where = `${cluster.file}: managedBy`;
  const problems: Problem[] = [];
  const hub = outline.clusters.find((each) => each.name === cluster.managedBy);
  if (hub === undefined) {
    const names = ['self', ...outline.clusters.map((each) => each.name)];
    problems.push({ where, message: `expected "self" or a cluster of the fleet, got ${JSON.stringify(cluster.managedBy)}.`, fix: `name the hub.${didYouMean(cluster.managedBy, names)}` });
  } else if (hub.name === cluster.name) {
    problems.push({ where, message: 'expected "self" or another cluster, got the cluster\'s own name', fix: 'write managedBy: \'self\', or leave it out' });
  } else if (hub.managedBy !== 'self') {
    problems.push({ where, message: `expected a hub that manages itself, got ${hub.name}, which ${hub.managedBy} manages`, fix: `name another hub, or let ${hub.name} manage itself` });
  } else if (hub.controller === 'flux') {
    problems.push({ where, message: `expected a hub that runs Argo CD, got ${hub.name}, which runs flux`, fix: 'let the cluster manage itself: Flux runs in each cluster' });
  } else if (cluster.controller === 'flux') {
    problems.push({ where: `${cluster.file}: controller`, message: `expected argoCd(), by which ${hub.name} delivers to it, got flux()`, fix: 'write controller: argoCd(), or let the cluster manage itself' });
  }
  // Else the registration alone says it, which the cluster's own stack makes.
  const namedBy = cluster.hasCredential ? 'the registration with a credential' : hub?.impersonates === true ? `the impersonation of ${hub.name}` : undefined;
  if (!cluster.hasServer && namedBy !== undefined) problems.push({ where: `${cluster.file}: server`, message: `expected the URL of the API server, by which ${namedBy} names it, got nothing`, fix: `name it as ${cluster.managedBy} reaches it` });
  return problems;
}

function namespaceProblems(outline: Outline): Problem[] {
  const problems: Problem[] = [];
  const owners = new Map<string, string>();
  for (const environment of outline.environments) {
    const clashes = new Set<string>();
    for (const app of outline.apps.filter((each) => each.environments.includes(environment.name))) {
      if (environment.namespace === undefined || app.team === undefined) continue;
      const namespace = fillNamespace(environment.namespace, { app: app.name, environment: environment.name, team: app.team });
      const wellFormed = [app.name, environment.name, app.team].every((part) => dnsLabelProblem(part) === undefined) && !/[^a-z0-9-]/.test(namespace);
      if (!wellFormed) continue;
      const message = dnsLabelProblem(namespace);
      if (message !== undefined) problems.push({ where: `${environment.file}: namespace`, message: `app ${app.name} gets no valid namespace: ${message}`, fix: 'shorten the rule or the name' });
      for (const cluster of app.clusters[environment.name] ?? environment.clusters) {
        const key = `${cluster}/${namespace}`;
        const owner = owners.get(key) ?? environment.name;
        owners.set(key, owner);
        if (owner !== environment.name) clashes.add(`${owner} and ${environment.name} share namespace ${namespace} on cluster ${cluster}`);
      }
    }
    for (const message of [...clashes].sort()) problems.push({ where: `${environment.file}: namespace`, message, fix: 'put {environment} into the rule' });
  }
  return problems;
}

function listedTwice(names: readonly string[], where: string, what: string): Problem[] {
  return names.flatMap((name, index) => names.indexOf(name) === index ? [] : [{ where: `${where}[${index}]`, message: `${what} ${JSON.stringify(name)} is listed twice`, fix: 'keep one of them' }]);
}
