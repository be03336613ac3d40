import type { Severity } from './finding.ts';
import type { FleetIndex } from './fleet-index.ts';
import type { KeptObject } from './kept-object.ts';
import type { LandedObject, Landing } from './scope/landing.ts';

/** Tells of something wrong in an object. */
export type Report = (object: LandedObject, finding: { readonly field: string; readonly message: string; /** @default - the rule's own */ readonly fix?: string }) => void;

interface RuleBase {
  /** Stable, lower case with dashes: waivers and SARIF name it. */
  readonly id: string;
  readonly severity: Severity;
  /** What must hold, in one line. */
  readonly title: string;
  /** What to do about a break, in general. */
  readonly fix: string;
}

/** A rule about one object at a time. */
export interface ObjectRule extends RuleBase {
  readonly scope: 'object';
  /** The groups and kinds that it is about, such as `apps/Deployment`. @default - every kind */
  readonly kinds?: readonly string[];
  readonly check: (object: LandedObject, report: Report, landing: Landing) => void;
}

/** A rule about the objects of one render of an app or of one part of a cluster. */
export interface UnitRule extends RuleBase {
  readonly scope: 'unit';
  readonly check: (landing: Landing, report: Report, index: FleetIndex) => void;
}

/** A rule about everything that lands on the same clusters; it reads what the index kept of each unit. */
export interface FleetRule extends RuleBase {
  readonly scope: 'fleet';
  readonly check: (index: FleetIndex, report: FleetReport) => void;
}

/** What a fleet rule says of an object whose unit is gone: what the index kept of it. */
export type FleetReport = (object: KeptObject, finding: { readonly field: string; readonly message: string; /** @default - the rule's own */ readonly fix?: string }) => void;

/** A rule: one per file in `rules/`. What a schema alone finds has no check, it only describes itself. */
export type Rule = FleetRule | ObjectRule | UnitRule | (RuleBase & { readonly scope: 'schema' });
