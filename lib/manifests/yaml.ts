import { throwProblems } from '../values/errors.ts';
import { yamlKey, yamlNumber, yamlText, type TextForm } from './yaml-scalar.ts';
import { unfitParts } from './yaml-unfit.ts';

/** How YAML text is written. */
export interface YamlOptions {
  /** A comment before the first line, such as what to edit instead; it may have several lines. @default - none */
  readonly header?: string;
}

/** Thrown inside only: the slow walk then tells everything that is unfit, with its path. */
class Unfit extends Error {}

/** A tree deeper than this is a cycle or a mistake. */
const deepest = 200;

/**
 * YAML text of one document. Every parser of YAML 1.1 or 1.2 reads it back as the same value: text is written plain only where it
 * can't be anything else, otherwise as a JSON string or a literal block. Keys keep their order, undefined properties are left out,
 * there are no anchors. Throws with the paths of all parts that YAML can't hold (a function, a bigint, NaN, a Date, an instance of a
 * class, an undefined item of a list, half a surrogate pair, a cycle).
 */
export function toYaml(value: unknown, options: YamlOptions = {}): string {
  return `${comment(options.header)}${document(value)}`;
}

/** YAML text of several documents with `---` between them. Throws as `toYaml` does. */
export function documentsToYaml(values: readonly unknown[], options: YamlOptions = {}): string {
  return `${comment(options.header)}${values.map(document).join('---\n')}`;
}

/** Puts apiVersion, kind and metadata first (in it: name, namespace, labels, annotations) and status last; the rest keeps its order. */
export function orderKeys<T extends object>(object: T): T {
  const ordered = reordered(object, ['apiVersion', 'kind', 'metadata'], ['status']);
  const metadata: unknown = ordered['metadata'];
  if (typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata)) {
    ordered['metadata'] = reordered(metadata, ['name', 'namespace', 'labels', 'annotations'], []);
  }
  return ordered as T;
}

function reordered(object: object, first: readonly string[], last: readonly string[]): Record<string, unknown> {
  const fields = new Map<string, unknown>(Object.entries(object));
  const middle = [...fields.keys()].filter((key) => !first.includes(key) && !last.includes(key));
  return Object.fromEntries([...first, ...middle, ...last].filter((key) => fields.has(key)).map((key) => [key, fields.get(key)]));
}

function document(value: unknown): string {
  try {
    return `${isBranch(value) ? block(value, 0).slice(1) : scalar(value, 'line', 0)}\n`;
  } catch (error) {
    if (error instanceof Unfit) throwProblems(unfitParts(value, deepest));
    throw error;
  }
}

/** Everything after the `:`: the lines of a map or list, each after a line break. */
function block(value: object, depth: number): string {
  if (depth > deepest) throw new Unfit();
  const start = `\n${'  '.repeat(depth)}`;
  let text = '';
  if (Array.isArray(value)) {
    for (const item of value) text += `${start}-${listItem(item, depth)}`;
  } else {
    const fields = value as Readonly<Record<string, unknown>>;
    for (const key of Object.keys(value)) {
      const item = fields[key];
      if (item === undefined) continue;
      const written = yamlKey(key, start);
      if (written === undefined) throw new Unfit();
      text += `${start}${written}${mapItem(item, depth)}`;
    }
  }
  return text;
}

function mapItem(item: unknown, depth: number): string {
  if (!isBranch(item)) return ` ${scalar(item, 'block', depth + 1)}`;
  // A list stands at the column of its key, as Kubernetes' own tools write it.
  return block(item, Array.isArray(item) ? depth : depth + 1);
}

function listItem(item: unknown, depth: number): string {
  if (!isBranch(item)) return ` ${scalar(item, 'block', depth + 1)}`;
  return ` ${block(item, depth + 1).slice(1 + 2 * (depth + 1))}`;
}

/** A map or list with something in it; a map whose properties are all undefined is an empty one. */
function isBranch(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.length > 0;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new Unfit();
  for (const key in value) if ((value as Readonly<Record<string, unknown>>)[key] !== undefined) return true;
  return false;
}

function scalar(value: unknown, form: TextForm, depth: number): string {
  switch (typeof value) {
    case 'string': {
      const text = yamlText(value, form, depth);
      if (text !== undefined) return text;
      break;
    }
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
      if (Number.isFinite(value)) return yamlNumber(value);
      break;
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? '[]' : '{}';
    default:
  }
  throw new Unfit();
}

function comment(header: string | undefined): string {
  if (header === undefined) return '';
  return header.split('\n').map((line) => `# ${line.replace(/[^\x20-\x7e]/gu, '?')}`.trimEnd()).join('\n').concat('\n');
}
