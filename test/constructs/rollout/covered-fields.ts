import { carriedBundle } from '../../../lib/validate/schemas/library.ts';
import type { CompactNode, CompactSchema } from '../../../lib/validate/schemas/compact.ts';
import { compareText } from '../../../lib/values/errors.ts';

const bundle = carriedBundle('argo-rollouts-1.10.1.json');

/** What a schema says of the field's inside; undefined where it says nothing. */
function nodeOf(schema: CompactSchema): CompactNode | undefined {
  if (typeof schema !== 'string') return schema;
  const shared = schema.startsWith('#') ? bundle.definitions[schema.slice(1)] : undefined;
  return shared === undefined ? undefined : nodeOf(shared);
}

/** Every field that a kind of Argo Rollouts may have below `spec`, down to the last: `spec.strategy.canary.steps[].setWeight`. */
export function schemaFields(kind: string, skipped: readonly string[] = []): string[] {
  const root = bundle.kinds[`argoproj.io/${kind}`]?.served['v1alpha1'];
  const spec = root === undefined ? undefined : nodeOf(root)?.properties?.['spec'];
  if (spec === undefined) throw new Error(`expected a schema of ${kind}`);
  const found: string[] = [];
  const walk = (schema: CompactSchema, path: string): void => {
    if (skipped.includes(path)) return;
    const node = nodeOf(schema);
    const properties = Object.entries(node?.properties ?? {});
    if (node?.items !== undefined) walk(node.items, `${path}[]`);
    else if (properties.length > 0) properties.forEach(([name, inner]) => walk(inner, `${path}.${name}`));
    else if (node?.additional !== undefined && nodeOf(node.additional)?.properties !== undefined) walk(node.additional, `${path}.*`);
    else found.push(path);
  };
  walk(spec, 'spec');
  return found.sort(compareText);
}

/** The fields of these that an object has, lists and maps looked into as the schema does. */
export function writtenFields(value: unknown, fields: readonly string[]): Set<string> {
  const written = new Set<string>();
  for (const field of fields) {
    if (isThere(value, field.split(/\.|(?=\[\])/))) written.add(field);
  }
  return written;
}

function isThere(value: unknown, path: readonly string[]): boolean {
  const [step, ...rest] = path;
  if (step === undefined) return value !== undefined;
  if (step === '[]') return Array.isArray(value) && value.some((item: unknown) => isThere(item, rest));
  if (typeof value !== 'object' || value === null) return false;
  if (step === '*') return Object.values(value).some((item) => isThere(item, rest));
  return Object.hasOwn(value, step) && isThere((value as Readonly<Record<string, unknown>>)[step], rest);
}

/** Fields together: of a part in which none is written only its top. */
export function untouched(fields: readonly string[], written: ReadonlySet<string>): string[] {
  const tops = fields.filter((field) => !written.has(field)).map((field) => {
    const steps = field.split(/(?=\.|\[\])/);
    for (let length = 1; length < steps.length; length++) {
      const part = steps.slice(0, length).join('');
      if (![...written].some((each) => each === part || each.startsWith(`${part}.`) || each.startsWith(`${part}[`))) return part;
    }
    return field;
  });
  return [...new Set(tops)].sort(compareText);
}
