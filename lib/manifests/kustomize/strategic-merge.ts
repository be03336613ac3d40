import { SlipwayError } from '../../values/errors.ts';
import { isFields, type Fields } from '../../values/fields.ts';
import type { KubeObject } from '../rendered.ts';
import { isOwnKind, mergeKeysOf } from './merge-keys.ts';

/** Where a merge stands: whose fields, and which. */
interface Place {
  readonly object: KubeObject;
  readonly own: boolean;
  readonly path: readonly string[];
}

const directives = ['$patch', '$retainKeys', '$deleteFromPrimitiveList', '$setElementOrder'];

/**
 * Applies a strategic merge patch as kustomize does: maps are merged, null removes, lists of Kubernetes' own kinds are merged by their key
 * (the patch's items stand first), every other list is replaced; `$patch: delete` and `$patch: replace` are known.
 *
 * @returns undefined when the patch deletes the object
 * @throws SlipwayError on a directive that it doesn't know
 */
export function strategicMerge(object: KubeObject, patch: Fields): KubeObject | undefined {
  if (patch['$patch'] === 'delete') return undefined;
  // Where a patch with a target names another object, the object keeps its own name.
  const { apiVersion, kind } = object;
  const merged = mergeMap(object, patch, { object, own: isOwnKind(object), path: [] });
  const name = object.metadata?.name;
  const { namespace } = object.metadata ?? {};
  const { namespace: _, ...metadata } = { ...(isFields(merged['metadata']) ? merged['metadata'] : {}) };
  return { ...merged, apiVersion, kind, metadata: { ...metadata, ...(name !== undefined && { name }), ...(namespace !== undefined && { namespace }) } };
}

function mergeMap(target: unknown, patch: Fields, place: Place): Fields {
  refuseUnknown(patch, place);
  const base: Fields = patch['$patch'] === 'replace' || !isFields(target) ? {} : target;
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(patch)) {
    if (key === '$patch') continue;
    if (value === null) delete result[key];
    else result[key] = mergeValue(base[key], value, { ...place, path: [...place.path, key] });
  }
  return result;
}

function mergeValue(target: unknown, patch: unknown, place: Place): unknown {
  if (isFields(patch)) return mergeMap(target, patch, place);
  if (!Array.isArray(patch)) return patch;
  const keys = place.own ? mergeKeysOf(place.object, place.path) : undefined;
  const primitive = place.path.join('.') === 'metadata.finalizers';
  if (primitive) return [...new Set([...patch, ...(Array.isArray(target) ? target : [])])];
  return mergeList(Array.isArray(target) ? target : [], patch, keys, place);
}

function mergeList(target: readonly unknown[], patch: readonly unknown[], keys: readonly string[] | undefined, place: Place): unknown[] {
  const items = patch.filter((item) => !(isFields(item) && item['$patch'] === 'replace' && Object.keys(item).length === 1));
  if (keys === undefined || items.length < patch.length) return items.filter((item) => !isDeletion(item)).map((item) => (isFields(item) ? mergeMap(undefined, item, place) : item));
  // A key that no item has tells nothing apart.
  const used = keys.filter((key) => [...target, ...items].some((item) => isFields(item) && item[key] !== undefined));
  const rest = [...target];
  const first: unknown[] = [];
  for (const item of items) {
    const index = rest.findIndex((each) => isSame(each, item, used, place));
    const merged = isFields(item) ? mergeMap(rest[index], item, place) : item;
    if (isDeletion(item)) {
      if (index >= 0) rest.splice(index, 1);
    } else if (index >= 0 && used.length > 1) {
      rest[index] = merged;
    } else {
      first.push(merged);
      if (index >= 0) rest.splice(index, 1);
    }
  }
  return [...first, ...rest];
}

function isDeletion(item: unknown): boolean {
  return isFields(item) && item['$patch'] === 'delete';
}

/** Whether two items of a list are one. Where only one of them says its second key, kustomize silently drops the patch: that is refused. */
function isSame(a: unknown, b: unknown, keys: readonly string[], { object, path }: Place): boolean {
  if (!isFields(a) || !isFields(b) || keys.length === 0) return false;
  const [first = '', ...others] = keys;
  if (a[first] !== b[first]) return false;
  const vague = others.filter((key) => (a[key] === undefined) !== (b[key] === undefined));
  if (vague.length > 0) {
    throw SlipwayError.of(`${object.kind} ${object.metadata?.name ?? ''}: ${path.join('.')}`, `expected a patch that says ${vague.join(', ')} of ${first} ${String(b[first])} as the manifest does (${vague.map((key) => String(a[key])).join(', ')}), got ${vague.map((key) => String(b[key])).join(', ')}`, 'kustomize would drop it silently');
  }
  return others.every((key) => a[key] === b[key]);
}

function refuseUnknown(patch: Fields, { object, path }: Place): void {
  const unknown = Object.keys(patch).filter((key) => directives.includes(key.split('/')[0] ?? '') && !(key === '$patch' && ['delete', 'replace', 'merge'].includes(String(patch[key]))));
  if (unknown.length === 0) return;
  throw SlipwayError.of(`${object.kind} ${object.metadata?.name ?? ''}: ${path.join('.') || 'the patch'}`, `expected "$patch: delete", "$patch: replace" or plain fields, got ${unknown.map((key) => `${key}: ${JSON.stringify(patch[key])}`).join(', ')}`, 'write it as a JSON 6902 patch');
}
