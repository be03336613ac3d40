import { SlipwayError } from '../values/errors.ts';
import { isLedgerPath, ledgerFolder, parseLedger, type Ledger } from './ledger.ts';
import type { RuntimeState, TreeFile } from './plan-types.ts';
import type { RuntimeRepository } from './repository.ts';
import type { PublishScope } from './scope.ts';
import { coverOfRecordPath, parseSourceRecord } from './source-record.ts';
import { changesWorkloads } from './takeover-guard.ts';
import { foldersOf, type PublishUnit } from './unit.ts';
import { isWorkloadFile } from './workloads.ts';

/** Options of reading what the runtime repo holds. */
export interface SnapshotOptions {
  readonly repository: RuntimeRepository;
  /** The commit to read. `undefined` where there is none yet: everything is empty. */
  readonly commit: string | undefined;
  /** The target's folder; '' for the root. */
  readonly path: string;
  readonly scope: PublishScope;
  readonly units: readonly PublishUnit[];
}

/** Reads the tree of a commit, its source records, and the ledgers that the publish may need. */
export async function readSnapshot({ repository, commit, path, scope, units }: SnapshotOptions): Promise<RuntimeState> {
  if (commit === undefined) return { files: new Map(), ledgers: new Map(), records: new Map(), workloads: new Map() };
  const { stdout } = await repository.git(['ls-tree', '-r', '-z', '--full-tree', commit]);
  const files = below(path, parseTree(stdout.toString('utf8')));
  const rendered = new Set(units.map(({ id }) => id));
  const wanted = [...files].filter(([file]) => coverOfRecordPath(file) !== undefined || (isLedgerPath(file) && isNeeded(file, scope, rendered)));
  const texts = await readBlobs(repository, wanted.map(([, { blob }]) => blob));
  const ledgers = new Map<string, Ledger>();
  const records = new Map<string, string>();
  for (const [file, { blob }] of wanted) {
    const text = texts.get(blob) ?? '';
    const cover = coverOfRecordPath(file);
    if (cover !== undefined) {
      records.set(cover, parseSourceRecord(file, text));
      continue;
    }
    const ledger = parseLedger(file, text);
    ledgers.set(ledger.unit, ledger);
  }
  return { files, ledgers, records, workloads: await readWorkloads(repository, files, ledgers, units) };
}

/** Who takes over from whom stands in the published texts; they are read only where workloads come or go. */
async function readWorkloads(repository: RuntimeRepository, files: ReadonlyMap<string, TreeFile>, ledgers: ReadonlyMap<string, Ledger>, units: readonly PublishUnit[]): Promise<Map<string, string>> {
  const wanted = units.flatMap((unit) => {
    const before = Object.keys(ledgers.get(unit.id)?.files ?? {});
    return changesWorkloads(before, unit.files.map(({ path }) => path)) ? before.filter(isWorkloadFile) : [];
  }).flatMap((path) => {
    const file = files.get(path);
    return file === undefined ? [] : [[path, file.blob] as const];
  });
  const texts = await readBlobs(repository, wanted.map(([, blob]) => blob));
  return new Map(wanted.map(([path, blob]) => [path, texts.get(blob) ?? '']));
}

/** An app's ledger says its environment by its path already; those of others aren't read. */
function isNeeded(file: string, scope: PublishScope, rendered: ReadonlySet<string>): boolean {
  const id = file.slice(ledgerFolder.length + 1, -'.json'.length);
  const environment = /^apps\/([^/]+)\/[^/]+$/.exec(id)?.[1];
  const restricted = scope.environments !== undefined || scope.clusters !== undefined;
  return !restricted || environment === undefined || rendered.has(id) || (scope.environments?.includes(environment) ?? false);
}

function parseTree(text: string): Map<string, TreeFile> {
  const files = new Map<string, TreeFile>();
  for (const row of text.split('\0')) {
    const tab = row.indexOf('\t');
    if (tab < 0) continue;
    const [mode = '', , blob = ''] = row.slice(0, tab).split(' ');
    files.set(row.slice(tab + 1), { mode, blob });
  }
  return files;
}

function below(path: string, files: ReadonlyMap<string, TreeFile>): ReadonlyMap<string, TreeFile> {
  if (path === '') return files;
  const blocked = [path, ...foldersOf(path)].find((folder) => files.has(folder));
  if (blocked !== undefined) throw SlipwayError.of(blocked, `expected a folder (the target's path is ${path}), but the runtime repo has a file there`, 'choose another path, or move that file away.');
  return new Map([...files].filter(([file]) => file.startsWith(`${path}/`)).map(([file, entry]) => [file.slice(path.length + 1), entry]));
}

/** The contents of blobs, by id; one run of Git however many there are. */
export async function readBlobs(repository: RuntimeRepository, ids: readonly string[]): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  const unique = [...new Set(ids)];
  if (unique.length === 0) return texts;
  await repository.bring(unique);
  const { stdout } = await repository.git(['cat-file', '--batch'], { input: unique.map((id) => `${id}\n`) });
  let at = 0;
  for (const id of unique) {
    const end = stdout.indexOf(10, at);
    const [name, type, size] = stdout.subarray(at, end).toString('utf8').split(' ');
    if (name !== id || type !== 'blob') throw SlipwayError.of(repository.name, `expected to read the blob ${id}, got ${JSON.stringify(stdout.subarray(at, end).toString('utf8'))}`, 'the repository may be damaged: git fsck');
    const start = end + 1;
    texts.set(id, stdout.subarray(start, start + Number(size)).toString('utf8'));
    at = start + Number(size) + 1;
  }
  return texts;
}
