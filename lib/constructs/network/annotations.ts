/** Annotations with a prefix: values as text, those that aren't said left out, keys in the order given. */
export function annotationsWith(prefix: string, values: Readonly<Record<string, string | number | boolean | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).flatMap(([key, value]) => value === undefined ? [] : [[`${prefix}${key}`, String(value)]]));
}
