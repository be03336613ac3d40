import { at, listAt, numberAt, textAt } from '../values/fields.ts';
import type { Health, LastResult, ResourceKey, TrackedReading } from './status.ts';
import { placeOf } from './tracking-labels.ts';

/**
 * What a Flux Kustomization says, as the API server answers it. Its `sync` compares revisions: whether a later commit changes the folder
 * at all is the runtime repo's to say.
 *
 * @param latest the revision that its source holds
 */
export function readKustomization(kustomization: unknown, latest: string | undefined): TrackedReading {
  const ready = listAt(kustomization, 'status', 'conditions').find((condition) => textAt(condition, 'type') === 'Ready');
  const applied = commitIn(textAt(kustomization, 'status', 'lastAppliedRevision'));
  const byHand = at(kustomization, 'spec', 'suspend') === true;
  const path = textAt(kustomization, 'spec', 'path');
  const result = lastResult(kustomization, ready);
  const failed = result?.phase === 'Failed';
  return {
    ...placeOf(kustomization),
    health: healthOf(kustomization, ready),
    sync: applied === undefined ? (byHand ? 'OutOfSync' : 'Unknown') : latest === undefined ? 'Unknown' : applied === commitIn(latest) ? 'Synced' : 'OutOfSync',
    byHand,
    ...(applied !== undefined && { revision: applied }),
    folders: path === undefined ? [] : [path.replace(/^\.\//, '')],
    ...(result !== undefined && { result }),
    resources: listAt(kustomization, 'status', 'inventory', 'entries').flatMap((entry) => keyIn(textAt(entry, 'id') ?? '', textAt(entry, 'v') ?? 'v1')),
    problems: failed && result.message !== undefined ? [`${textAt(ready, 'reason') ?? 'NotReady'}: ${result.message}`] : [],
  };
}

/** The commit of a revision such as `main@sha1:1a2b…`. */
export function commitIn(revision: string | undefined): string | undefined {
  return revision === undefined ? undefined : /(?:^|[:/@])([0-9a-f]{40,64})$/.exec(revision)?.[1];
}

/** An entry of an inventory: `<namespace>_<name>_<group>_<kind>`; a name may hold `_` written as `__`, as RBAC's do with ":". */
function keyIn(id: string, version: string): ResourceKey[] {
  const [, namespace = '', name, group = '', kind] = /^([^_]*)_(.+)_([^_]*)_([^_]+)$/.exec(id) ?? [];
  return name === undefined || kind === undefined ? [] : [{ group, version, kind, namespace, name: name.replaceAll('__', ':') }];
}

function healthOf(kustomization: unknown, ready: unknown): Health {
  const current = (numberAt(kustomization, 'status', 'observedGeneration') ?? 0) >= (numberAt(kustomization, 'metadata', 'generation') ?? 0);
  const status = textAt(ready, 'status');
  if (at(kustomization, 'spec', 'suspend') === true && status === undefined) return 'Missing';
  if (status === 'True') return current ? 'Healthy' : 'Progressing';
  if (status === 'False') return /^(DependencyNotReady|Progressing|ReconciliationRetry)/.test(textAt(ready, 'reason') ?? '') ? 'Progressing' : 'Degraded';
  return status === undefined ? 'Unknown' : 'Progressing';
}

function lastResult(kustomization: unknown, ready: unknown): LastResult | undefined {
  if (ready === undefined) return undefined;
  const status = textAt(ready, 'status');
  const waits = textAt(ready, 'reason') === 'DependencyNotReady';
  const revision = commitIn(textAt(kustomization, 'status', 'lastAttemptedRevision')) ?? commitIn(textAt(kustomization, 'status', 'lastAppliedRevision'));
  const [time, message] = [textAt(ready, 'lastTransitionTime'), textAt(ready, 'message')];
  return {
    phase: status === 'True' ? 'Succeeded' : status === 'False' && !waits ? 'Failed' : 'Running',
    ...(revision !== undefined && { revision }),
    ...(time !== undefined && { at: time }),
    ...(message !== undefined && { message }),
  };
}
