import type { KubeObject } from '../manifests/rendered.ts';
import { listAt, numberAt, textAt } from '../values/fields.ts';

/** An object by what identifies it. */
export interface ObjectIdentity {
  readonly apiVersion: string;
  readonly kind: string;
  /** @default - it has none */
  readonly namespace?: string;
  readonly name: string;
}

/** When an object counts as there. */
export type Readiness =
  /** A definition whose objects the API server takes. */
  | 'Established'
  /** A Deployment with its pods available, or a StatefulSet or DaemonSet with all of them ready, at its latest generation. */
  | 'Available'
  /** An Argo CD Application that is synced to our commit. */
  | 'Synced'
  /** A Flux object that is Ready, a Kustomization at our commit. */
  | 'Ready';

/** An object to wait for. */
export interface WaitFor {
  readonly object: ObjectIdentity;
  readonly until: Readiness;
}

/** What to wait for once an object is applied: nothing for most. */
export function readinessOf(object: KubeObject): WaitFor[] {
  const until = untilOf(object);
  return until === undefined ? [] : [{ object: identityOf(object), until }];
}

function untilOf({ apiVersion, kind }: KubeObject): Readiness | undefined {
  if (kind === 'CustomResourceDefinition') return 'Established';
  if (apiVersion === 'apps/v1') return kind === 'Deployment' || kind === 'StatefulSet' || kind === 'DaemonSet' ? 'Available' : undefined;
  if (apiVersion.startsWith('argoproj.io/')) return kind === 'Application' ? 'Synced' : undefined;
  return apiVersion.startsWith('kustomize.toolkit.fluxcd.io/') ? 'Ready' : undefined;
}

/** What identifies an object. */
export function identityOf({ apiVersion, kind, metadata }: KubeObject): ObjectIdentity {
  return { apiVersion, kind, ...(metadata?.namespace !== undefined && { namespace: metadata.namespace }), name: metadata?.name ?? '' };
}

/**
 * Whether an object, as the API server answers it, has reached what is waited for.
 *
 * @param live undefined while it isn't there
 * @param commit the runtime repo's commit that has to have arrived; undefined: any
 */
export function isReached(until: Readiness, live: unknown, commit?: string): boolean {
  switch (until) {
    case 'Established':
      return hasCondition(live, 'Established') && hasCondition(live, 'NamesAccepted');
    case 'Available':
      return isAvailable(live);
    case 'Synced':
      return textAt(live, 'status', 'sync', 'status') === 'Synced' && textAt(live, 'status', 'operationState', 'phase') === 'Succeeded'
        && (commit === undefined || textAt(live, 'status', 'sync', 'revision') === commit);
    case 'Ready': {
      const current = (numberAt(live, 'status', 'observedGeneration') ?? 0) >= (numberAt(live, 'metadata', 'generation') ?? 0);
      const revision = textAt(live, 'status', 'lastAppliedRevision');
      return current && hasCondition(live, 'Ready') && (commit === undefined || revision?.endsWith(`:${commit}`) === true);
    }
    default:
      return never(until);
  }
}

function isAvailable(live: unknown): boolean {
  const status = (field: string): number => numberAt(live, 'status', field) ?? 0;
  if (status('observedGeneration') < (numberAt(live, 'metadata', 'generation') ?? 1)) return false;
  switch (textAt(live, 'kind')) {
    case 'DaemonSet':
      return status('numberReady') >= status('desiredNumberScheduled') && status('updatedNumberScheduled') >= status('desiredNumberScheduled');
    case 'StatefulSet':
      return status('readyReplicas') >= (numberAt(live, 'spec', 'replicas') ?? 1);
    default:
      return hasCondition(live, 'Available') && status('updatedReplicas') >= (numberAt(live, 'spec', 'replicas') ?? 1);
  }
}

/** Whether a condition of an object is true. */
export function hasCondition(live: unknown, type: string): boolean {
  return listAt(live, 'status', 'conditions').some((condition) => textAt(condition, 'type') === type && textAt(condition, 'status') === 'True');
}

function never(value: never): never {
  throw new Error(`unknown readiness ${String(value)}`);
}
