import { z } from 'zod';
import type { ImageVersion } from '../manifests/rendered.ts';
import { compareText, SlipwayError, type Problem } from '../values/errors.ts';
import { pathProblem, variantOf } from './unit.ts';

/** The folder of the runtime repo that holds the ledgers and the source records. */
export const ledgerFolder = '.slipway';

const commitSchema = z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/, 'expected a full Git object id');

const hashedSchema = z.strictObject({
  base: z.string().min(1),
  generation: z.int().positive(),
  left: z.iso.datetime().optional(),
});

const ledgerSchema = z.strictObject({
  version: z.literal(1),
  unit: z.string().min(1),
  app: z.string().min(1).optional(),
  environment: z.string().min(1).optional(),
  cluster: z.string().min(1).optional(),
  source: commitSchema,
  images: z.array(z.strictObject({ name: z.string().min(1), tag: z.string().optional(), digest: z.string().optional() })),
  needs: z.array(z.string().min(1)).optional(),
  files: z.record(z.string(), commitSchema),
  hashed: z.record(z.string(), hashedSchema),
  guarded: z.record(z.string(), z.array(z.string().min(1)).min(1)),
});

/** A content-hashed file of a ledger. */
export interface HashedFile {
  /** The name without the hash. */
  readonly base: string;
  /** Counts up with every new content of the same base name in the same folder. */
  readonly generation: number;
  /** When it left the render (commit date, ISO 8601 in UTC). @default - it is rendered */
  readonly left?: string | undefined;
}

/** What publish wrote for one unit: the only files that it will ever change or delete. */
export interface Ledger {
  readonly unit: string;
  readonly app?: string | undefined;
  readonly environment?: string | undefined;
  readonly cluster?: string | undefined;
  /** The commit of the config repo from which it was last written. */
  readonly source: string;
  readonly images: readonly ImageVersion[];
  /** Upstream manifests on which it stands, sorted: they stay as long as it does. @default - none */
  readonly needs?: readonly string[] | undefined;
  /** Git blob id by path. */
  readonly files: Readonly<Record<string, string>>;
  /** The content-hashed ones of the files, by path. */
  readonly hashed: Readonly<Record<string, HashedFile>>;
  /** Objects by path that are removed only when told by name, such as `Namespace/shop-prod`. */
  readonly guarded: Readonly<Record<string, readonly string[]>>;
}

/** Where the ledger of a unit lies. */
export function ledgerPath(unit: string): string {
  return `${ledgerFolder}/${unit}.json`;
}

/** Whether a path is that of a ledger (and not of a source record). */
export function isLedgerPath(path: string): boolean {
  return path.startsWith(`${ledgerFolder}/`) && path.endsWith('.json') && !path.startsWith(`${ledgerFolder}/sources/`);
}

/** Stable text: the same ledger gives the same bytes, one line per file. */
export function ledgerText(ledger: Ledger): string {
  const { unit, app, environment, cluster, source } = ledger;
  return `${JSON.stringify({
    version: 1, unit, app, environment, cluster, source,
    images: [...ledger.images].sort((a, b) => compareText(a.name, b.name)).map(({ name, tag, digest }) => ({ name, tag, digest })),
    needs: ledger.needs === undefined || ledger.needs.length === 0 ? undefined : [...ledger.needs].sort(compareText),
    files: sorted(ledger.files, (blob) => blob),
    hashed: sorted(ledger.hashed, ({ base, generation, left }) => ({ base, generation, left })),
    guarded: sorted(ledger.guarded, (objects) => [...objects].sort(compareText)),
  }, null, 1)}\n`;
}

function sorted<T, R>(record: Readonly<Record<string, T>>, copy: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => compareText(a, b)).map(([key, value]) => [key, copy(value)]));
}

/** Reads a ledger. Fails on anything it doesn't understand, so that a file nobody can account for is never touched. */
export function parseLedger(path: string, text: string): Ledger {
  const data = parseJson(path, text);
  if (typeof data === 'object' && data !== null && 'version' in data && data.version !== 1) {
    throw SlipwayError.of(path, `expected version 1 of a ledger, got ${JSON.stringify(data.version)}`, 'a newer Slipway wrote it: publish with that version or a later one.');
  }
  const result = ledgerSchema.safeParse(data);
  if (!result.success) {
    throw new SlipwayError(result.error.issues.map((issue) => broken(path, `${issue.path.map(String).join('.') || 'it'}: ${issue.message}`)));
  }
  const { version: _version, ...ledger } = result.data;
  const problems = ledgerProblems(path, ledger);
  if (problems.length > 0) throw new SlipwayError(problems);
  return ledger;
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SlipwayError([broken(path, cause instanceof Error ? cause.message : String(cause))], { cause });
  }
}

function ledgerProblems(path: string, ledger: Ledger): Problem[] {
  const problems: Problem[] = [];
  if (ledgerPath(ledger.unit) !== path) problems.push(broken(path, `unit: expected the unit of this file's name, got ${JSON.stringify(ledger.unit)}`));
  for (const file of Object.keys(ledger.files)) {
    const reason = pathProblem(file) ?? (variantOf(ledger.unit, file) === undefined ? 'lies outside of the unit' : undefined);
    if (reason !== undefined) problems.push(broken(path, `files: ${JSON.stringify(file)} ${reason}`));
  }
  for (const file of [...Object.keys(ledger.hashed), ...Object.keys(ledger.guarded)]) {
    if (!Object.hasOwn(ledger.files, file)) problems.push(broken(path, `${JSON.stringify(file)} isn't among its files`));
  }
  return problems;
}

function broken(path: string, message: string): Problem {
  return {
    where: path,
    message: `expected a ledger as publish writes it: ${message}`,
    fix: `restore it in the runtime repo from its last good commit (git log -- ${path}); publish never goes on without knowing what it owns.`,
  };
}
