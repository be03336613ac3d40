import { isMap, isSeq, parseDocument, type Document, type YAMLMap, isScalar } from 'yaml';
import type { Problem } from '../values/errors.ts';
import { digestProblem, tagProblem } from '../values/image-reference.ts';
import { didYouMean } from '../values/suggest.ts';
import type { ImagePin } from './context.ts';
import { holdsIn, markersIn, type Markers } from './pin-markers.ts';
import { describeValue } from './schema.ts';

/** One entry of `images:` as it is written. */
export interface PinEntry {
  readonly name: string;
  readonly newName?: string;
  readonly newTag?: string;
  readonly digest?: string;
  /** Flux's setter markers behind its values. @default - none */
  readonly markers?: Markers;
}

/** The pins of one environment: a kustomization with `images:`, written by people, pipelines and image automation alike. */
export interface PinsFile {
  readonly path: string;
  readonly entries: ReadonlyMap<string, PinEntry>;
  /** Whether it is YAML: of a file that isn't, nobody knows which pins it was meant to have. */
  readonly readable: boolean;
  /** Images that no automation may change, with the reason. */
  readonly holds: ReadonlyMap<string, string>;
}

const entryFields = ['digest', 'name', 'newName', 'newTag'];
const fileFields = ['apiVersion', 'images', 'kind'];

/** Reads a pins file; every problem is reported with its line. */
export function readPins(path: string, text: string, digests: 'required' | 'optional'): { readonly file: PinsFile; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const entries = new Map<string, PinEntry>();
  const document = parseDocument(text, { keepSourceTokens: true });
  for (const error of document.errors) problems.push({ where: path, message: `expected YAML, got a mistake in it: ${(error.message.split('\n')[0] ?? '').replace(/:$/, '')}`, fix: 'mend the file by hand' });
  const images = document.errors.length === 0 ? imagesOf(document, path, problems) : [];
  for (const [index, item] of images.entries()) {
    const where = `${path}: images[${index}]`;
    if (!isMap(item)) {
      problems.push({ where, message: `expected an entry with name and digest, got ${describeValue(isScalar(item) ? item.value : item)}` });
      continue;
    }
    const entry = readEntry(item, where, problems);
    if (entry === undefined) continue;
    if (entries.has(entry.name)) problems.push({ where: `${where}.name`, message: `image ${JSON.stringify(entry.name)} is pinned twice`, fix: 'keep one entry' });
    entries.set(entry.name, entry);
    problems.push(...versionProblems(entry, where, digests));
  }
  return { file: { path, entries, readable: document.errors.length === 0, holds: holdsIn(text) }, problems };
}

/** The pin of an image, or the problem of its absence. */
export function pinOf(file: PinsFile, image: string, registry: string): ImagePin | undefined {
  const entry = file.entries.get(image);
  if (entry === undefined) return undefined;
  return {
    name: entry.name,
    repository: entry.newName ?? `${registry}/${entry.name}`,
    ...(entry.newTag !== undefined && { tag: entry.newTag }),
    ...(entry.digest !== undefined && { digest: entry.digest }),
  };
}

function imagesOf(document: Document, path: string, problems: Problem[]): readonly unknown[] {
  const root = document.contents;
  if (root === null) return [];
  if (!isMap(root)) {
    problems.push({ where: path, message: 'expected a kustomization with `images:`' });
    return [];
  }
  unknownFields(root, path, fileFields, problems);
  const kind = root.get('kind');
  if (kind !== undefined && kind !== 'Kustomization') problems.push({ where: `${path}: kind`, message: `expected Kustomization, got ${describeValue(kind)}` });
  const images = root.get('images', true);
  if (images === undefined || (isScalar(images) && images.value === null)) return [];
  if (isSeq(images)) return images.items;
  problems.push({ where: `${path}: images`, message: 'expected a list of entries' });
  return [];
}

function unknownFields(map: YAMLMap, where: string, known: readonly string[], problems: Problem[]): void {
  for (const pair of map.items) {
    const key = isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
    if (!known.includes(key)) problems.push({ where: `${where}${where.includes(': ') ? '.' : ': '}${key}`, message: 'unknown field.', fix: `remove it or spell it as kustomize does.${didYouMean(key, known)}` });
  }
}

function readEntry(map: YAMLMap, where: string, problems: Problem[]): PinEntry | undefined {
  unknownFields(map, where, entryFields, problems);
  const fields: Partial<Record<string, string>> = {};
  for (const field of entryFields) {
    const node = map.get(field, true);
    if (node === undefined) continue;
    // A tag such as 1.10 is a number to YAML; kustomize wants a string, so it has to be written as one.
    if (isScalar(node) && typeof node.value === 'string' && node.value !== '') fields[field] = node.value;
    else problems.push({ where: `${where}.${field}`, message: `expected a string, got ${describeValue(isScalar(node) ? node.value : node)}`, fix: 'write it in quotes' });
  }
  if (fields['name'] === undefined) {
    if (!map.has('name')) problems.push({ where: `${where}.name`, message: 'expected the image\'s name, got nothing' });
    return undefined;
  }
  const markers = markersIn(map);
  return { ...fields, ...(Object.keys(markers).length > 0 && { markers }) } as unknown as PinEntry;
}

function versionProblems(entry: PinEntry, where: string, digests: 'required' | 'optional'): Problem[] {
  const problems: Problem[] = [];
  if (entry.newTag !== undefined) {
    const message = tagProblem(entry.newTag);
    if (message !== undefined) problems.push({ where: `${where}.newTag`, message, fix: 'name a version that never moves' });
  }
  if (entry.digest !== undefined) {
    const message = digestProblem(entry.digest);
    if (message !== undefined) problems.push({ where: `${where}.digest`, message, fix: 'copy the digest that the registry or the build printed' });
  } else if (digests === 'required') {
    problems.push({ where: `${where}.digest`, message: `expected a digest for ${JSON.stringify(entry.name)}, got nothing`, fix: 'add it, or allow tags alone with images: { digests: \'optional\' } in the environment' });
  } else if (entry.newTag === undefined) {
    problems.push({ where, message: `expected newTag or digest for ${JSON.stringify(entry.name)}, got neither`, fix: 'pin a version' });
  }
  return problems;
}
