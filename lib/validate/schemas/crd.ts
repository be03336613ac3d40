import type { Problem } from '../../values/errors.ts';
import type { CompactCustomResource, CompactSchema } from './compact.ts';
import { compactSchema } from './from-openapi.ts';
import { field, isRecord, list, record, text } from './plain.ts';

/** The definition of every object's metadata. */
const metadataReference = '#meta.v1.ObjectMeta';

/** Whether an object is a CustomResourceDefinition. */
export function isCustomResourceDefinition(value: unknown): boolean {
  return field(value, 'kind') === 'CustomResourceDefinition';
}

/** Makes a CustomResourceDefinition compact; when it cannot be, the problem is added and nothing comes back. */
export function compactCustomResource(definition: unknown, where: string, problems: Problem[]): { readonly key: string; readonly resource: CompactCustomResource } | undefined {
  const spec = record(definition, 'spec');
  const group = text(spec, 'group');
  const kind = text(record(spec, 'names'), 'kind');
  const versions = list(spec, 'versions').filter(isRecord);
  if (field(definition, 'apiVersion') !== 'apiextensions.k8s.io/v1' || group === undefined || kind === undefined || versions.length === 0) {
    problems.push({
      where,
      message: 'expected a CustomResourceDefinition of apiextensions.k8s.io/v1 with spec.group, spec.names.kind and spec.versions',
      fix: 'take the file as its project releases it',
    });
    return undefined;
  }
  const served: Record<string, CompactSchema> = {};
  const unserved: string[] = [];
  for (const version of versions) {
    const name = String(version['name']);
    if (version['served'] === true) served[name] = rootSchema(record(record(version, 'schema'), 'openAPIV3Schema'));
    else unserved.push(name);
  }
  return { key: `${group}/${kind}`, resource: { namespaced: spec?.['scope'] !== 'Cluster', served, unserved } };
}

function rootSchema(schema: Record<string, unknown> | undefined): CompactSchema {
  const compact = compactSchema(schema ?? {});
  if (typeof compact === 'string') return { type: 'object', open: true, properties: rootFields };
  const own = compact.properties?.['metadata'];
  const metadata: CompactSchema = typeof own === 'object' && own.properties !== undefined ? { ref: metadataReference, allOf: [own] } : metadataReference;
  return { ...compact, properties: { ...compact.properties, ...rootFields, metadata } };
}

const rootFields: Readonly<Record<string, CompactSchema>> = { apiVersion: 'string', kind: 'string', metadata: metadataReference };
