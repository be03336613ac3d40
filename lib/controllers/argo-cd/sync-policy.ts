import type { IApplication } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1/Application';
import type { IgnoredFields } from '../../manifests/rendered.ts';
import type { Tracked } from '../tracked.ts';
import { rootName } from '../root-tracked.ts';

type SyncPolicy = NonNullable<IApplication['spec']['syncPolicy']>;

/** Roles that hold nothing but tracking objects. */
const lists: readonly Tracked['role'][] = ['environment', 'member'];
/** Roles whose folder may lose its last object: Argo CD would otherwise take that for a mistake and prune nothing. An app's folder goes as a whole, and the root holds at least itself. */
const emptied: readonly Tracked['role'][] = ['environment', 'member', 'observability', 'platform'];
/** Roles whose objects may be too large for the annotation of a client-side apply: definitions of custom resources, dashboards. */
const large: readonly Tracked['role'][] = ['self', 'add-on', 'observability'];

/**
 * How changes are applied. A sync that fails is tried again without end, each time at the newest commit: what is missing today, such as
 * the custom resources of an add-on that is still starting, may be there tomorrow, and the commit that mends a mistake gets through.
 * Where others set fields, an object is applied only when something else in it differs.
 */
export function syncPolicy(tracked: Pick<Tracked, 'name' | 'role' | 'sync'>, ignored: readonly IgnoredFields[]): SyncPolicy {
  const leaves = lists.includes(tracked.role) || ignored.some((fields) => fields.liveWins !== true);
  const options = [
    ...(lists.includes(tracked.role) ? [] : ['SkipDryRunOnMissingResource=true']),
    ...(leaves ? ['ApplyOutOfSyncOnly=true'] : []),
    ...(large.includes(tracked.role) ? ['ServerSideApply=true'] : []),
    ...(respectsLive(ignored) ? ['RespectIgnoreDifferences=true'] : []),
  ].sort();
  return {
    ...(tracked.sync === 'automated' && { automated: { prune: true, selfHeal: true, ...(emptied.includes(tracked.role) && tracked.name !== rootName && { allowEmpty: true }) } }),
    retry: { limit: -1, refresh: true, backoff: { duration: '10s', factor: 2, maxDuration: '3m' } },
    syncOptions: options,
  };
}

/** The fields that others set: replicas of autoscaled workloads, and what the tracked thing names itself. */
export function ignoredFields(tracked: Tracked): IgnoredFields[] {
  const replicas = tracked.autoscaled.map(({ group, kind, name, namespace }): IgnoredFields => {
    const at = namespace ?? tracked.namespace;
    return { group, kind, name, ...(at !== undefined && { namespace: at }), jsonPointers: ['/spec/replicas'], liveWins: true };
  });
  return [...replicas, ...(tracked.ignoreDifferences ?? [])];
}

/**
 * The rules of an Application. Argo CD puts the live values of ignored fields into all that it applies, or into nothing; and of a custom resource it takes the
 * whole list in which such a field lies, so that no change of the list in Git would ever arrive. Where an autoscaler makes live values a must, weights are
 * ignored only while they aren't Git's: the object shows as out of sync for as long as a canary runs, and its weights stay as they are.
 */
export function ignoreDifferences(ignored: readonly IgnoredFields[]): NonNullable<IApplication['spec']['ignoreDifferences']> {
  return ignored.map(({ group, kind, name, namespace, jsonPointers, jq, jqWhereChanged = jq }) => {
    const paths = respectsLive(ignored) ? jqWhereChanged : jq;
    return {
      group,
      kind,
      ...(name !== undefined && { name }),
      ...(namespace !== undefined && { namespace }),
      ...(paths === undefined ? { jsonPointers: [...jsonPointers] } : { jqPathExpressions: [...paths] }),
    };
  });
}

/** Whether Git's value of any ignored field would do harm when its object is applied. */
function respectsLive(ignored: readonly IgnoredFields[]): boolean {
  return ignored.some((fields) => fields.liveWins === true);
}
