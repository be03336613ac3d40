import { App } from 'cdk8s';
import type { ApiObject } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { AppChart, type AppChartProps, type ResolvedEndpoint } from '../../lib/constructs/app-chart.ts';
import { Manifest, type ManifestValue } from '../../lib/constructs/manifest.ts';
import type { ServiceEndpoint } from '../../lib/model/app.ts';
import type { BuildContext, ImagePin, Select } from '../../lib/model/context.ts';
import { defaultSizes } from '../../lib/model/sizes.ts';
import type { KubeObject } from '../../lib/manifests/rendered.ts';
import { describeProblem, SlipwayError } from '../../lib/values/errors.ts';

/** What a test may say about the place where it renders. */
export interface TestChartOptions extends Partial<Omit<BuildContext, 'select' | 'selectCluster'>> {
  /** @default - every endpoint is in the namespace `<app>-<environment>` of this cluster */
  readonly resolve?: AppChartProps['resolve'];
}

/** An image at a version. */
export function pin(name: string): ImagePin {
  return { name, repository: `registry.example/acme/${name}`, tag: '1.4.2', digest: `sha256:${'ab'.repeat(32)}` };
}

/** A chart for the app `storefront` of team `shop` in the environment `prod`, namespace `storefront-prod`. */
export function testChart(options: TestChartOptions = {}): AppChart {
  const { resolve, ...given } = options;
  const app = given.app ?? 'storefront';
  const environment = given.environment ?? { name: 'prod', domain: 'shop.example', registry: 'registry.example/acme', sync: 'automated' };
  const context: BuildContext = {
    app,
    team: 'shop',
    environment,
    namespace: `${app}-${environment.name}`,
    cluster: { name: 'prod-eu', provider: 'eks', region: 'eu-central-1', labels: {}, kubernetes: '1.35', dnsDomain: 'cluster.local' },
    images: { main: pin(app) },
    select: chooser(environment.name),
    selectCluster: chooser('prod-eu'),
    size(name) {
      const size = Object.hasOwn(defaultSizes, name) ? defaultSizes[name] : undefined;
      if (size === undefined) throw SlipwayError.of(`apps/${app}.ts`, `expected a size of ${environment.name}, got ${JSON.stringify(name)}. Known: large, medium, small.`);
      return size;
    },
    ...given,
  };
  return new AppChart(new App(), app, { context, resolve: resolve ?? ((endpoint) => resolved(endpoint, environment.name)) });
}

function resolved(endpoint: ServiceEndpoint, environment: string): ResolvedEndpoint {
  const namespace = `${endpoint.app}-${environment}`;
  const host = `${endpoint.service}.${namespace}.svc.cluster.local`;
  return { app: endpoint.app, namespace, host, port: endpoint.port, targetPort: endpoint.targetPort, url: `${endpoint.scheme}://${host}:${endpoint.port}` };
}

function chooser(key: string): Select {
  return ((values: Readonly<Record<string, unknown>>) => values[Object.hasOwn(values, key) ? key : 'default']) as Select;
}

/** Every object under a construct as it would be written, in the order in which they were made. */
export function objectsOf(scope: IConstruct): KubeObject[] {
  return scope.node.findAll().filter(isApiObject).map((object) => object.toJson() as KubeObject);
}

/** The one object of a kind (and name) under a construct. Throws, naming what is there, unless there is exactly one. */
export function objectOf<T = KubeObject>(scope: IConstruct, kind: string, name?: string): T {
  const all = objectsOf(scope);
  const found = all.filter((object) => object.kind === kind && (name === undefined || object.metadata?.name === name));
  if (found.length !== 1) throw new Error(`expected one ${kind} ${name ?? ''}, found ${found.length} among ${all.map((object) => `${object.kind} ${object.metadata?.name ?? ''}`).join(', ')}`);
  return found[0] as T;
}

/** The Manifests under a construct. */
export function manifestsOf(scope: IConstruct): Manifest<ManifestValue>[] {
  return scope.node.findAll().filter((node): node is Manifest<ManifestValue> => node instanceof Manifest);
}

/** What was reported in a construct's chart, one line each (two with a fix), sorted. */
export function problemsOf(scope: Construct): string[] {
  return AppChart.of(scope).problems.map(describeProblem).sort();
}

function isApiObject(node: IConstruct): node is ApiObject {
  return 'apiGroup' in node && 'toJson' in node;
}
