import { throwProblems, type Problem } from '../../lib/values/errors.ts';
import type { CompactCustomResource, CompactSchema, CustomResourceData } from '../../lib/validate/schemas/compact.ts';
import { compactCustomResource } from '../../lib/validate/schemas/crd.ts';
import { share } from './share.ts';
import { sorted } from './text.ts';

/** Software with its version, such as `argo-cd 3.5.7`, to the kinds it brings. */
export type Sources = Readonly<Record<string, readonly string[]>>;

/** A CustomResourceDefinition and the file it stands in. */
export interface FoundDefinition {
  readonly where: string;
  readonly definition: unknown;
}

/**
 * One compact file per software.
 * @throws SlipwayError for each kind that no software of `sources` names
 */
export function compactCustomResources(found: readonly FoundDefinition[], sources: Sources): CustomResourceData[] {
  const owners = new Map(Object.entries(sources).flatMap(([software, kinds]) => kinds.map((kind) => [kind, software] as const)));
  const perSoftware = new Map<string, Map<string, CompactCustomResource>>();
  const problems: Problem[] = [];
  for (const { where, definition } of found) {
    const read = compactCustomResource(definition, where, problems);
    if (read === undefined) continue;
    const software = owners.get(read.key);
    if (software === undefined) {
      problems.push({ where, message: `no software of the sources file brings ${read.key}`, fix: 'add it to the sources file under the software and version that it comes from' });
      continue;
    }
    const kinds = perSoftware.get(software) ?? new Map<string, CompactCustomResource>();
    perSoftware.set(software, kinds.set(read.key, read.resource));
  }
  throwProblems(problems);
  return [...perSoftware].sort(([a], [b]) => (a < b ? -1 : 1)).map(([software, kinds]) => bundle(software, kinds));
}

function bundle(software: string, kinds: ReadonlyMap<string, CompactCustomResource>): CustomResourceData {
  const entries = [...kinds].sort(([a], [b]) => (a < b ? -1 : 1));
  const places = entries.flatMap(([key, { served }]) => Object.entries(served).map(([version, schema]) => ({ key, version, schema: sorted(schema) as CompactSchema })));
  const { roots, definitions } = share(places.map(({ schema }) => schema));
  const schemas = new Map(places.map(({ key, version }, at) => [`${key}/${version}`, roots[at] ?? 'any']));
  const [name = '', version = ''] = software.split(' ');
  return {
    software: name,
    version,
    kinds: Object.fromEntries(
      entries.map(([key, resource]) => [key, { ...resource, served: Object.fromEntries(Object.keys(resource.served).map((served) => [served, schemas.get(`${key}/${served}`) ?? 'any'])) }]),
    ),
    definitions,
  };
}
