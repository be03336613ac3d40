import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { compareText, SlipwayError } from '../values/errors.ts';

/**
 * The text of a kustomization with further entries in its `resources`, in sorted place; all other bytes stay as they are.
 * Entries that it lists already are left out. Fails when the text isn't a kustomization with a block list of resources.
 */
export function withResources(path: string, text: string, entries: readonly string[]): string {
  if (entries.length === 0) return text;
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const root = document.contents;
  if (document.errors.length > 0 || !isMap(root)) throw SlipwayError.of(path, 'expected a kustomization (a YAML map)', 'this file is rendered: report the text that came.');
  const list = root.get('resources', true);
  if (list === undefined) return `${text.endsWith('\n') || text === '' ? text : `${text}\n`}resources:\n${[...entries].sort(compareText).map((entry) => `  - ${plain(entry)}\n`).join('')}`;
  if (!isSeq(list) || list.flow === true || list.items.length === 0) throw SlipwayError.of(path, 'expected `resources` as a block list (one "- …" a line)', 'this file is rendered: report the text that came.');
  const items = list.items.map((item) => {
    const start = isScalar(item) ? item.range?.[0] : undefined;
    if (!isScalar(item) || start === undefined) throw SlipwayError.of(path, 'expected only names in `resources`', 'this file is rendered: report the text that came.');
    return { name: String(item.value), line: lines.linePos(start).line };
  });
  const rows = text.split('\n');
  const indent = /^\s*/.exec(rows[(items[0]?.line ?? 1) - 1] ?? '')?.[0] ?? '';
  const known = new Set(items.map(({ name }) => name));
  const added = [...new Set(entries)].filter((entry) => !known.has(entry)).sort(compareText);
  // From the last to the first, so that the line numbers of what lies before stay right.
  for (const entry of added.reverse()) {
    const next = items.find(({ name }) => compareText(name, entry) > 0);
    const line = next === undefined ? (items.at(-1)?.line ?? 0) : next.line - 1;
    rows.splice(line, 0, `${indent}- ${plain(entry)}`);
  }
  return rows.join('\n');
}

function plain(entry: string): string {
  return /^[a-z][a-z0-9._/-]*\.yaml$/.test(entry) ? entry : JSON.stringify(entry);
}
