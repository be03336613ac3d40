import { isMap, isScalar, isSeq, parse, parseDocument, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { digestProblem, tagProblem } from '../values/image-reference.ts';
import { SlipwayError } from '../values/errors.ts';

/** The version an image is pinned to. Tag and digest change together: the one that isn't given is removed. */
export interface PinVersion {
  /** Tag, not `latest`. @default - none: the digest alone */
  readonly tag?: string;
  /** `sha256:` and 64 hexadecimal digits. @default - none: the tag alone */
  readonly digest?: string;
  /** Where the image comes from from now on. @default - as it was */
  readonly newName?: string;
}

/**
 * The text of a pins file with one image at another version: every other byte stays, comments and order included.
 * Throws where the file isn't one of pins, or the version isn't one.
 */
export function setPin(path: string, text: string, image: string, version: PinVersion): string {
  refuseBadVersion(path, image, version);
  const document = parseDocument(text, { keepSourceTokens: true });
  const images = isMap(document.contents) ? document.contents.get('images', true) : undefined;
  if (document.errors.length > 0 || (document.contents !== null && !isMap(document.contents)) || (images !== undefined && !isSeq(images) && !(isScalar(images) && images.value === null))) {
    throw SlipwayError.of(path, 'expected a kustomization with a list of `images:`, got something else', 'mend the file by hand first');
  }
  const entry = isSeq(images) ? images.items.find((item) => isMap(item) && item.get('name') === image) : undefined;
  const wanted = { newName: version.newName, newTag: version.tag, digest: version.digest };
  if (isMap(entry)) return editEntry(text, entry, wanted, version.newName === undefined);
  return addEntry(text, isMap(document.contents) ? document.contents : undefined, isSeq(images) ? images : undefined, { name: image, ...wanted });
}

type Fields = Readonly<Record<string, string | undefined>>;

interface Splice {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

function editEntry(text: string, entry: YAMLMap, wanted: Fields, keepName: boolean): string {
  const splices: Splice[] = [];
  const missing: string[] = [];
  for (const [field, value] of Object.entries(wanted)) {
    const pair = entry.items.find((item) => isScalar(item.key) && item.key.value === field);
    if (value !== undefined && pair !== undefined) splices.push(replaceValue(pair, value));
    else if (value !== undefined) missing.push(`${field}: ${scalar(value)}`);
    else if (pair !== undefined && !(field === 'newName' && keepName)) splices.push(removePair(text, entry, pair));
  }
  if (missing.length > 0) splices.push(insertAfter(text, entry, missing));
  return apply(text, splices);
}

function replaceValue(pair: Pair, value: string): Splice {
  const [from, to] = rangeOf(pair.value);
  return { from, to, text: scalar(value) };
}

function removePair(text: string, entry: YAMLMap, pair: Pair): Splice {
  const [start] = rangeOf(pair.key);
  const [, end] = rangeOf(pair.value);
  if (entry.flow === true) {
    const before = /,\s*$/.exec(text.slice(0, start));
    const after = /^\s*,\s*/.exec(text.slice(end));
    return before === null ? { from: start, to: end + (after?.[0].length ?? 0), text: '' } : { from: start - before[0].length, to: end, text: '' };
  }
  const first = entry.items[0] === pair;
  if (first) {
    const next = entry.items[1];
    return { from: start, to: next === undefined ? end : rangeOf(next.key)[0], text: '' };
  }
  const lineStart = text.lastIndexOf('\n', start) + 1;
  const lineEnd = text.indexOf('\n', end);
  return { from: lineStart, to: lineEnd < 0 ? text.length : lineEnd + 1, text: '' };
}

/** After the entry's name, at the same indentation. */
function insertAfter(text: string, entry: YAMLMap, lines: readonly string[]): Splice {
  const name = entry.items.find((item) => isScalar(item.key) && item.key.value === 'name') ?? entry.items[0];
  const [keyStart] = rangeOf(name?.key);
  const [, end] = rangeOf(name?.value);
  if (entry.flow === true) return { from: end, to: end, text: lines.map((line) => `, ${line}`).join('') };
  const indent = ' '.repeat(keyStart - (text.lastIndexOf('\n', keyStart) + 1));
  const lineEnd = text.indexOf('\n', end);
  const at = lineEnd < 0 ? text.length : lineEnd + 1;
  const block = lines.map((line) => `${indent}${line}\n`).join('');
  return { from: at, to: at, text: lineEnd < 0 ? `\n${block.trimEnd()}` : block };
}

function addEntry(text: string, root: YAMLMap | undefined, images: YAMLSeq | undefined, fields: Fields): string {
  const given = Object.entries(fields).flatMap(([field, value]) => (value === undefined ? [] : [`${field}: ${scalar(value)}`]));
  const last = images?.items.at(-1);
  if (images?.flow === true && last !== undefined) {
    const [, end] = rangeOf(last);
    return apply(text, [{ from: end, to: end, text: `, { ${given.join(', ')} }` }]);
  }
  if (last === undefined) return addList(text, root, given);
  const [start] = rangeOf(last);
  const dash = text.lastIndexOf('-', start - 1);
  const indent = ' '.repeat(dash - (text.lastIndexOf('\n', dash) + 1));
  const inner = ' '.repeat(start - (text.lastIndexOf('\n', dash) + 1));
  const end = endOfLine(text, contentEnd(last));
  const newline = text.slice(0, end).endsWith('\n') ? '' : '\n';
  return apply(text, [{ from: end, to: end, text: `${newline}${indent}-${' '.repeat(inner.length - indent.length - 1)}${given.join(`\n${inner}`)}\n` }]);
}

/** Puts a first entry in the place of an empty list, or a list at the end of a file that has none. */
function addList(text: string, root: YAMLMap | undefined, given: readonly string[]): string {
  const block = `images:\n  - ${given.join('\n    ')}\n`;
  const pair = root?.items.find((item) => isScalar(item.key) && item.key.value === 'images');
  if (pair === undefined) return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${block}`;
  const [from] = rangeOf(pair.key);
  const end = text.indexOf('\n', from);
  const line = text.slice(from, end < 0 ? text.length : end);
  const comment = /\s#.*$/.exec(line)?.[0].trimStart();
  return apply(text, [{ from, to: end < 0 ? text.length : end + 1, text: comment === undefined ? block : block.replace('images:', `images: ${comment}`) }]);
}

/** The end of what an entry really holds: comments behind it are another's. */
function contentEnd(node: unknown): number {
  if (isMap(node) && node.flow !== true) return Math.max(...node.items.map((pair) => rangeOf(pair.value ?? pair.key)[1]));
  return rangeOf(node)[1];
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end + 1;
}

function rangeOf(node: unknown): [number, number] {
  const range = typeof node === 'object' && node !== null && 'range' in node ? node.range as readonly number[] | null : null;
  if (range === null) throw new TypeError('expected a parsed node with a range');
  return [range[0] ?? 0, range[1] ?? 0];
}

function apply(text: string, splices: readonly Splice[]): string {
  return [...splices].sort((a, b) => b.from - a.from || b.to - a.to).reduce((result, splice) => result.slice(0, splice.from) + splice.text + result.slice(splice.to), text);
}

/** A string that stays one for every YAML reader. */
function scalar(value: string): string {
  const plain = /^[A-Za-z0-9][\w./:@-]*$/.test(value) && !value.endsWith(':') && parse(value, { version: '1.1' }) === value && parse(value, { version: '1.2' }) === value && !/^\d[\d:._]*$/.test(value.replace(/^(\d+\.){2}\d+$/, 'v'));
  return plain ? value : JSON.stringify(value);
}

function refuseBadVersion(path: string, image: string, version: PinVersion): void {
  const where = `${path}: ${image}`;
  const message = version.tag === undefined && version.digest === undefined ? 'expected a tag, a digest or both, got neither'
    : version.tag !== undefined && tagProblem(version.tag) !== undefined ? tagProblem(version.tag)
      : version.digest !== undefined ? digestProblem(version.digest) : undefined;
  if (message !== undefined) throw SlipwayError.of(where, message, 'pass <tag>@sha256:<digest>');
}
