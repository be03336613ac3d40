import type { ImageVersion } from '../manifests/rendered.ts';
import type { Ledger } from './ledger.ts';
import type { PublishScope } from './scope.ts';
import type { PublishUnit } from './unit.ts';

/** A file of the runtime repo's tree. */
export interface TreeFile {
  /** Git's mode: `100644` is an ordinary file. */
  readonly mode: string;
  /** Git's object id. */
  readonly blob: string;
}

/** What the runtime repo holds at one commit, below the target's folder. */
export interface RuntimeState {
  /** Every file by path. */
  readonly files: ReadonlyMap<string, TreeFile>;
  /** Ledgers by unit, at least those that the publish's scope or units name. */
  readonly ledgers: ReadonlyMap<string, Ledger>;
  /** Source records by cover: the commit of the config repo from which it was published as a whole. */
  readonly records: ReadonlyMap<string, string>;
  /** Texts of the workloads of those units whose workloads come or go, by path. */
  readonly workloads: ReadonlyMap<string, string>;
}

/** How a recorded commit of the config repo stands to the one that is being published. */
export type SourceOrder = 'same' | 'older' | 'newer' | 'diverged' | 'unknown' | 'beyond-shallow';

/** Removals that are meant. */
export interface AllowedRemoval {
  /** The share of the scope's owned files that may go, 0 to 1. @default 0.2, and always up to 20 files */
  readonly share?: number;
  /** Guarded objects that may go, such as `Namespace/shop-prod`. @default - none */
  readonly objects?: readonly string[];
}

/** What a plan is made from. */
export interface PlanInput {
  readonly state: RuntimeState;
  readonly units: readonly PublishUnit[];
  readonly scope: PublishScope;
  /** The commit of the config repo that was rendered. */
  readonly source: string;
  /** The date of the commit to be made. */
  readonly now: Date;
  /** Order of every commit that the state's records and ledgers name. */
  readonly order: ReadonlyMap<string, SourceOrder>;
  /** Paths that are taken over although somebody else wrote or edited them. @default - none */
  readonly adopt?: readonly string[];
  readonly allowRemoval?: AllowedRemoval;
  /** Recorded commits that count as older although they aren't ancestors, such as after a rewritten history. @default - none */
  readonly acceptSources?: readonly string[];
}

/** A file to write. */
export interface PlannedWrite {
  readonly path: string;
  readonly blob: string;
  /** @default - a kept file: the runtime repo has the content */
  readonly text?: string;
}

/** How one file changes; records of Slipway itself are left out. */
export interface FileChange {
  readonly path: string;
  readonly unit: string;
  readonly change: 'added' | 'changed' | 'removed';
}

/** An image whose version changes. */
export interface ImageChange {
  readonly name: string;
  /** @default - it is new */
  readonly from?: ImageVersion | undefined;
  /** @default - it goes */
  readonly to?: ImageVersion | undefined;
}

/** What happens to one unit. */
export interface UnitSummary {
  readonly id: string;
  readonly app?: string | undefined;
  readonly environment?: string | undefined;
  readonly cluster?: string | undefined;
  /**
   * `recorded`: nothing but the source commit. `superseded`: a newer source is there already, the unit stays as it is.
   * `left-out`: it stays as it is, because upstream manifests on which it stands are neither rendered nor in the runtime repo.
   */
  readonly change: 'added' | 'changed' | 'removed' | 'unchanged' | 'recorded' | 'superseded' | 'left-out';
  /** The upstream manifests that a unit that is left out waits for, sorted. @default - none */
  readonly missing?: readonly string[];
  /** Image changes, sorted by name. */
  readonly images: readonly ImageChange[];
  /** How many files are written, deleted, and kept although they aren't rendered any more. */
  readonly written: number;
  readonly deleted: number;
  readonly kept: number;
}

/** What a publish would do, as data. */
export interface Plan {
  /** `record`: nothing but the source commit is written, so that a late run of an earlier commit can't undo this one. */
  readonly kind: 'changes' | 'record' | 'unchanged' | 'superseded';
  /** Files to write, ledgers and source records among them, sorted by path. */
  readonly writes: readonly PlannedWrite[];
  /** Paths to delete, sorted. */
  readonly deletes: readonly string[];
  /** Changes of files, sorted by path. */
  readonly files: readonly FileChange[];
  /** Every unit of the publish, sorted by id. */
  readonly units: readonly UnitSummary[];
}
