import { isMap, isScalar, isSeq, parse, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';
import { SlipwayError } from '../values/errors.ts';
import { lockedEntry, parseLock, type LockEntry } from './lock.ts';

const header = `# The upstream manifests that this fleet may use, each locked by the SHA-256 of its bytes: a tag that moves can't slip in.
# \`slipway pins update\` fills in what has no sha256 yet and is used; \`slipway vendor\` fetches what is used, and refuses any other bytes.
`;

/**
 * The text of a lock in which an entry is pinned; every other byte stays, comments and order included. An upstream that the lock doesn't have is
 * added at its end. Throws where the lock has mistakes, or pins the entry already.
 */
export function withPinned(path: string, text: string | undefined, entry: LockEntry): string {
  const before = text === undefined ? [] : parseLock(path, text);
  const known = lockedEntry(before, entry);
  if (known?.sha256 !== undefined) throw SlipwayError.of(path, `${entry.name} ${entry.version} is pinned already (sha256 ${known.sha256})`, 'to pin other bytes, remove its sha256, source and chart first');
  const edited = text === undefined ? `${header}upstream:\n${itemLines(entry, '  ', '- ', '\n')}` : known === undefined ? added(text, entry) : pinned(text, entry);
  const after = parseLock(path, edited);
  const rest = (entries: readonly LockEntry[]): string => JSON.stringify(entries.filter((each) => each.name !== entry.name || each.version !== entry.version));
  if (rest(after) !== rest(before) || lockedEntry(after, entry)?.sha256 !== entry.sha256) throw SlipwayError.of(path, 'expected a lock as Slipway writes it, one entry after the other with a field a line', 'mend its layout by hand');
  return edited;
}

function pinned(text: string, entry: LockEntry): string {
  const map = itemsOf(text)?.items.find((item): item is YAMLMap => isMap(item) && item.get('name') === entry.name && item.get('version') === entry.version);
  const last = map?.items.at(-1);
  if (map === undefined || last === undefined) throw new TypeError(`expected the entry ${entry.name} ${entry.version} in the lock`);
  const newline = newlineOf(text);
  const end = rangeOf(last.value)[1];
  if (map.flow === true) return `${text.slice(0, end)}, ${pinFields(entry).map(([key, value]) => `${key}: ${flow(value)}`).join(', ')}${text.slice(end)}`;
  const first = rangeOf(map.items[0]?.key)[0];
  const indent = ' '.repeat(first - (text.lastIndexOf('\n', first - 1) + 1));
  return insertLines(text, end, blockLines(pinFields(entry), indent, newline), newline);
}

function added(text: string, entry: LockEntry): string {
  const newline = newlineOf(text);
  const list = itemsOf(text);
  const last = list?.items.at(-1);
  if (list?.flow === true && last !== undefined) {
    const end = rangeOf(last)[1];
    return `${text.slice(0, end)}, { ${fieldsOf(entry).map(([key, value]) => `${key}: ${flow(value)}`).join(', ')} }${text.slice(end)}`;
  }
  if (last === undefined) return startList(text, entry, newline);
  const start = rangeOf(last)[0];
  const dash = text.lastIndexOf('-', start - 1);
  const indent = ' '.repeat(dash - (text.lastIndexOf('\n', dash) + 1));
  return insertLines(text, contentEnd(last), itemLines(entry, indent, `-${text.slice(dash + 1, start)}`, newline), newline);
}

/** A first entry: in the place of an empty list, or at the end of a file that has none. */
function startList(text: string, entry: LockEntry, newline: string): string {
  const root: unknown = parseDocument(text).contents;
  const pair = isMap(root) ? root.items.find((item) => isScalar(item.key) && item.key.value === 'upstream') : undefined;
  const lines = itemLines(entry, '  ', '- ', newline);
  if (pair === undefined) return `${text}${text === '' || text.endsWith('\n') ? '' : newline}upstream:${newline}${lines}`;
  const keyEnd = rangeOf(pair.key)[1];
  const value = pair.value === null ? keyEnd : rangeOf(pair.value)[1];
  const colon = text.indexOf(':', keyEnd) + 1;
  const cut = `${text.slice(0, colon)}${text.slice(Math.max(colon, value))}`;
  return insertLines(cut, colon, lines, newline);
}

type Value = string | readonly (readonly [string, string])[];
type Fields = readonly (readonly [string, Value])[];

function fieldsOf(entry: LockEntry): Fields {
  return [['name', entry.name], ['version', entry.version], ['url', entry.url], ...pinFields(entry)];
}

function pinFields({ sha256, source, chart }: LockEntry): Fields {
  return [
    ...(sha256 === undefined ? [] : [['sha256', sha256] as const]),
    ...(source === undefined ? [] : [['source', source] as const]),
    ...(chart === undefined ? [] : [['chart', [['sha256', chart.sha256], ['helm', chart.helm]]] as const]),
  ];
}

function blockLines(fields: Fields, indent: string, newline: string): string {
  return fields.map(([key, value]) => typeof value === 'string' ? `${indent}${key}: ${scalar(value)}${newline}` : `${indent}${key}:${newline}${blockLines(value, `${indent}  `, newline)}`).join('');
}

function itemLines(entry: LockEntry, indent: string, dash: string, newline: string): string {
  const lines = blockLines(fieldsOf(entry), `${indent}${' '.repeat(dash.length)}`, newline);
  return `${indent}${dash}${lines.slice(indent.length + dash.length)}`;
}

function flow(value: Value): string {
  return typeof value === 'string' ? JSON.stringify(value) : `{ ${value.map(([key, each]) => `${key}: ${JSON.stringify(each)}`).join(', ')} }`;
}

/** Puts lines behind the line in which something ends. */
function insertLines(text: string, end: number, lines: string, newline: string): string {
  const lineEnd = text.indexOf('\n', end);
  if (lineEnd < 0) return `${text}${newline}${lines}`;
  return `${text.slice(0, lineEnd + 1)}${lines}${text.slice(lineEnd + 1)}`;
}

function itemsOf(text: string): YAMLSeq | undefined {
  const root: unknown = parseDocument(text).contents;
  const list: unknown = isMap(root) ? root.get('upstream', true) : undefined;
  return isSeq(list) ? list : undefined;
}

/** The end of what a node really holds: comments behind it are another's. */
function contentEnd(node: unknown): number {
  if (isMap(node) && node.flow !== true) return Math.max(...node.items.map((pair) => contentEnd(pair.value ?? pair.key)));
  return rangeOf(node)[1];
}

function rangeOf(node: unknown): readonly [number, number] {
  const range = typeof node === 'object' && node !== null && 'range' in node ? node.range as readonly number[] | null : null;
  if (range === null) throw new TypeError('expected a parsed node with a range');
  return [range[0] ?? 0, range[1] ?? 0];
}

function newlineOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** A string that stays one for every YAML reader. */
function scalar(value: string): string {
  const plain = /^[A-Za-z0-9][\w ./:@()-]*$/.test(value) && !/: |:$| $| #/.test(value) && [parse(value, { version: '1.1' }), parse(value, { version: '1.2' })].every((read) => read === value);
  return plain ? value : JSON.stringify(value);
}
