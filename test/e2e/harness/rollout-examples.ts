import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { routedObjects } from '../../../lib/validate/scope/routed-objects.ts';
import { rolloutServices } from '../../../lib/validate/scope/rollout.ts';
import { at, type Loose } from '../../validate/healthy-app.ts';

/** What a file, or a page's sample, of Argo Rollouts' own shows. */
export interface Example {
  /** Such as `examples/rollout-canary.yaml`, or `docs/features/canary/index.md#1`. */
  readonly name: string;
  readonly objects: readonly Loose[];
}

/** Samples that are no Kubernetes objects: chart templates, and proposals of what was never built. */
const others = /helm|\/proposals\/|\/generated\/|\/kustomize\.md/;

/** The examples of Argo Rollouts' repository: its files, and the samples of its pages, made whole where they only show a part. */
export function upstreamExamples(root: string): Example[] {
  const templates = ['analysis-templates', 'cluster-analysis-templates'].flatMap((name) => objectsOf(readFileSync(join(root, 'examples', `${name}.yaml`), 'utf8')));
  const files = filesBelow(join(root, 'examples')).filter((path) => path.endsWith('.yaml') && !others.test(path)).map((path) => ({ name: path.slice(root.length + 1), objects: objectsOf(readFileSync(path, 'utf8')), beside: templates }));
  const pages = filesBelow(join(root, 'docs')).filter((path) => path.endsWith('.md') && !others.test(path)).flatMap((path) => {
    const samples = samplesOf(readFileSync(path, 'utf8')).map((text, index) => ({ name: `${path.slice(root.length + 1)}#${index + 1}`, objects: objectsOf(text) }));
    const beside = samples.flatMap(({ objects }) => objects).filter(({ kind }) => /AnalysisTemplate$/.test(String(kind)));
    return samples.map((sample) => ({ ...sample, beside: [...beside, ...templates] }));
  });
  return [...files, ...pages].filter(({ objects }) => objects.some(({ kind }) => kind === 'Rollout' || kind === 'Experiment')).map(({ name, objects, beside }) => ({ name, objects: whole(objects, beside) }));
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder).sort().flatMap((name) => (statSync(join(folder, name)).isDirectory() ? filesBelow(join(folder, name)) : [join(folder, name)]));
}

/** YAML samples of a page, without the marks of what is left out. */
function samplesOf(page: string): string[] {
  return [...page.matchAll(/^( *)```ya?ml[^\n]*\n([\s\S]*?)^\1```/gm)].map(([, indent = '', body = '']) => body.split('\n').map((line) => line.slice(line.startsWith(indent) ? indent.length : 0)).filter((line) => !/^\s*(\.\.\.|# ?\.\.\.)/.test(line)).join('\n'));
}

/** The objects of a text; a sample that is no YAML has none. */
function objectsOf(text: string): Loose[] {
  if (!/^apiVersion: /m.test(text)) return [];
  return parseAllDocuments(text, { logLevel: 'silent' }).flatMap((document) => {
    const value: unknown = document.errors.length > 0 ? undefined : document.toJS();
    return isObject(value) && typeof value['kind'] === 'string' && isObject(value['metadata']) ? [withTexts(value)] : [];
  });
}

/** The way in that a sample's router writes to: to all Services of the Rollout. */
function routeOf(kind: string, name: string, services: readonly string[]): Loose[] {
  switch (kind) {
    case 'networking.k8s.io/Ingress':
      return [{ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name }, spec: { rules: [{ http: { paths: services.map((service) => ({ path: `/${service}`, pathType: 'Prefix', backend: { service: { name: service, port: { number: 80 } } } })) } }] } }];
    case 'networking.istio.io/VirtualService':
      return [{ apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: { name }, spec: { http: [{ name: 'primary', route: services.map((host) => ({ destination: { host } })) }] } }];
    default:
      return [];
  }
}

/** Numbers as values of arguments are slips of the pages: Argo Rollouts knows texts alone. */
function withTexts(object: Loose): Loose {
  const args = object['spec'] === undefined ? undefined : at(object, 'spec')?.['args'];
  for (const arg of Array.isArray(args) ? (args as Loose[]) : []) if (typeof arg['value'] === 'number') arg['value'] = String(arg['value']);
  return object;
}

function isObject(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Adds what a sample takes as given: pods, Services, templates of analyses. */
function whole(objects: readonly Loose[], beside: readonly Loose[]): Loose[] {
  const all = structuredClone([...objects]);
  const has = (kind: unknown, name: unknown): boolean => all.some((object) => object['kind'] === kind && at(object, 'metadata')['name'] === name);
  for (const rollout of all.filter(({ kind, spec }) => kind === 'Rollout' && isObject(spec))) {
    const spec = at(rollout, 'spec');
    if (spec['workloadRef'] === undefined) {
      spec['selector'] ??= { matchLabels: { app: 'sample' } };
      // One replica is what is left when a sample says nothing of replicas, which it means to.
      if (spec['template'] === undefined) spec['replicas'] ??= 100;
      const template = (spec['template'] ??= {}) as Loose;
      template['metadata'] ??= { labels: structuredClone(at(spec, 'selector')['matchLabels'] ?? {}) };
      template['spec'] ??= { containers: [{ name: 'sample', image: 'sample:1.0' }] };
    }
    const strategy = (spec['strategy'] ?? {}) as Record<string, Loose | undefined>;
    const names = [strategy['canary']?.['stableService'], strategy['canary']?.['canaryService'], strategy['blueGreen']?.['activeService'], strategy['blueGreen']?.['previewService']];
    for (const name of names) {
      if (typeof name !== 'string' || has('Service', name)) continue;
      const labels = spec['workloadRef'] === undefined ? at(spec, 'template', 'metadata')['labels'] : {};
      all.push({ apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { selector: structuredClone(labels), ports: [{ port: 80 }] } });
    }
  }
  for (const rollout of all.filter(({ kind }) => kind === 'Rollout')) {
    for (const { kind, name } of routedObjects(rollout)) if (!has(kind.split('/')[1], name)) all.push(...routeOf(kind, name, rolloutServices(rollout).map((service) => service.name)));
  }
  for (const template of beside) if (!has(template['kind'], at(template, 'metadata')['name'])) all.push(structuredClone(template));
  return all;
}
