import type { KubeObject } from '../../manifests/rendered.ts';
import type { Problem } from '../../values/errors.ts';
import { at, fieldsAt, isFields, listAt, textAt, type Fields } from '../../values/fields.ts';

/** Values of an analysis' arguments by name; undefined for what only the cluster knows: a pod's hash, a Secret. */
export type Arguments = ReadonlyMap<string, string | undefined>;

/** Values of the arguments that the templates declare: the Rollout's before the template's. What has none is added to the problems. */
export function argumentsOf(rollout: KubeObject, templates: readonly KubeObject[], given: readonly unknown[], field: string, problems: Problem[]): Arguments {
  const declared = declaredArguments(templates, field, problems);
  const said = new Map(given.map((arg) => [textAt(arg, 'name') ?? '', fieldsAt(arg)] as const));
  return new Map([...declared].flatMap(([name, arg]): [string, string | undefined][] => {
    // A Secret of the template stays one, whatever the Rollout says.
    if (at(arg, 'valueFrom', 'secretKeyRef') !== undefined) return [[name, undefined]];
    const own = said.get(name);
    if (own !== undefined) return [[name, givenValue(own, rollout)]];
    if (typeof arg['value'] === 'string') return [[name, arg['value']]];
    if (arg['valueFrom'] !== undefined) return [[name, undefined]];
    problems.push({ where: `${field}.args`, message: `expected a value for the argument ${JSON.stringify(name)}, got none` });
    return [];
  }));
}

/** An argument that a Rollout gives; a field of the Rollout is read, a text of an experiment is filled in by the cluster. */
function givenValue(arg: Fields, rollout: KubeObject): string | undefined {
  const from = arg['valueFrom'];
  if (from === undefined || from === null) {
    const value = typeof arg['value'] === 'string' ? arg['value'] : '';
    return value.includes('{{') ? undefined : value;
  }
  const path = textAt(from, 'fieldRef', 'fieldPath');
  return path === undefined ? undefined : fieldAt(rollout, path);
}

/** A field of the rendered Rollout; undefined where only the cluster has it, such as its uid. */
function fieldAt(rollout: KubeObject, path: string): string | undefined {
  const sections = path.replace(/\['([^']*)'\]/g, (_, key: string) => `.${key.replaceAll('.', '\u0000')}`).split(/[.[\]]+/).filter((section) => section !== '').map((section) => section.replaceAll('\u0000', '.'));
  let value: unknown = rollout;
  for (const section of sections) value = Array.isArray(value) ? value[Number(section)] : isFields(value) && Object.hasOwn(value, section) ? value[section] : undefined;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** The arguments of several templates together: the same name twice must mean the same. */
function declaredArguments(templates: readonly KubeObject[], field: string, problems: Problem[]): Map<string, Fields> {
  const declared = new Map<string, Fields>();
  for (const arg of templates.flatMap((template) => listAt(template['spec'], 'args')).map((each) => fieldsAt(each))) {
    const name = textAt(arg, 'name') ?? '';
    const before = declared.get(name);
    if (before === undefined || before['value'] === undefined) declared.set(name, arg);
    else if (arg['value'] !== undefined && arg['value'] !== before['value']) {
      problems.push({ where: `${field}.templates`, message: `expected one value of the argument ${JSON.stringify(name)}, got ${JSON.stringify(before['value'])} and ${JSON.stringify(arg['value'])}: the controller refuses it`, fix: 'give it from the Rollout' });
    }
  }
  return declared;
}

/** The arguments that a value uses, such as `{{args.service}}`, each once. */
export function usedArguments(value: unknown): string[] {
  const names = new Set<string>();
  const visit = (part: unknown): void => {
    if (typeof part === 'string') for (const [, name] of part.matchAll(use)) if (name !== undefined) names.add(name);
    if (Array.isArray(part)) part.forEach(visit);
    else if (isFields(part)) Object.values(part).forEach(visit);
  };
  visit(value);
  return [...names];
}

/** A value with its arguments put in; those that only the cluster knows stay as they are. */
export function filled(value: unknown, args: Arguments): unknown {
  if (typeof value === 'string') return value.replace(use, (whole, name: string) => args.get(name) ?? whole);
  if (Array.isArray(value)) return value.map((item) => filled(item, args));
  return isFields(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filled(item, args)])) : value;
}

const use = /\{\{\s*args\.([^{}\s]+)\s*\}\}/g;
