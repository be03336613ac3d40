import { createHash } from 'node:crypto';
import { compareText } from '../values/errors.ts';

/** What a publish speaks for. A unit inside its scope that isn't rendered any more is removed; whatever lies outside stays. */
export interface PublishScope {
  /** Environments. @default - all, with all clusters and everything shared */
  readonly environments?: readonly string[];
  /** Clusters whose own units (those without an environment) belong to it. @default - all, or none where `environments` is given */
  readonly clusters?: readonly string[];
  /** Only these apps of them. @default - everything */
  readonly apps?: readonly string[];
}

/** What decides whether a unit belongs to a scope. */
export interface Placement {
  readonly app?: string | undefined;
  readonly environment?: string | undefined;
  readonly cluster?: string | undefined;
}

/** Whether a publish of this scope speaks for the unit. */
export function inScope(unit: Placement, scope: PublishScope): boolean {
  if (scope.apps !== undefined && (unit.app === undefined || !scope.apps.includes(unit.app))) return false;
  if (scope.environments === undefined && scope.clusters === undefined) return true;
  if (unit.environment !== undefined) return scope.environments?.includes(unit.environment) ?? false;
  return unit.cluster !== undefined && (scope.clusters?.includes(unit.cluster) ?? false);
}

/**
 * The source record that covers a unit in a publish of this scope: `all`, `environment-prod` or `cluster-prod-eu`.
 * `undefined` where the publish doesn't speak for the whole of it (only some apps, or a shared unit): then the unit's own ledger is the record.
 */
export function coverOf(unit: Placement, scope: PublishScope): string | undefined {
  if (scope.apps !== undefined || !inScope(unit, scope)) return undefined;
  if (scope.environments === undefined && scope.clusters === undefined) return 'all';
  return ownCover(unit);
}

/** Every source record that may say something about a unit. */
export function coversOf(unit: Placement): string[] {
  const own = ownCover(unit);
  return own === undefined ? ['all'] : ['all', own];
}

function ownCover(unit: Placement): string | undefined {
  if (unit.environment !== undefined) return `environment-${unit.environment}`;
  return unit.cluster === undefined ? undefined : `cluster-${unit.cluster}`;
}

/** A scope as one line of text, the same whatever the order: a pull request's branch says by it what it was made for. */
export function scopeText(scope: PublishScope): string {
  const parts = (['environments', 'clusters', 'apps'] as const).flatMap((name) => {
    const names = scope[name];
    return names === undefined ? [] : [`${name}=${[...new Set(names)].sort(compareText).join(',')}`];
  });
  const text = parts.join(' ') || 'all';
  return text.length <= 200 ? text : `sha256=${createHash('sha256').update(text).digest('hex')}`;
}
