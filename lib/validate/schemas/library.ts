import { readFileSync } from 'node:fs';
import { SlipwayError } from '../../values/errors.ts';
import { didYouMean } from '../../values/suggest.ts';
import { SchemaCompiler, type FindDefinition } from './compile.ts';
import type { CompactSchema, CustomResourceData, KubernetesData, SchemaIndex } from './compact.ts';
import type { SchemaNode } from './node.ts';

/** A kind as a cluster serves it. */
export interface ServedKind {
  readonly node: SchemaNode;
  readonly namespaced: boolean;
}

/** Why a cluster does not serve a kind. */
export interface UnservedKind {
  readonly message: string;
  readonly fix: string;
}

const folder = new URL('./data/', import.meta.url);

function readData<T>(file: string): T {
  return JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as T;
}

let kubernetes: KubernetesData | undefined;
let index: SchemaIndex | undefined;
const bundles = new Map<string, CustomResourceData>();

/** The schemas of the built-in kinds, read on first use. */
export function kubernetesData(): KubernetesData {
  return (kubernetes ??= readData<KubernetesData>('kubernetes.json'));
}

/** What schemas there are, read on first use. */
export function schemaIndex(): SchemaIndex {
  return (index ??= readData<SchemaIndex>('index.json'));
}

/** The custom resources that Slipway carries of one piece of software, read on first use. */
export function carriedBundle(file: string): CustomResourceData {
  let bundle = bundles.get(file);
  if (bundle === undefined) bundles.set(file, (bundle = readData<CustomResourceData>(file)));
  return bundle;
}

/** The minors whose schemas Slipway carries, oldest first. */
export function knownMinors(): readonly string[] {
  return Object.keys(schemaIndex().kubernetes);
}

const builtIn = new Map<string, SchemaCompiler>();

/**
 * The compiler of a minor's built-in definitions.
 * @throws SlipwayError for a minor whose schemas Slipway does not carry
 */
export function minorCompiler(minor: string): SchemaCompiler {
  const known = builtIn.get(minor);
  if (known !== undefined) return known;
  if (!knownMinors().includes(minor)) {
    throw SlipwayError.of(
      `Kubernetes ${minor}`,
      `there are no schemas of Kubernetes ${minor}.${didYouMean(minor, knownMinors())}`,
      'name one of these minors, or add it: put definitions-<version>.json of that minor beside the others and run scripts/compact-schemas.ts (docs/validation.md, "Another Kubernetes minor")',
    );
  }
  const find: FindDefinition = (name) => {
    const schema = definitionAt(name, minor);
    if (schema === undefined) throw new Error(`Kubernetes ${minor} has no definition ${name}`);
    return { schema, compiler };
  };
  const compiler: SchemaCompiler = new SchemaCompiler(find, true);
  builtIn.set(minor, compiler);
  return compiler;
}

/** How a definition reads in a minor; undefined when that minor has none. */
export function definitionAt(name: string, minor: string): CompactSchema | undefined {
  const cut = name.lastIndexOf('.');
  const versions = kubernetesData().definitions[name.slice(0, cut)]?.[name.slice(cut + 1)] ?? {};
  let found: CompactSchema | null | undefined;
  for (const since of Object.keys(kubernetesData().versions)) {
    if (Object.hasOwn(versions, since)) found = versions[since];
    if (since === minor) break;
  }
  return found ?? undefined;
}

const custom = new WeakMap<CustomResourceData, Map<string, SchemaCompiler>>();

/** The compiler of the schemas of one piece of software; metadata is that of a minor. */
export function customCompiler(data: CustomResourceData, minor: string): SchemaCompiler {
  let perMinor = custom.get(data);
  if (perMinor === undefined) custom.set(data, (perMinor = new Map()));
  let compiler = perMinor.get(minor);
  if (compiler === undefined) {
    const find: FindDefinition = (name) => {
      const own = data.definitions[name];
      if (own !== undefined && compiler !== undefined) return { schema: own, compiler };
      return { schema: 'any', compiler: minorCompiler(minor) };
    };
    compiler = new SchemaCompiler(find, false);
    perMinor.set(minor, compiler);
  }
  return compiler;
}
