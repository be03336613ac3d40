import { findSecretLiteral } from '../values/secret-literal.ts';

/** Something that the values of a chart must not hold. */
export interface ValueFault {
  /** The fields and indexes that lead to it. */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What in a chart's values YAML can't hold, and what looks like a secret: values come to Git, in what the chart renders and in the name of its folder. */
export function valueFaults(value: unknown, path: readonly (string | number)[] = []): ValueFault[] {
  if (value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return [];
  if (typeof value === 'string') return secretFaults(value, path);
  if (Array.isArray(value)) return Array.from(value, (item: unknown, index) => valueFaults(item, [...path, index])).flat();
  if (typeof value === 'object') {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype === Object.prototype || prototype === null) return Object.entries(value).flatMap(([key, item]) => valueFaults(item, [...path, key]));
  }
  return [{ path, message: 'expected plain data (text, numbers, booleans, lists, objects), got something that YAML can\'t hold' }];
}

function secretFaults(text: string, path: readonly (string | number)[]): ValueFault[] {
  const key = path.findLast((part) => typeof part === 'string') ?? '';
  // `passwordKey: admin-password` names the key of a Secret.
  const namesKey = /Key$/.test(key) && /^[a-z][a-z0-9]*([-_.][a-z0-9]+)*$/.test(text);
  const secret = findSecretLiteral(namesKey ? 'key' : key, text);
  return secret === undefined ? [] : [{ path, message: `expected no secret, which would come to Git, but ${secret.reason}; name a Secret that exists on the cluster instead, as the chart's values allow` }];
}
