import { compareText } from '../values/errors.ts';
import { at, type Fields } from '../values/fields.ts';
import { objectsIn } from './objects-in.ts';

const candidate = /\bkind["']?\s*:\s*["']?(PersistentVolumeClaim|Namespace|CustomResourceDefinition|StatefulSet)\b/;

/**
 * The objects of a file whose removal loses data, such as `Namespace/shop-prod` or `PersistentVolumeClaim/shop-prod/uploads`, sorted:
 * namespaces, persistent volume claims, custom resource definitions, and stateful sets that delete their claims with themselves.
 */
export function guardedObjects(text: string): string[] {
  if (!candidate.test(text)) return [];
  const found = new Set<string>();
  for (const object of objectsIn(text)) {
    const name = guardedName(object);
    if (name !== undefined) found.add(name);
  }
  return [...found].sort(compareText);
}

function guardedName(object: Fields): string | undefined {
  const { name, namespace } = { name: at(object, 'metadata', 'name'), namespace: at(object, 'metadata', 'namespace') };
  if (typeof name !== 'string') return undefined;
  switch (object['kind']) {
    case 'Namespace':
    case 'CustomResourceDefinition':
      return `${object['kind']}/${name}`;
    case 'PersistentVolumeClaim':
      return `PersistentVolumeClaim/${typeof namespace === 'string' ? `${namespace}/` : ''}${name}`;
    case 'StatefulSet':
      return deletesItsClaims(object) ? `StatefulSet/${typeof namespace === 'string' ? `${namespace}/` : ''}${name}` : undefined;
    default:
      return undefined;
  }
}

/** Claims of a stateful set outlive it, unless its retention policy says Delete. */
function deletesItsClaims(object: Fields): boolean {
  return Array.isArray(at(object, 'spec', 'volumeClaimTemplates')) && at(object, 'spec', 'persistentVolumeClaimRetentionPolicy', 'whenDeleted') === 'Delete';
}

/** Whether a list of allowed removals names the object: by its full name, or without the namespace. */
export function isAllowed(object: string, allowed: readonly string[]): boolean {
  const parts = object.split('/');
  return allowed.includes(object) || (parts.length === 3 && allowed.includes(`${parts[0]}/${parts[2]}`));
}
