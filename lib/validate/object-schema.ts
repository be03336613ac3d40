import { Catalog } from './schemas/catalog.ts';
import type { CustomResources } from './schemas/custom-resources.ts';
import { Walk, type SchemaIssue } from './schemas/issue.ts';
import { field, isRecord } from './schemas/plain.ts';
import { checkValue } from './schemas/walk.ts';
import type { LandedObject } from './scope/landing.ts';

/** What the schemas of some minors say of an object. */
export interface SchemaVerdict {
  /** Issues with the minors that see them, when not all do. */
  readonly issues: readonly SchemaVerdictIssue[];
  /** Whether the kind has namespaces; undefined when it is not served. */
  readonly namespaced: boolean | undefined;
}

/** An issue and what to do about it. */
export interface SchemaVerdictIssue extends Omit<SchemaIssue, 'rule'> {
  readonly rule: SchemaIssue['rule'] | 'unserved-kind';
  /** @default - the rule's own */
  readonly fix?: string;
}

const noneBeyond: CustomResources = [];
const catalogs = new WeakMap<CustomResources, Map<string, Catalog>>();

/**
 * The catalog of a minor, made once for each set of further custom resources.
 * @throws SlipwayError for a minor without schemas
 */
export function catalogFor(minor: string, custom: CustomResources = noneBeyond): Catalog {
  let perMinor = catalogs.get(custom);
  if (perMinor === undefined) catalogs.set(custom, (perMinor = new Map()));
  let catalog = perMinor.get(minor);
  if (catalog === undefined) perMinor.set(minor, (catalog = new Catalog(minor, custom)));
  return catalog;
}

/** Checks an object as clusters of these minors would. */
export function checkSchemas(object: LandedObject, minors: readonly string[], custom: CustomResources | undefined): SchemaVerdict {
  const perMinor = minors.map((minor) => ({ minor, ...checkOne(object, catalogFor(minor, custom)) }));
  const namespaced = perMinor.find((each) => each.namespaced !== undefined)?.namespaced;
  if (perMinor.every(({ issues }) => issues.length === 0)) return { issues: [], namespaced };
  const seen = new Map<string, { readonly issue: SchemaVerdictIssue; readonly minors: string[] }>();
  for (const { minor, issues } of perMinor) {
    for (const issue of issues) {
      const key = `${issue.rule} ${issue.field} ${issue.rule === 'unserved-kind' ? '' : issue.message}`;
      const known = seen.get(key);
      if (known === undefined) seen.set(key, { issue, minors: [minor] });
      else known.minors.push(minor);
    }
  }
  return {
    namespaced,
    issues: [...seen.values()].map(({ issue, minors: where }) => (where.length === minors.length ? issue : { ...issue, message: `${issue.message} (Kubernetes ${where.join(', ')})` })),
  };
}

function checkOne(object: LandedObject, catalog: Catalog): { readonly issues: readonly SchemaVerdictIssue[]; readonly namespaced: boolean | undefined } {
  const apiVersion = field(object.value, 'apiVersion');
  const kind = field(object.value, 'kind');
  const unnamed = [['apiVersion', apiVersion], ['kind', kind]].filter(([, value]) => typeof value !== 'string' || value === '');
  if (unnamed.length > 0) {
    return { namespaced: undefined, issues: unnamed.map(([name]) => ({ rule: 'missing-field', field: String(name), message: `the field ${String(name)} is required and is missing` })) };
  }
  const found = catalog.find(String(apiVersion), String(kind));
  if (!('node' in found)) return { namespaced: undefined, issues: [{ rule: 'unserved-kind', field: 'apiVersion', message: found.message, fix: found.fix }] };
  const walk = new Walk();
  checkValue(found.node, object.value, walk);
  return { namespaced: found.namespaced, issues: isSopsSecret(object) ? walk.issues.filter(({ field: path }) => path !== 'sops' && !path.startsWith('data')) : walk.issues };
}

/** A Secret that SOPS has encrypted: its `sops` field and its values are gone before the API server sees it. */
function isSopsSecret(object: LandedObject): boolean {
  return object.kind === 'Secret' && isRecord(field(object.value, 'sops'));
}
