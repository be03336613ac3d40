import type { AppChartProps, ResolvedEndpoint } from '../constructs/app-chart.ts';
import type { ServiceEndpoint } from '../model/app.ts';
import type { Cluster } from '../model/cluster.ts';
import type { BuildContext, ImagePin, Select } from '../model/context.ts';
import { namespaceFor, type Environment } from '../model/environment.ts';
import type { App, Fleet } from '../model/fleet.ts';
import { runsOn } from '../model/placement.ts';
import { pinOf } from '../model/pins.ts';
import { defaultSizes, type Resources } from '../model/sizes.ts';
import { SlipwayError } from '../values/errors.ts';
import { didYouMean } from '../values/suggest.ts';
import { ClusterReads } from './cluster-reads.ts';

/** What one build of an app needs, and the notes of what it read of its cluster. */
export interface BuildInput extends AppChartProps {
  readonly reads: ClusterReads;
}

/** Puts together what an app's build gets for an environment and one of its clusters. */
export function buildInput(fleet: Fleet, app: App, environment: Environment, cluster: Cluster): BuildInput {
  const reads = new ClusterReads(cluster);
  const { name, domain, registry, sync } = environment;
  const context: BuildContext = {
    app: app.name,
    team: app.team,
    environment: { name, domain, registry, sync },
    namespace: namespaceFor(environment, app),
    cluster: reads.view,
    images: namedOnly('image', imagesOf(fleet, app, environment), app.file),
    select: ((values: Readonly<Record<string, unknown>>) => {
      refuseUnknown(values, fleet.environments, 'environment', app.file);
      return values[Object.hasOwn(values, name) ? name : 'default'];
    }) as Select,
    selectCluster: reads.select((values, key) => {
      refuseUnknown(values, fleet.clusters, 'cluster', app.file);
      return values[key];
    }),
    size: (size) => sizeOf(size, environment, reads, app.file),
  };
  return { context, reads, provides: Object.values(app.endpoints), resolve: (endpoint) => resolve(endpoint, fleet, environment, reads, app) };
}

function imagesOf(fleet: Fleet, app: App, environment: Environment): Record<string, ImagePin> {
  const file = fleet.pins.get(environment.name);
  const images: Record<string, ImagePin> = {};
  for (const [key, image] of Object.entries(app.images)) {
    const pin = file === undefined ? undefined : pinOf(file, image, environment.registry);
    if (pin !== undefined) images[key] = pin;
  }
  return images;
}

/** An object whose unknown keys are errors that name the known ones, for those who write without types. */
function namedOnly<T>(what: string, values: Record<string, T>, file: string): Record<string, T> {
  return new Proxy(values, {
    get(target, key) {
      if (typeof key === 'symbol' || Object.hasOwn(target, key)) return Reflect.get(target, key) as T;
      throw SlipwayError.of(file, `expected an ${what} of the app, got ${JSON.stringify(key)}.`, `name one.${didYouMean(key, Object.keys(target))}`);
    },
  });
}

function refuseUnknown(values: Readonly<Record<string, unknown>>, known: readonly { readonly name: string }[], kind: string, file: string): void {
  const unknown = Object.keys(values).filter((key) => key !== 'default' && !known.some(({ name }) => name === key)).sort();
  if (unknown.length === 0) return;
  throw new SlipwayError(unknown.map((key) => ({
    where: file, message: `select: expected ${kind} names or "default", got ${JSON.stringify(key)}.`, fix: `name one.${didYouMean(key, known.map(({ name }) => name))}`,
  })));
}

function sizeOf(size: string, environment: Environment, reads: ClusterReads, file: string): Resources {
  const found = reads.read((cluster) => (cluster.sizes !== undefined && Object.hasOwn(cluster.sizes, size) ? cluster.sizes[size] : undefined))
    ?? (Object.hasOwn(environment.sizes, size) ? environment.sizes[size] : undefined)
    ?? (Object.hasOwn(defaultSizes, size) ? defaultSizes[size] : undefined);
  if (found !== undefined) return found;
  throw SlipwayError.of(file, `expected a size of ${environment.name}, got ${JSON.stringify(size)}.`, `name one.${didYouMean(size, [...new Set([...Object.keys(defaultSizes), ...Object.keys(environment.sizes)])])}`);
}

function resolve(endpoint: ServiceEndpoint, fleet: Fleet, environment: Environment, reads: ClusterReads, app: App): ResolvedEndpoint {
  const callee = fleet.apps.find((each) => each.name === endpoint.app);
  const where = app.file;
  if (callee === undefined) throw SlipwayError.of(where, `calls an app that is not in the fleet: ${JSON.stringify(endpoint.app)}.`, `call one of its apps.${didYouMean(endpoint.app, fleet.apps.map((each) => each.name))}`);
  if (!Object.hasOwn(callee.endpoints, endpoint.endpoint)) throw SlipwayError.of(where, `calls ${endpoint.app}'s endpoint ${JSON.stringify(endpoint.endpoint)}, which it does not provide.`, `call one it provides.${didYouMean(endpoint.endpoint, Object.keys(callee.endpoints))}`);
  if (!callee.environments.includes(environment.name)) throw SlipwayError.of(where, `calls ${endpoint.app} in ${environment.name}, where it does not run`, `add ${environment.name} to the environments of ${callee.file}, or call it only where it runs (${[...callee.environments].sort().join(', ')})`);
  const here = reads.read((cluster) => runsOn(callee, environment, cluster.name) ? undefined : cluster.name);
  if (here !== undefined) throw SlipwayError.of(where, `calls ${endpoint.app} on cluster ${here}, where it does not run in ${environment.name}`, `add ${here} to clusters.${environment.name} of ${callee.file}, or run ${app.name} only where ${endpoint.app} runs`);
  const namespace = namespaceFor(environment, callee);
  const host = `${endpoint.service}.${namespace}.svc.${reads.read((cluster) => cluster.dnsDomain)}`;
  return { app: callee.name, namespace, host, port: endpoint.port, targetPort: endpoint.targetPort, url: `${endpoint.scheme}://${host}:${endpoint.port}` };
}
