import { describe, expect, it } from 'vitest';
import { judge } from '../../lib/status/health.ts';

const generation = { generation: 2 };

describe('the health of an object', () => {
  it.each([
    ['a Deployment with all its pods', { kind: 'Deployment', metadata: generation, spec: { replicas: 2 }, status: { observedGeneration: 2, replicas: 2, updatedReplicas: 2, availableReplicas: 2 } }, 'Healthy'],
    ['a Deployment whose change nobody saw yet', { kind: 'Deployment', metadata: generation, spec: { replicas: 2 }, status: { observedGeneration: 1, replicas: 2, updatedReplicas: 2, availableReplicas: 2 } }, 'Progressing'],
    ['a Deployment with old pods left', { kind: 'Deployment', metadata: generation, spec: { replicas: 2 }, status: { observedGeneration: 2, replicas: 3, updatedReplicas: 2, availableReplicas: 3 } }, 'Progressing'],
    ['a Deployment that made no progress in time', { kind: 'Deployment', metadata: generation, spec: { replicas: 2 }, status: { observedGeneration: 2, conditions: [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }] } }, 'Degraded'],
    ['a paused Deployment', { kind: 'Deployment', metadata: generation, spec: { replicas: 2, paused: true }, status: { observedGeneration: 2 } }, 'Suspended'],
    ['a Deployment that nobody wants pods of', { kind: 'Deployment', metadata: generation, spec: { replicas: 0 }, status: { observedGeneration: 2 } }, 'Healthy'],
    ['a StatefulSet that isn\'t ready', { kind: 'StatefulSet', metadata: generation, spec: { replicas: 3 }, status: { observedGeneration: 2, replicas: 3, updatedReplicas: 3, readyReplicas: 1 } }, 'Progressing'],
    ['a DaemonSet on all nodes', { kind: 'DaemonSet', metadata: generation, status: { observedGeneration: 2, desiredNumberScheduled: 4, updatedNumberScheduled: 4, numberReady: 4 } }, 'Healthy'],
    ['a Rollout in the middle of a step', { kind: 'Rollout', metadata: generation, status: { observedGeneration: '2', phase: 'Progressing' } }, 'Progressing'],
    ['an aborted Rollout', { kind: 'Rollout', metadata: generation, status: { observedGeneration: '2', phase: 'Degraded', message: 'RolloutAborted' } }, 'Degraded'],
    ['a Rollout whose change nobody saw yet', { kind: 'Rollout', metadata: generation, status: { observedGeneration: '1', phase: 'Healthy' } }, 'Progressing'],
    ['a pod whose image can\'t be pulled', { kind: 'Pod', status: { phase: 'Pending', containerStatuses: [{ state: { waiting: { reason: 'ErrImagePull' } } }] } }, 'Degraded'],
    ['a pod that crashes', { kind: 'Pod', status: { phase: 'Running', containerStatuses: [{ state: { waiting: { reason: 'CrashLoopBackOff' } } }] } }, 'Degraded'],
    ['a pod that starts', { kind: 'Pod', status: { phase: 'Pending', containerStatuses: [{ state: { waiting: { reason: 'ContainerCreating' } } }] } }, 'Progressing'],
    ['a pod that finished', { kind: 'Pod', status: { phase: 'Succeeded' } }, 'Healthy'],
    ['a Job that failed', { kind: 'Job', status: { conditions: [{ type: 'Failed', status: 'True', message: 'too often' }] } }, 'Degraded'],
    ['a Job that runs', { kind: 'Job', status: {} }, 'Progressing'],
    ['a claim that is bound', { kind: 'PersistentVolumeClaim', status: { phase: 'Bound' } }, 'Healthy'],
    ['a claim whose volume is lost', { kind: 'PersistentVolumeClaim', status: { phase: 'Lost' } }, 'Degraded'],
    ['an Ingress without an address', { kind: 'Ingress', status: { loadBalancer: {} } }, 'Progressing'],
    ['a Service inside of the cluster', { kind: 'Service', spec: { type: 'ClusterIP' }, status: { loadBalancer: {} } }, 'Healthy'],
    ['a load balancer without an address', { kind: 'Service', spec: { type: 'LoadBalancer' }, status: { loadBalancer: {} } }, 'Progressing'],
    ['a route that a gateway refuses', { kind: 'HTTPRoute', status: { parents: [{ conditions: [{ type: 'Accepted', status: 'False', message: 'no listener' }] }] } }, 'Degraded'],
    ['a route that no gateway has taken', { kind: 'HTTPRoute', status: { parents: [] } }, 'Progressing'],
    ['an ExternalSecret that can\'t be read', { kind: 'ExternalSecret', status: { conditions: [{ type: 'Ready', status: 'False', message: 'could not get secret' }] } }, 'Degraded'],
    ['an object that is being deleted', { kind: 'ConfigMap', metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } }, 'Progressing'],
    ['an object without a health', { kind: 'ConfigMap' }, 'Healthy'],
  ])('of %s', (_, object, health) => {
    expect(judge(object).health).toBe(health);
  });
});
