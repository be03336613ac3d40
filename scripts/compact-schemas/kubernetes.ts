import type { CompactSchema, KubernetesData } from '../../lib/validate/schemas/compact.ts';
import { compactSchema } from '../../lib/validate/schemas/from-openapi.ts';
import { clusterScopedKinds, requestKinds } from './facts/kinds.ts';
import { applyFacts } from './facts/apply.ts';
import { mapChildren } from './share.ts';
import { sorted } from './text.ts';

/** The `definitions` of one minor's OpenAPI document. */
export interface MinorDefinitions {
  /** Such as `1.35.4`. */
  readonly version: string;
  readonly definitions: Readonly<Record<string, Record<string, unknown>>>;
}

/** Definitions that stand for a plain type. */
const plainDefinitions: Readonly<Record<string, CompactSchema>> = {
  'io.k8s.apimachinery.pkg.api.resource.Quantity': 'quantity',
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': 'intOrString',
  'io.k8s.apimachinery.pkg.apis.meta.v1.Time': 'dateTime',
  'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime': 'dateTime',
  'io.k8s.apimachinery.pkg.runtime.RawExtension': { type: 'object', open: true },
  'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1': { type: 'object', open: true },
};

const unstable = /^v\d+(alpha|beta)\d+$/;

/** Joins the definitions of several minors: each definition once, and again only where a minor changes it. */
export function compactKubernetes(minors: readonly MinorDefinitions[]): KubernetesData {
  const kinds = new Map<string, string>();
  const offByDefault = new Set<string>();
  const perMinor = minors.map(({ version, definitions }) => {
    const compact = new Map<string, CompactSchema>();
    const wanted: string[] = [];
    for (const [name, definition] of Object.entries(definitions)) {
      if (plainDefinitions[name] !== undefined) continue;
      compact.set(shortName(name), applyFacts(shortName(name), compactSchema(definition, resolve)));
      for (const kind of kindsOf(definition)) {
        if (unstable.test(kind.split('/').at(-2) ?? '')) offByDefault.add(kind);
        else {
          kinds.set(kind, `#${shortName(name)}`);
          wanted.push(shortName(name));
        }
      }
    }
    return { minor: version.split('.').slice(0, 2).join('.'), version, compact: closure(wanted, compact) };
  });
  return {
    versions: Object.fromEntries(perMinor.map(({ minor, version }) => [minor, version])),
    kinds: Object.fromEntries([...kinds].sort()),
    clusterScoped: [...kinds.keys()].map(withoutVersion).filter((kind) => clusterScopedKinds.has(kind)).filter((kind, at, all) => all.indexOf(kind) === at).sort(),
    offByDefault: [...offByDefault].sort(),
    definitions: history(perMinor),
  };
}

/** The object kinds that a definition describes; requests and lists are not objects that a cluster keeps. */
function kindsOf(definition: Record<string, unknown>): string[] {
  const properties = definition['properties'] as Record<string, { $ref?: string }> | undefined;
  if (!properties?.['metadata']?.$ref?.endsWith('.ObjectMeta')) return [];
  const marks = (definition['x-kubernetes-group-version-kind'] ?? []) as { group: string; version: string; kind: string }[];
  return marks.filter(({ group, kind }) => !requestKinds.has(group === '' ? kind : `${group}/${kind}`)).map(({ group, version, kind }) => (group === '' ? `${version}/${kind}` : `${group}/${version}/${kind}`));
}

function withoutVersion(kind: string): string {
  const parts = kind.split('/');
  return parts.length === 2 ? (parts[1] ?? '') : `${parts[0]}/${parts[2]}`;
}

function resolve(reference: string): CompactSchema {
  const name = reference.replace('#/definitions/', '');
  return plainDefinitions[name] ?? `#${shortName(name)}`;
}

/** `io.k8s.api.core.v1.Pod` is `core.v1.Pod`. */
function shortName(name: string): string {
  return name.split('.').slice(-3).join('.');
}

/** The definitions that the wanted ones need. */
function closure(wanted: readonly string[], all: ReadonlyMap<string, CompactSchema>): Map<string, CompactSchema> {
  const found = new Map<string, CompactSchema>();
  const queue = [...wanted];
  const follow = (schema: CompactSchema): CompactSchema => {
    if (typeof schema === 'string') {
      if (schema.startsWith('#')) queue.push(schema.slice(1));
      return schema;
    }
    if (schema.ref !== undefined) queue.push(schema.ref.slice(1));
    return mapChildren(schema, follow);
  };
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    const schema = all.get(name);
    if (found.has(name) || schema === undefined) continue;
    found.set(name, schema);
    follow(schema);
  }
  return found;
}

/** Package, definition, then the minor since which it reads so. */
function history(minors: readonly { readonly minor: string; readonly compact: ReadonlyMap<string, CompactSchema> }[]): KubernetesData['definitions'] {
  const packages: Record<string, Record<string, Record<string, CompactSchema | null>>> = {};
  const names = [...new Set(minors.flatMap(({ compact }) => [...compact.keys()]))].sort();
  for (const name of names) {
    const versions: Record<string, CompactSchema | null> = {};
    let before: string | undefined;
    for (const { minor, compact } of minors) {
      const schema = compact.get(name);
      const content = schema === undefined ? undefined : JSON.stringify(sorted(schema));
      if (content !== before) versions[minor] = schema === undefined ? null : (sorted(schema) as CompactSchema);
      before = content;
    }
    const cut = name.lastIndexOf('.');
    (packages[name.slice(0, cut)] ??= {})[name.slice(cut + 1)] = versions;
  }
  return packages;
}
