import { blobId } from '../../lib/runtime-repo/blob.ts';
import { ledgerFolder, parseLedger, isLedgerPath } from '../../lib/runtime-repo/ledger.ts';
import { coverOfRecordPath, parseSourceRecord } from '../../lib/runtime-repo/source-record.ts';
import { draftPlan, finishPlan } from '../../lib/runtime-repo/plan.ts';
import type { Plan, PlanInput, RuntimeState, SourceOrder } from '../../lib/runtime-repo/plan-types.ts';
import { isWorkloadFile } from '../../lib/runtime-repo/workloads.ts';
import type { PublishUnit } from '../../lib/runtime-repo/unit.ts';

/** A runtime repo as text by path, ledgers and records among it. */
export type Texts = ReadonlyMap<string, string>;

/** A source commit made of one digit, for plans without Git. */
export function commitOf(digit: number): string {
  return String(digit % 10).repeat(40);
}

/** What the planner would read of these texts. */
export function stateOf(texts: Texts): RuntimeState {
  const files = new Map([...texts].map(([path, text]) => [path, { mode: '100644', blob: blobId(text) }]));
  const records = new Map([...texts].flatMap(([path, text]) => {
    const cover = coverOfRecordPath(path);
    return cover === undefined ? [] : [[cover, parseSourceRecord(path, text)] as const];
  }));
  const ledgers = new Map([...texts].flatMap(([path, text]) => isLedgerPath(path) ? [[path.slice(ledgerFolder.length + 1, -5), parseLedger(path, text)] as const] : []));
  return { files, records, ledgers, workloads: new Map([...texts].filter(([path]) => isWorkloadFile(path))) };
}

/** Plans on texts; commits with a smaller digit are older. */
export function planTexts(texts: Texts, units: readonly PublishUnit[], more: Partial<PlanInput> & { readonly digit?: number; readonly inFlight?: readonly string[] } = {}): Plan {
  const { digit = 1, inFlight = [], ...input } = more;
  const order = new Map<string, SourceOrder>(Array.from({ length: 10 }, (_, other) => [commitOf(other), other < digit ? 'older' : other > digit ? 'newer' : 'same']));
  const draft = draftPlan({ state: stateOf(texts), units, scope: {}, source: commitOf(digit), now: new Date('2026-03-01T12:00:00Z'), order, ...input });
  return finishPlan(draft, new Set(inFlight));
}

/** The texts after a plan was carried out. */
export function applyPlan(texts: Texts, plan: Plan): Map<string, string> {
  const after = new Map(texts);
  const byBlob = new Map([...texts.values()].map((text) => [blobId(text), text]));
  for (const path of plan.deletes) after.delete(path);
  for (const { path, text, blob } of plan.writes) {
    const content = text ?? byBlob.get(blob);
    if (content === undefined) throw new Error(`no content for ${path}`);
    after.set(path, content);
  }
  return after;
}

/** Every file that isn't one of Slipway's records. */
export function plainFiles(texts: Texts): Record<string, string> {
  return Object.fromEntries([...texts].filter(([path]) => !path.startsWith(`${ledgerFolder}/`)).sort());
}
