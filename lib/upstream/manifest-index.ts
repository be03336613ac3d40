import { parseAllDocuments } from 'yaml';
import type { CustomKind, UpstreamIndex, UpstreamObject } from '../manifests/rendered.ts';
import { compareText, throwProblems, type Problem } from '../values/errors.ts';

/**
 * Reads what an upstream manifest holds. Throws with every part that isn't a Kubernetes object with a name.
 * Megabytes of YAML take seconds: it is done once, when the manifest is vendored.
 */
export function indexManifest(where: string, text: string): UpstreamIndex {
  const problems: Problem[] = [];
  const objects: UpstreamObject[] = [];
  const definitions: CustomKind[] = [];
  for (const [index, value] of manifestObjects(where, text).entries()) {
    const object = fields(value);
    const metadata = fields(object['metadata']);
    const [apiVersion, kind, name, namespace] = [object['apiVersion'], object['kind'], metadata['name'], metadata['namespace']];
    if (typeof apiVersion !== 'string' || typeof kind !== 'string' || typeof name !== 'string' || name === '') {
      problems.push({ where: `${where}: object ${index + 1}`, message: `expected a Kubernetes object with apiVersion, kind and metadata.name, got ${typeof kind === 'string' ? `a ${kind} without ${typeof apiVersion === 'string' ? 'a name' : 'apiVersion'}` : 'something else'}`, fix: 'look whether the URL is that of a manifest' });
      continue;
    }
    const containers = containersOf(object);
    objects.push({ apiVersion, kind, ...(typeof namespace === 'string' && { namespace }), name, ...(containers !== undefined && { containers }) });
    if (kind === 'CustomResourceDefinition') definitions.push(definitionOf(fields(object['spec'])));
  }
  if (objects.length === 0 && problems.length === 0) problems.push({ where, message: 'expected Kubernetes objects, got none', fix: 'look whether the URL is that of a manifest' });
  throwProblems(problems);
  return { objects, definitions: definitions.sort((a, b) => compareText(a.group, b.group) || compareText(a.kind, b.kind)) };
}

/** The objects of a manifest as plain data, those of lists one by one. Throws where it isn't YAML. */
export function manifestObjects(where: string, text: string): unknown[] {
  const documents = parseAllDocuments(text);
  if (!Array.isArray(documents)) return [];
  throwProblems(documents.flatMap((document) => document.errors.map((error) => ({
    where, message: `expected YAML, got a mistake in it: ${(error.message.split('\n')[0] ?? '').replace(/:$/, '')}`, fix: 'look whether the URL is that of a manifest',
  }))));
  return documents.flatMap((document) => {
    const value: unknown = document.toJS();
    const items = fields(value)['items'];
    if (value === null || value === undefined) return [];
    return Array.isArray(items) && String(fields(value)['kind']).endsWith('List') ? items as unknown[] : [value];
  });
}

function definitionOf(spec: Fields): CustomKind {
  const names = fields(spec['names']);
  return {
    group: String(spec['group']),
    kind: String(names['kind']),
    namespaced: spec['scope'] !== 'Cluster',
    versions: list(spec['versions']).map(fields).filter((version) => version['served'] === true).map((version) => String(version['name'])),
  };
}

function containersOf(object: Fields): Readonly<Record<string, string>> | undefined {
  const spec = fields(object['spec']);
  const template = object['kind'] === 'Pod' ? object : object['kind'] === 'CronJob' ? fields(fields(fields(spec['jobTemplate'])['spec'])['template']) : fields(spec['template']);
  const pod = fields(template['spec']);
  const containers = [...list(pod['initContainers']), ...list(pod['containers'])].map(fields);
  return containers.length === 0 ? undefined : Object.fromEntries(containers.map((container) => [String(container['name']), String(container['image'])]));
}

type Fields = Readonly<Record<string, unknown>>;

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Fields : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
