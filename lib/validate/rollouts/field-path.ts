import { dig, isRecord } from '../schemas/plain.ts';

const metadataFields: ReadonlySet<string> = new Set(['metadata.annotations', 'metadata.labels', 'metadata.name', 'metadata.namespace', 'metadata.uid']);
const qualifiedName = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/;

/**
 * Why an argument can't be taken from a field of a Rollout (`valueFrom.fieldRef.fieldPath`), if so. Of metadata the API server's downward fields are known; any other path
 * is walked, names and indexes parted by points and brackets, and ends in something simple. What the status holds is known to the cluster alone.
 */
export function fieldPathProblem(path: string, rollout: unknown): string | undefined {
  if (path.startsWith('metadata')) return metadataProblem(path);
  const sections = path.split(/[.[\]]+/).filter((section) => section !== '');
  if (sections[0] !== 'spec' || (sections[1] === 'template' && isRecord(dig(rollout, 'spec', 'workloadRef')))) return undefined;
  let at: unknown = rollout;
  for (const section of sections) {
    if (Array.isArray(at)) at = /^\d+$/.test(section) ? at[Number(section)] : undefined;
    else at = isRecord(at) && Object.hasOwn(at, section) ? at[section] : undefined;
    if (at === undefined || at === null) return `expected a field that the Rollout has, got ${JSON.stringify(path)}: it has no ${JSON.stringify(section)} there`;
  }
  return typeof at === 'object' ? `expected the path of a text, a number or a boolean, got ${JSON.stringify(path)}, which holds more` : undefined;
}

function metadataProblem(path: string): string | undefined {
  const subscripted = /^(.+?)\['(.*)'\]$/.exec(path);
  const [, field = path, key] = subscripted ?? [];
  if (key === undefined && metadataFields.has(path)) return undefined;
  const lower = field === 'metadata.annotations' ? key?.toLowerCase() : key;
  if (lower !== undefined && (field === 'metadata.annotations' || field === 'metadata.labels') && qualifiedName.test(lower)) return undefined;
  return `expected ${[...metadataFields].sort().join(', ')}, or metadata.annotations['key'] or metadata.labels['key'], got ${JSON.stringify(path)}`;
}
