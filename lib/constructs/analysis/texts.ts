/** What the controller finds between double braces: from the leftmost `{{` to the next `}}`. */
interface Tag {
  readonly start: number;
  readonly end: number;
  /** Name of the argument whose value is put there. @default - none: the controller can't resolve it */
  readonly name?: string;
}

function tagsIn(text: string): Tag[] {
  const tags: Tag[] = [];
  for (let start = text.indexOf('{{'); start >= 0; start = text.indexOf('{{', tags.at(-1)?.end)) {
    const close = text.indexOf('}}', start + 2);
    const end = close < 0 ? text.length : close + 2;
    const name = close < 0 ? undefined : /^args\.([^\s{}]+)$/.exec(text.slice(start + 2, close).trim())?.[1];
    tags.push({ start, end, ...(name !== undefined && { name }) });
  }
  return tags;
}

/** Every text inside plain data, with its path. */
export function textsIn(value: unknown, path: readonly PropertyKey[] = []): { readonly path: readonly PropertyKey[]; readonly text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => textsIn(item, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => textsIn(item, [...path, key]));
}

/** Names of the arguments that a text uses: `{{args.service}}`, with or without spaces. */
export function argumentsIn(text: string): string[] {
  return tagsIn(text).flatMap(({ name }) => name ?? []);
}

/** A text with values for its arguments; those without a value stay as they are. */
export function withArguments(text: string, valueOf: (name: string) => string | undefined): string {
  let filled = '';
  let rest = 0;
  for (const { start, end, name } of tagsIn(text)) {
    filled += text.slice(rest, start) + ((name === undefined ? undefined : valueOf(name)) ?? text.slice(start, end));
    rest = end;
  }
  return filled + text.slice(rest);
}

/** What of a text the controller takes for an argument and can't resolve: `{{ x }}`, one that doesn't end, one with a third brace before it. */
export function strangeTags(text: string): string[] {
  return tagsIn(text).flatMap(({ start, end, name }) => (name === undefined ? [text.slice(start, end)] : []));
}
