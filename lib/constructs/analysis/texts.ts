/** A place in a text where an argument's value is put: `{{args.service}}`, with or without spaces. */
export const argumentTag = /\{\{\s*args\.([^{}\s]+)\s*\}\}/g;

/** Every text inside plain data, with its path. */
export function textsIn(value: unknown, path: readonly PropertyKey[] = []): { readonly path: readonly PropertyKey[]; readonly text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => textsIn(item, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => textsIn(item, [...path, key]));
}

/** Names of the arguments that a text uses. */
export function argumentsIn(text: string): string[] {
  return [...text.matchAll(argumentTag)].map(([, name = '']) => name);
}

/** Whether nothing but arguments stands in a text, so that whoever gives them gives all of it. */
export function isArgument(text: string): boolean {
  return text.replace(argumentTag, '').trim() === '' && argumentsIn(text).length > 0;
}

/** What of a text the controller takes for an argument and can't resolve: `{{ x }}`, or one that doesn't end. */
export function strangeTags(text: string): string[] {
  const rest = text.replace(argumentTag, '');
  return [...rest.matchAll(/\{\{.*?(?:\}\}|$)/gs)].map(([tag]) => tag);
}
