import type { Problem } from '../../values/errors.ts';
import { findSecretLiteral } from '../../values/secret-literal.ts';
import { fieldPath } from '../../model/schema.ts';
import { isPlainObject } from '../check-props.ts';

/** Where a person may have written a secret by mistake. */
const places: readonly { readonly field: string; readonly find: (value: unknown, path: readonly PropertyKey[], where: string) => Problem[] }[] = [
  { field: 'env', find: inValues },
  { field: 'config', find: inValues },
  { field: 'configFiles', find: inFiles },
  { field: 'command', find: inArguments },
  { field: 'args', find: inArguments },
  { field: 'annotations', find: inValues },
  { field: 'podAnnotations', find: inValues },
  { field: 'labels', find: inValues },
  { field: 'podLabels', find: inValues },
  { field: 'initContainers', find: inContainers },
  { field: 'sidecars', find: inContainers },
];

/** A text below this many characters tells nothing by itself. */
const shortest = 8;

/** Literals that look like secrets, in fields that are right otherwise. */
export function secretLiteralProblems(props: object, where: string): Problem[] {
  const values = props as Readonly<Record<string, unknown>>;
  return places.flatMap(({ field, find }) => find(values[field], [field], where));
}

/** Arguments that look like secrets: `--password=…`, `--token …`, or a token by itself. */
export function argumentProblems(command: readonly string[], where: string, path: readonly PropertyKey[]): Problem[] {
  return inArguments(command, path, where);
}

function inValues(values: unknown, path: readonly PropertyKey[], where: string): Problem[] {
  if (!isPlainObject(values)) return [];
  return Object.entries(values).flatMap(([key, value]) => typeof value === 'string' || typeof value === 'number' ? told(key, String(value), [...path, key], where) : []);
}

function inFiles(configFiles: unknown, path: readonly PropertyKey[], where: string): Problem[] {
  return isPlainObject(configFiles) ? inValues(configFiles['files'], [...path, 'files'], where) : [];
}

function inArguments(command: unknown, path: readonly PropertyKey[], where: string): Problem[] {
  if (!Array.isArray(command)) return [];
  const items: readonly unknown[] = command;
  return items.flatMap((item, index) => {
    if (typeof item !== 'string' || /^--?[A-Za-z][a-z-]{0,30}$/.test(item)) return [];
    const assigned = /^-{0,2}([A-Za-z_][\w.-]*)=(.+)$/s.exec(item);
    if (assigned?.[1] !== undefined && assigned[2] !== undefined) return told(assigned[1], assigned[2], [...path, index], where);
    const before = index > 0 ? items[index - 1] : undefined;
    const option = typeof before === 'string' && !item.startsWith('-') ? /^--?([A-Za-z][\w-]*)$/.exec(before)?.[1] : undefined;
    return option === undefined && item.length < shortest ? [] : told(option ?? 'argument', item, [...path, index], where);
  });
}

function inContainers(containers: unknown, path: readonly PropertyKey[], where: string): Problem[] {
  if (!Array.isArray(containers)) return [];
  return containers.flatMap((container: unknown, index) => isPlainObject(container)
    ? [
      ...inValues(container['env'], [...path, index, 'env'], where),
      ...inArguments(container['command'], [...path, index, 'command'], where),
      ...inArguments(container['args'], [...path, index, 'args'], where),
    ]
    : []);
}

function told(key: string, value: string, path: readonly PropertyKey[], where: string): Problem[] {
  const found = findSecretLiteral(key, value);
  if (found === undefined) return [];
  return [{
    where: fieldPath(where, path),
    message: `expected no secret in Git, got a value that looks like one: ${found.reason}`,
    fix: 'keep it outside and refer to it: externalSecret(), sealedSecret(), sopsSecret() or existingSecret()',
  }];
}
