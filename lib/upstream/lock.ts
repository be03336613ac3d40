import { isMap, isScalar, isSeq, LineCounter, parseDocument, type YAMLMap } from 'yaml';
import type { UpstreamReference } from '../model/upstream.ts';
import { throwProblems, type Problem } from '../values/errors.ts';
import { shown } from '../values/shown.ts';
import { didYouMean } from '../values/suggest.ts';
import { lockFieldProblem } from './lock-fields.ts';

/** Where a workspace locks the upstream manifests that it uses. */
export const lockPath = 'environments/upstream.lock.yaml';

/** One upstream manifest of the lock. */
export interface LockEntry {
  readonly name: string;
  readonly version: string;
  /** Where upstream publishes it: a manifest, or a Helm chart (`.tgz`). */
  readonly url: string;
  /** SHA-256 of the manifest's bytes (of a chart: of what it renders to), 64 lower-case hexadecimal digits. @default - unpinned: nobody has had the bytes yet */
  readonly sha256?: string;
  /** Where the bytes were had whose hash this is. @default - at the URL */
  readonly source?: string;
  /** The chart that was rendered, and by which Helm. @default - it is no chart, or unpinned */
  readonly chart?: LockedChart;
}

/** A Helm chart as it was rendered. */
export interface LockedChart {
  /** SHA-256 of the chart's archive. */
  readonly sha256: string;
  /** Version of the Helm that rendered it, such as `3.21.0`. */
  readonly helm: string;
}

const entryFields = ['chart', 'name', 'sha256', 'source', 'url', 'version'] as const;
const chartFields = ['helm', 'sha256'] as const;

/** Reads a lock's text. Throws with every mistake, each with its line: unknown and missing fields, bad values, an upstream listed twice. */
export function parseLock(path: string, text: string): LockEntry[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const problems: Problem[] = [];
  for (const error of document.errors) {
    problems.push({ where: `${path}:${error.linePos?.[0].line ?? 1}`, message: `expected YAML, got a mistake in it: ${(error.message.split('\n')[0] ?? '').replace(/ at line.*$/, '')}`, fix: 'mend the file by hand' });
  }
  throwProblems(problems);
  const reader = new Reader(path, problems, (offset) => lines.linePos(offset).line);
  const entries = reader.entriesOf(document.contents);
  throwProblems(problems);
  return entries;
}

/** The entry of a reference, if the lock has one. */
export function lockedEntry(entries: readonly LockEntry[], { name, version }: Pick<UpstreamReference, 'name' | 'version'>): LockEntry | undefined {
  return entries.find((entry) => entry.name === name && entry.version === version);
}

class Reader {
  readonly #path: string;
  readonly #problems: Problem[];
  readonly #lineOf: (offset: number) => number;

  constructor(path: string, problems: Problem[], lineOf: (offset: number) => number) {
    this.#path = path;
    this.#problems = problems;
    this.#lineOf = lineOf;
  }

