import { parseAllDocuments } from 'yaml';
import { compareText } from '../values/errors.ts';

const candidate = /\bkind["']?\s*:\s*["']?(PersistentVolumeClaim|Namespace|CustomResourceDefinition|StatefulSet)\b/;

/**
 * The objects of a file whose removal loses data, such as `Namespace/shop-prod` or `PersistentVolumeClaim/shop-prod/uploads`, sorted:
 * namespaces, persistent volume claims, custom resource definitions, and stateful sets that delete their claims with themselves.
 */
export function guardedObjects(text: string): string[] {
  if (!candidate.test(text)) return [];
  const found = new Set<string>();
  for (const document of parseAllDocuments(text)) {
    const value: unknown = 'toJS' in document ? document.toJS() : undefined;
    for (const object of objectsIn(value)) {
      const name = guardedName(object);
      if (name !== undefined) found.add(name);
    }
  }
  return [...found].sort(compareText);
}

type Fields = Readonly<Record<string, unknown>>;

function fields(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Fields : undefined;
}

function objectsIn(value: unknown): Fields[] {
  const object = fields(value);
  if (object === undefined) return [];
  const items = object['items'];
  return Array.isArray(items) && typeof object['kind'] === 'string' && object['kind'].endsWith('List') ? items.flatMap(objectsIn) : [object];
}

function guardedName(object: Fields): string | undefined {
  const metadata = fields(object['metadata']);
  const { name, namespace } = { name: metadata?.['name'], namespace: metadata?.['namespace'] };
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
  const spec = fields(object['spec']);
  return Array.isArray(spec?.['volumeClaimTemplates']) && fields(spec['persistentVolumeClaimRetentionPolicy'])?.['whenDeleted'] === 'Delete';
}

/** Whether a list of allowed removals names the object: by its full name, or without the namespace. */
export function isAllowed(object: string, allowed: readonly string[]): boolean {
  const parts = object.split('/');
  return allowed.includes(object) || (parts.length === 3 && allowed.includes(`${parts[0]}/${parts[2]}`));
}
