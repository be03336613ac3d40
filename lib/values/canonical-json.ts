import { compareText, SlipwayError } from './errors.ts';

/**
 * JSON with sorted keys and no white space: one text per value. Undefined properties are left out; a function, a symbol, a bigint,
 * NaN, an infinity, an undefined item of a list or an instance of a class is an error naming its path.
 */
export function canonicalJson(value: unknown): string {
  return write(value, '$');
}

function write(value: unknown, path: string): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${Array.from(value, (item, index) => write(item, `${path}[${index}]`)).join(',')}]`;
  if (typeof value === 'object' && isPlain(value)) {
    const fields = Object.entries(value).filter(([, item]) => item !== undefined).sort(([a], [b]) => compareText(a, b));
    return `{${fields.map(([key, item]) => `${JSON.stringify(key)}:${write(item, `${path}.${key}`)}`).join(',')}}`;
  }
  throw SlipwayError.of(path, `expected plain data, got ${typeof value === 'object' ? 'an instance of a class' : String(value)}`, 'turn it into text, a number, a list or a plain object');
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
