import { posix } from 'node:path';
import { compareText, SlipwayError } from '../../values/errors.ts';
import { at, fieldsAt, isFields, listAt, textAt, type Fields } from '../../values/fields.ts';
import type { KubeObject } from '../rendered.ts';
import { inlinePatch } from '../yaml-documents.ts';
import { jsonPatch } from './json-patch.ts';
import { strategicMerge } from './strategic-merge.ts';
import { inNamespace, withImages } from './transformers.ts';

/** The objects of a file of the runtime repo; undefined where there is no such file. */
export type ObjectSource = (path: string) => readonly KubeObject[] | undefined;

/** What a kustomization of Slipway's may hold; anything else is refused rather than ignored. */
const known = ['apiVersion', 'images', 'kind', 'metadata', 'namespace', 'patches', 'resources'];

/**
 * Builds a folder as `kustomize build` does, for the kustomizations that Slipway renders: resources (files, and folders with a kustomization),
 * inline patches, a namespace, images. Objects stand in the order of the resources.
 *
 * @throws SlipwayError when a file is missing, a field isn't one of those, or a patch fits nothing
 */
export function buildFolder(folder: string, source: ObjectSource): KubeObject[] {
  const path = `${folder}/kustomization.yaml`;
  const [list] = source(path) ?? [];
  if (list === undefined) throw SlipwayError.of(path, 'expected a kustomization, found no such file');
  const unknown = Object.keys(list).filter((name) => !known.includes(name)).sort(compareText);
  if (unknown.length > 0) throw SlipwayError.of(path, `expected only ${known.join(', ')}, got ${unknown.join(', ')}`, 'build it with `kustomize build`: this file was not rendered by Slipway');
  let objects = listAt(list, 'resources').flatMap((resource) => resourceObjects(posix.join(folder, String(resource)), path, source));
  for (const [index, patch] of listAt(list, 'patches').entries()) objects = patched(objects, patch, `${path}: patches[${index}]`);
  const namespace = textAt(list, 'namespace');
  if (namespace !== undefined) objects = inNamespace(objects, namespace);
  const images = listAt(list, 'images').filter(isFields);
  return objects.map((object) => withImages(object, images));
}

function resourceObjects(path: string, where: string, source: ObjectSource): readonly KubeObject[] {
  if (source(`${path}/kustomization.yaml`) !== undefined) return buildFolder(path, source);
  const found = source(path);
  if (found === undefined) throw SlipwayError.of(where, `expected the resource ${path}, found no such file or folder`, path.startsWith('upstream/') ? 'run `slipway vendor`' : undefined);
  return found;
}

function patched(objects: readonly KubeObject[], entry: unknown, where: string): KubeObject[] {
  const target = at(entry, 'target');
  const patch = readPatch(at(entry, 'patch'), where);
  const fits = selector(target === undefined && isFields(patch) ? ownTarget(patch) : fieldsAt(entry, 'target'), target === undefined);
  if (target === undefined && !isFields(patch)) throw SlipwayError.of(where, 'expected a target for a JSON 6902 patch, which names no object itself');
  if (target === undefined && !objects.some(fits)) throw SlipwayError.of(where, `expected an object to patch, found no ${textAt(patch, 'kind') ?? ''} ${textAt(patch, 'metadata', 'name') ?? ''}`, 'the upstream manifest may have changed with its version');
  return objects.flatMap((object) => {
    if (!fits(object)) return [object];
    const result = isFields(patch) ? strategicMerge(object, patch) : jsonPatch(object, patch, `${where}: ${object.kind} ${object.metadata?.name ?? ''}`);
    return result === undefined ? [] : [withoutEmptyMaps(result)];
  });
}

/** A patch that takes the last label or annotation takes the map along. */
function withoutEmptyMaps(object: KubeObject): KubeObject {
  const empty = ['annotations', 'labels'].filter((name) => isFields(object.metadata?.[name]) && Object.keys(fieldsAt(object.metadata, name)).length === 0);
  return empty.length === 0 ? object : { ...object, metadata: Object.fromEntries(Object.entries(object.metadata ?? {}).filter(([name]) => !empty.includes(name))) };
}

function readPatch(patch: unknown, where: string): Fields | readonly unknown[] {
  const value = typeof patch === 'string' ? inlinePatch(patch, where) : undefined;
  if (isFields(value) || Array.isArray(value)) return value;
  throw SlipwayError.of(where, 'expected an inline patch: an object, or a list of operations');
}

function ownTarget(patch: Fields): Fields {
  const [group, version] = splitVersion(textAt(patch, 'apiVersion') ?? '');
  const namespace = textAt(patch, 'metadata', 'namespace');
  return { group, version, kind: patch['kind'], name: textAt(patch, 'metadata', 'name'), ...(namespace !== undefined && { namespace }) };
}

function splitVersion(apiVersion: string): [string, string] {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? ['', apiVersion] : [apiVersion.slice(0, slash), apiVersion.slice(slash + 1)];
}

function selector(target: Fields, exact: boolean): (object: KubeObject) => boolean {
  const tests = (['group', 'version', 'kind', 'name', 'namespace'] as const).flatMap((field) => {
    const wanted = target[field];
    if (typeof wanted !== 'string' || (wanted === '' && !exact)) return [];
    const pattern = exact ? undefined : new RegExp(`^(?:${wanted})$`);
    return [{ field, fits: (value: string) => (pattern === undefined ? value === wanted : pattern.test(value)) }];
  });
  const labels = selectorTerms(textAt(target, 'labelSelector'));
  const annotations = selectorTerms(textAt(target, 'annotationSelector'));
  return (object) => {
    const [group, version] = splitVersion(object.apiVersion);
    const values = { group, version, kind: object.kind, name: object.metadata?.name ?? '', namespace: object.metadata?.namespace ?? '' };
    return tests.every(({ field, fits }) => fits(values[field])) && labels.every((term) => term(object.metadata?.labels ?? {})) && annotations.every((term) => term(object.metadata?.annotations ?? {}));
  };
}

/** The terms of an equality-based selector: `a=b`, `a==b`, `a!=b`, `a`, `!a`. */
function selectorTerms(text: string | undefined): ((values: Readonly<Record<string, string>>) => boolean)[] {
  return (text ?? '').split(',').map((term) => term.trim()).filter((term) => term !== '').map((term) => {
    const [, name = '', operator = '', value = ''] = /^([^=!\s]+)\s*(==|=|!=)\s*(.*)$/.exec(term) ?? [];
    if (name !== '') return (values) => (values[name] === value) === (operator !== '!=');
    if (/^!?[\w./-]+$/.test(term)) return (values) => Object.hasOwn(values, term.replace(/^!/, '')) !== term.startsWith('!');
    throw SlipwayError.of('kustomization: labelSelector', `expected terms such as app=web, got ${JSON.stringify(term)}`);
  });
}
