import { at, listAt, numberAt, textAt } from '../values/fields.ts';
import type { Health } from './status.ts';

/** Health of one object, and why. */
export interface Judged {
  readonly health: Health;
  readonly note?: string;
}

const healthy: Judged = { health: 'Healthy' };

/** Kinds whose objects have a health of their own; an object of any other kind is healthy when it is there. */
export const judgedKinds: readonly string[] = [
  'Certificate', 'CronJob', 'DaemonSet', 'Deployment', 'ExternalSecret', 'HTTPRoute', 'HorizontalPodAutoscaler', 'Ingress', 'Job', 'PersistentVolumeClaim', 'Pod', 'ReplicaSet', 'Rollout',
  'SealedSecret', 'Service', 'StatefulSet',
];

/** How healthy an object is, as the API server answers it: the same rules whichever controller applied it. */
export function judge(object: unknown): Judged {
  if (textAt(object, 'metadata', 'deletionTimestamp') !== undefined) return { health: 'Progressing', note: 'is being deleted' };
  switch (textAt(object, 'kind')) {
    case 'Deployment':
    case 'StatefulSet':
    case 'DaemonSet':
      return workload(object);
    case 'ReplicaSet':
      return count(object, 'readyReplicas');
    case 'Rollout':
      return rollout(object);
    case 'Pod':
      return pod(object);
    case 'Job':
      return job(object);
    case 'PersistentVolumeClaim': {
      const phase = textAt(object, 'status', 'phase');
      return phase === 'Bound' ? healthy : { health: phase === 'Lost' ? 'Degraded' : 'Progressing', note: phase ?? 'Pending' };
    }
    case 'Ingress':
      return listAt(object, 'status', 'loadBalancer', 'ingress').length > 0 ? healthy : { health: 'Progressing', note: 'has no address yet' };
    case 'Service':
      return textAt(object, 'spec', 'type') !== 'LoadBalancer' || listAt(object, 'status', 'loadBalancer', 'ingress').length > 0 ? healthy : { health: 'Progressing', note: 'has no address yet' };
    case 'HTTPRoute':
      return route(object);
    case 'HorizontalPodAutoscaler':
      return byCondition(object, 'AbleToScale');
    case 'Certificate':
    case 'ExternalSecret':
      return byCondition(object, 'Ready');
    case 'SealedSecret':
      return byCondition(object, 'Synced');
    default:
      return healthy;
  }
}

function workload(object: unknown): Judged {
  if ((numberAt(object, 'status', 'observedGeneration') ?? 0) < (numberAt(object, 'metadata', 'generation') ?? 0)) return { health: 'Progressing', note: 'its latest change isn\'t seen yet' };
  const stuck = condition(object, 'Progressing');
  if (textAt(stuck, 'reason') === 'ProgressDeadlineExceeded') return { health: 'Degraded', note: textAt(stuck, 'message') ?? 'made no progress in time' };
  if (at(object, 'spec', 'paused') === true) return { health: 'Suspended', note: 'is paused' };
  const daemons = textAt(object, 'kind') === 'DaemonSet';
  const wanted = numberAt(object, ...(daemons ? ['status', 'desiredNumberScheduled'] : ['spec', 'replicas'])) ?? 1;
  const updated = numberAt(object, 'status', daemons ? 'updatedNumberScheduled' : 'updatedReplicas') ?? 0;
  const ready = numberAt(object, 'status', daemons ? 'numberReady' : textAt(object, 'kind') === 'Deployment' ? 'availableReplicas' : 'readyReplicas') ?? 0;
  const old = (numberAt(object, 'status', 'replicas') ?? 0) - updated;
  if (updated < wanted) return { health: 'Progressing', note: `${updated} of ${wanted} pods are updated` };
  if (!daemons && old > 0) return { health: 'Progressing', note: `${old} old pods have to go` };
  return ready < wanted ? { health: 'Progressing', note: `${ready} of ${wanted} pods are ready` } : healthy;
}

function count(object: unknown, field: string): Judged {
  const [wanted, ready] = [numberAt(object, 'spec', 'replicas') ?? 0, numberAt(object, 'status', field) ?? 0];
  return ready < wanted ? { health: 'Progressing', note: `${ready} of ${wanted} pods are ready` } : healthy;
}

function rollout(object: unknown): Judged {
  const observed = at(object, 'status', 'observedGeneration');
  if (String(observed) !== String(at(object, 'metadata', 'generation'))) return { health: 'Progressing', note: 'its latest change isn\'t seen yet' };
  const message = textAt(object, 'status', 'message');
  const note = { ...(message !== undefined && { note: message }) };
  switch (textAt(object, 'status', 'phase')) {
    case 'Healthy':
      return healthy;
    case 'Paused':
      return { health: 'Suspended', note: message ?? 'is paused' };
    case 'Degraded':
      return { health: 'Degraded', ...note };
    default:
      return { health: 'Progressing', ...note };
  }
}

function pod(object: unknown): Judged {
  const phase = textAt(object, 'status', 'phase');
  const waiting = listAt(object, 'status', 'containerStatuses').concat(listAt(object, 'status', 'initContainerStatuses')).flatMap((status) => textAt(status, 'state', 'waiting', 'reason') ?? []);
  const broken = waiting.find((reason) => /BackOff$|^Err|^Invalid|Error$/.test(reason));
  if (broken !== undefined) return { health: 'Degraded', note: broken };
  if (phase === 'Failed') return { health: 'Degraded', note: textAt(object, 'status', 'reason') ?? 'Failed' };
  if (phase === 'Succeeded' || (phase === 'Running' && textAt(condition(object, 'Ready'), 'status') === 'True')) return healthy;
  return { health: 'Progressing', note: waiting[0] ?? (phase === 'Running' ? 'isn\'t ready' : phase ?? 'Pending') };
}

function job(object: unknown): Judged {
  const failed = condition(object, 'Failed');
  if (textAt(failed, 'status') === 'True') return { health: 'Degraded', note: textAt(failed, 'message') ?? 'failed' };
  if (textAt(condition(object, 'Complete'), 'status') === 'True') return healthy;
  return at(object, 'spec', 'suspend') === true ? { health: 'Suspended', note: 'is suspended' } : { health: 'Progressing', note: 'runs' };
}

function route(object: unknown): Judged {
  const parents = listAt(object, 'status', 'parents');
  const bad = parents.flatMap((parent) => listAt(parent, 'conditions')).find((each) => /^(Accepted|ResolvedRefs)$/.test(textAt(each, 'type') ?? '') && textAt(each, 'status') === 'False');
  if (bad !== undefined) return { health: 'Degraded', note: textAt(bad, 'message') ?? textAt(bad, 'reason') ?? 'a gateway refuses it' };
  return parents.length === 0 ? { health: 'Progressing', note: 'no gateway has taken it yet' } : healthy;
}

function byCondition(object: unknown, type: string): Judged {
  const found = condition(object, type);
  const message = textAt(found, 'message') ?? textAt(found, 'reason');
  switch (textAt(found, 'status')) {
    case 'True':
      return healthy;
    case 'False':
      return { health: 'Degraded', ...(message !== undefined && { note: message }) };
    default:
      return { health: 'Progressing', note: `is not ${type} yet` };
  }
}

function condition(object: unknown, type: string): unknown {
  return listAt(object, 'status', 'conditions').find((each) => textAt(each, 'type') === type);
}