  entriesOf(root: unknown): LockEntry[] {
    if (root === null || (isScalar(root) && root.value === null)) return [];
    if (!isMap(root)) return this.#refuse(root, '', `expected the list \`upstream:\`, got ${named(root)}`, 'begin the file with the line `upstream:`') ?? [];
    this.#refuseUnknown(root, '', ['upstream']);
    const list = root.get('upstream', true);
    if (list === undefined || (isScalar(list) && list.value === null)) return [];
    if (!isSeq(list)) return this.#refuse(list, 'upstream', `expected a list of entries, got ${named(list)}`) ?? [];
    const seen = new Map<string, number>();
    return list.items.flatMap((item, index) => {
      const at = `upstream[${index}]`;
      if (!isMap(item)) return this.#refuse(item, at, `expected an entry with name, version and url, got ${named(item)}`) ?? [];
      const entry = this.#entry(item, at);
      const key = `${String(entry.name)} ${String(entry.version)}`;
      const earlier = seen.get(key);
      if (entry.name !== undefined && entry.version !== undefined) {
        if (earlier !== undefined) this.#refuse(item, at, `${key} is listed twice, first in line ${earlier}`, 'keep the entry whose sha256 is right');
        else seen.set(key, this.#line(item));
      }
      return entry.name === undefined || entry.version === undefined || entry.url === undefined ? [] : [entry as LockEntry];
    });
  }

  #entry(map: YAMLMap, at: string): Partial<LockEntry> {
    this.#refuseUnknown(map, at, entryFields);
    const name = this.#text(map, at, 'name', true);
    const version = this.#text(map, at, 'version', true);
    const url = this.#text(map, at, 'url', true);
    const sha256 = this.#text(map, at, 'sha256', false);
    const source = this.#text(map, at, 'source', false);
    const chart = this.#chart(map, `${at}.chart`);
    if (sha256 === undefined && !map.has('sha256')) {
      for (const field of ['chart', 'source']) {
        if (map.has(field)) this.#refuse(map.get(field, true), `${at}.${field}`, `says what the bytes of sha256 were, but there is no sha256`, 'remove it: `slipway pins update` writes both');
      }
    }
    return {
      ...(name !== undefined && { name }), ...(version !== undefined && { version }), ...(url !== undefined && { url }),
      ...(sha256 !== undefined && { sha256 }), ...(source !== undefined && { source }), ...(chart !== undefined && { chart }),
    };
  }

  #chart(map: YAMLMap, at: string): LockedChart | undefined {
    const chart = map.get('chart', true);
    if (chart === undefined) return undefined;
    if (!isMap(chart)) return this.#refuse(chart, at, `expected helm and sha256 of the chart, got ${named(chart)}`);
    this.#refuseUnknown(chart, at, chartFields);
    const helm = this.#text(chart, at, 'helm', true);
    const sha256 = this.#text(chart, at, 'sha256', true);
    return helm === undefined || sha256 === undefined ? undefined : { sha256, helm };
  }

  #text(map: YAMLMap, at: string, field: string, required: boolean): string | undefined {
    const node: unknown = map.get(field, true);
    if (node === undefined) {
      return required ? this.#refuse(map, `${at}.${field}`, `expected ${field === 'url' ? 'the URL of the manifest' : `the ${field}`}, got nothing`) : undefined;
    }
    if (!isScalar(node) || typeof node.value !== 'string' || node.value === '') {
      return this.#refuse(node, `${at}.${field}`, `expected a string, got ${named(node)}`, 'write it in quotes');
    }
    const message = lockFieldProblem(field, node.value);
    return message === undefined ? node.value : this.#refuse(node, `${at}.${field}`, message);
  }

  #refuseUnknown(map: YAMLMap, at: string, known: readonly string[]): void {
    for (const { key } of map.items) {
      const name = isScalar(key) ? String(key.value) : String(key);
      if (!known.includes(name)) this.#refuse(key, at === '' ? name : `${at}.${name}`, 'unknown field.', `remove it or spell it right.${didYouMean(name, known)}`);
    }
  }

  #refuse(node: unknown, at: string, message: string, fix?: string): undefined {
    this.#problems.push({ where: `${this.#path}:${this.#line(node)}${at === '' ? '' : `: ${at}`}`, message, ...(fix !== undefined && { fix }) });
  }

  #line(node: unknown): number {
    const range = typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range) ? node.range as readonly unknown[] : [];
    return typeof range[0] === 'number' ? this.#lineOf(range[0]) : 1;
  }
}

function named(node: unknown): string {
  if (isMap(node)) return 'a map';
  if (isSeq(node)) return `a list of ${node.items.length}`;
  if (!isScalar(node)) return 'something else';
  return typeof node.value === 'string' ? shown(node.value) : node.value === null ? 'nothing' : String(node.value);
}
