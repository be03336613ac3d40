import type { KubeObject } from '../manifests/rendered.ts';
import type { ServiceEndpoint } from '../model/app.ts';
import type { Problem } from '../values/errors.ts';
import { didYouMean } from '../values/suggest.ts';

/** What an app says it provides and doesn't make: its callers would find nothing there. */
export function providedProblems(endpoints: readonly ServiceEndpoint[], objects: readonly KubeObject[], where: string): Problem[] {
  const services = objects.filter((object) => object.kind === 'Service' && object.apiVersion === 'v1');
  return endpoints.flatMap((endpoint) => {
    const at = `${where}: provides.${endpoint.endpoint}`;
    const service = services.find((object) => object.metadata?.name === endpoint.service);
    if (service === undefined) {
      return [{ where: at, message: `expected a Service ${JSON.stringify(endpoint.service)} among what the app makes, got none.`, fix: `name one it makes, or make it.${didYouMean(endpoint.service, services.flatMap((object) => object.metadata?.name ?? []))}` }];
    }
    const ports = list(fields(service['spec'])['ports']).map(fields);
    const port = ports.find((each) => each['port'] === endpoint.port);
    if (port === undefined) return [{ where: `${at}.port`, message: `expected a port of Service ${endpoint.service} (${ports.map((each) => String(each['port'])).sort().join(', ') || 'it has none'}), got ${endpoint.port}`, fix: 'name a port that it has' }];
    const target = podPort(port, fields(fields(service['spec'])['selector']), objects);
    if (target === undefined || target === endpoint.targetPort) return [];
    return [{ where: `${at}.targetPort`, message: `expected the pods' port behind port ${endpoint.port} of Service ${endpoint.service}, ${target}, got ${endpoint.targetPort}`, fix: `write targetPort: ${target}: network policies name it` }];
  });
}

/** The number of the port that a Service's port leads to; undefined where its pods aren't rendered here. */
function podPort(port: Fields, selector: Fields, objects: readonly KubeObject[]): number | undefined {
  const target = port['targetPort'] ?? port['port'];
  if (typeof target === 'number') return target;
  for (const object of objects) {
    const template = fields(fields(object['spec'])['template']);
    const labels = fields(fields(template['metadata'])['labels']);
    if (Object.keys(template).length === 0 || !Object.entries(selector).every(([key, value]) => labels[key] === value)) continue;
    const found = list(fields(template['spec'])['containers']).flatMap((container) => list(fields(container)['ports'])).map(fields).find((each) => each['name'] === target);
    if (typeof found?.['containerPort'] === 'number') return found['containerPort'];
  }
  return undefined;
}

type Fields = Readonly<Record<string, unknown>>;

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? value as Fields : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
