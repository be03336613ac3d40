import { describe, expect, it } from 'vitest';
import { peakPods } from '../../../lib/validate/rollouts/peak.ts';
import { podDemand, podShare } from '../../../lib/validate/rollouts/pod-demand.ts';
import { workloadOf } from '../../../lib/validate/scope/workload.ts';
import type { Loose } from '../healthy-app.ts';
import { canary, rollout } from '../rules/rollout-objects.ts';

const router = { trafficRouting: { plugins: { 'acme/router': {} } } };
const peak = (options: Loose, replicas = 10): string => {
  const { pods, parts } = peakPods(canary(options), replicas);
  return `${pods}: ${parts}`;
};

describe('the most pods of a Rollout', () => {
  it('are those of both versions in a blue-green deployment and with a traffic router', () => {
    expect(peakPods(rollout({ blueGreen: { activeService: 'live' } }), 6)).toEqual({ pods: 12, parts: '6 running and 6 new' });
    expect(peak({ ...router, steps: [{ setWeight: 20 }] })).toBe('20: 10 running and 10 new');
  });

  it('are as many more as the surge allows without a router', () => {
    expect(peak({ maxSurge: '20%', steps: [{ setWeight: 50 }] })).toBe('12: 10 running and 2 new');
    expect(peak({ maxSurge: 0 })).toBe('10: 10 running');
    expect(peak({})).toBe('13: 10 running and 3 new');
  });

  it('are fewer where the running version shrinks: the heaviest change of weight counts', () => {
    expect(peak({ ...router, dynamicStableScale: true, steps: [{ setWeight: 20 }, { setWeight: 60 }] })).toBe('14: 8 running and 6 new');
    expect(peak({ ...router, dynamicStableScale: true, steps: [{ setWeight: 10 }, { setWeight: 20 }, { setWeight: 30 }, { setWeight: 40 }, { setWeight: 50 }] })).toBe('15: 5 running and 10 new');
  });

  it('follow a scale that is set, and weights of another total', () => {
    expect(peak({ ...router, steps: [{ setCanaryScale: { replicas: 15 } }, { setWeight: 20 }] })).toBe('25: 10 running and 15 new');
    expect(peak({ trafficRouting: { nginx: {}, maxTrafficWeight: 1000 }, dynamicStableScale: true, steps: [{ setWeight: 500 }] })).toBe('15: 10 running and 5 new');
  });

  it('count the pods of an experiment beside those of its step', () => {
    const experiment = { experiment: { templates: [{ name: 'a', specRef: 'canary', replicas: 4 }, { name: 'b', specRef: 'stable' }] } };
    expect(peak({ maxSurge: 1, steps: [{ setWeight: 20 }, experiment] })).toBe('15: 8 running and 2 new and 5 of an experiment');
    expect(peak({ ...router, steps: [{ setWeight: 80 }, experiment] })).toBe('23: 10 running and 8 new and 5 of an experiment');
  });
});

describe('what a pod takes of a quota', () => {
  const share = (spec: Loose, side: 'limits' | 'requests', defaults: Loose = {}): unknown => {
    const workload = workloadOf('Pod', { spec });
    return workload === undefined ? undefined : podShare(podDemand(workload), side, 'cpu', defaults);
  };
  const container = (name: string, resources: Loose): Loose => ({ name, resources });

  it('is the sum of its containers, or of the largest that ends before them', () => {
    const main = [container('a', { requests: { cpu: '100m' } }), container('b', { requests: { cpu: '200m' } })];
    expect(share({ containers: main }, 'requests')).toEqual({ nano: 300_000_000n });
    expect(share({ containers: main, initContainers: [container('i', { requests: { cpu: '1' } }), container('j', { requests: { cpu: '50m' } })] }, 'requests')).toEqual({ nano: 1_000_000_000n });
    expect(share({ containers: main, initContainers: [{ ...container('side', { requests: { cpu: '100m' } }), restartPolicy: 'Always' }] }, 'requests')).toEqual({ nano: 400_000_000n });
  });

  it('is the limit where no request is said, and what the namespace gives where nothing is', () => {
    expect(share({ containers: [container('a', { limits: { cpu: '2' } })] }, 'requests')).toEqual({ nano: 2_000_000_000n });
    const defaults = { default: { cpu: '1' }, defaultRequest: { cpu: '100m' } };
    expect(share({ containers: [container('a', {})] }, 'requests', defaults)).toEqual({ nano: 100_000_000n });
    expect(share({ containers: [container('a', {})] }, 'limits', defaults)).toEqual({ nano: 1_000_000_000n });
    expect(share({ containers: [container('a', {}), container('b', { requests: { cpu: '1' } })] }, 'limits')).toEqual({ silent: ['a', 'b'] });
  });

  it('is what the pod as a whole asks for, where it does', () => {
    expect(share({ resources: { requests: { cpu: '3' } }, containers: [container('a', {})] }, 'requests')).toEqual({ nano: 3_000_000_000n });
  });
});
