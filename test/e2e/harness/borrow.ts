import type { Plane } from '../../../lib/control-plane/plane.ts';
import { customDefinitions } from '../../../lib/control-plane/crds.ts';
import type { LiveObject } from './objects.ts';

/** An object by what identifies it. */
interface Named {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** What is made on a cluster that was there before. */
export interface Borrowed {
  /** Removes what was made, and nothing else. */
  giveBack(): Promise<void>;
}

/**
 * Sees that nothing of what a file of tests is about to make on a cluster is there, so that nothing of it is anybody else's, and
 * removes it afterwards. Definitions of custom resources may be there: those that were stay.
 *
 * @param objects what it makes; of objects in a namespace only the namespace counts
 * @throws naming everything that is there already
 */
export async function borrow(plane: Plane, objects: readonly Named[]): Promise<Borrowed> {
  const namespaces = [...new Set(objects.flatMap(({ kind, metadata }) => (kind === 'Namespace' ? [metadata.name] : (metadata.namespace ?? []))))];
  const made: Named[] = [
    ...objects.filter(({ kind, metadata }) => metadata.namespace === undefined && kind !== 'Namespace'),
    ...namespaces.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
  ];
  const before = await existing(plane, made);
  if (before.length > 0) {
    throw new Error(`expected a cluster that has none of what these tests make and remove, found ${before.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort().join(', ')}; name the context of another cluster`);
  }
  const definitions = await customDefinitions(objects);
  const own = new Set((await existing(plane, definitions)).map(({ metadata }) => metadata.name));
  return {
    async giveBack() {
      const all = [...made, ...definitions.filter(({ metadata }) => !own.has(metadata.name))].map(({ apiVersion, kind, metadata: { name } }) => ({ apiVersion, kind, metadata: { name } }));
      await remove(plane, all.filter(({ kind }) => kind === 'Namespace'));
      await remove(plane, all.filter(({ kind }) => kind !== 'Namespace' && kind !== 'CustomResourceDefinition'));
      await remove(plane, all.filter(({ kind }) => kind === 'CustomResourceDefinition'));
    },
  };
}

async function existing(plane: Plane, objects: readonly Named[]): Promise<Named[]> {
  if (objects.length === 0) return [];
  const { stdout } = await plane.kubectl(['get', '--ignore-not-found', '-o', 'json', '-f', '-'], { input: listOf(objects) });
  if (stdout === '') return [];
  const answer = JSON.parse(stdout) as LiveObject & { readonly items?: readonly LiveObject[] };
  return [...(answer.items ?? [answer])];
}

async function remove(plane: Plane, objects: readonly Named[]): Promise<void> {
  if (objects.length > 0) await plane.kubectl(['delete', '--ignore-not-found', '--wait=true', '--timeout=120s', '-f', '-'], { input: listOf(objects) });
}

function listOf(items: readonly Named[]): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items: items.map(({ apiVersion, kind, metadata: { name } }) => ({ apiVersion, kind, metadata: { name } })) });
}
