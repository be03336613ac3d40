/** Whether a value is an object with named fields. */
function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value with the keys of every object sorted, so that equal values have equal text. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]));
}

/** JSON with one line per entry of each top-level field: small, and a diff shows what changed. */
export function jsonLines(data: object): string {
  const fields = Object.entries(data).map(([name, value]: [string, unknown]) => {
    if (!isObject(value) || Object.keys(value).length === 0) return `${JSON.stringify(name)}: ${JSON.stringify(value)}`;
    const entries = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${JSON.stringify(inner)}`);
    return `${JSON.stringify(name)}: {\n${entries.join(',\n')}\n}`;
  });
  return `{\n${fields.join(',\n')}\n}\n`;
}
