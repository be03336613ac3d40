import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureNamespace } from '../../../lib/control-plane/controllers/install.ts';
import { installRollouts, startRollouts, type Rollout, type Rollouts } from '../harness/controllers/rollouts.ts';
import { named, whyWithout } from '../harness/need.ts';
import { startPlane, type OwnPlane } from '../../../lib/control-plane/plane.ts';

const reason = await whyWithout('supervise', 'pki', 'etcd', 'kubernetes', 'kwok', 'argo-rollouts');

describe.skipIf(reason)(named('Argo Rollouts as a host process', reason), () => {
  let plane: OwnPlane;
  let rollouts: Rollouts;
  const apply = (image: string, replicas: number) => {
    const labels = { app: 'web' };
    const rollout = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      metadata: { name: 'web', namespace: 'shop' },
      spec: {
        replicas,
        selector: { matchLabels: labels },
        strategy: { canary: { steps: [{ setWeight: 20 }, { pause: {} }] } },
        template: { metadata: { labels }, spec: { containers: [{ name: 'main', image }] } },
      },
    };
    return plane.kubectl(['apply', '--server-side', '-f', '-'], { input: JSON.stringify(rollout) });
  };
  const web = (what: string, until: (status: NonNullable<Rollout['status']>) => boolean) =>
    rollouts.rollout('shop', 'web', what, ({ metadata, status }) => status?.observedGeneration === String(metadata.generation) && until(status));

  beforeAll(async () => {
    plane = await startPlane();
    await installRollouts(plane);
    rollouts = await startRollouts(plane);
    await ensureNamespace(plane, 'shop');
    await apply('example.test/web:1', 5);
  });
  afterAll(async () => {
    await rollouts?.stop();
    await plane?.stop();
  });

  it('brings a Rollout to Healthy, pauses a canary at one pod of five, and goes back to the stable version at once', async () => {
    const first = await web('Healthy', ({ phase, availableReplicas }) => phase === 'Healthy' && availableReplicas === 5);
    await apply('example.test/web:2', 5);
    const paused = await web('paused', ({ phase, updatedReplicas, availableReplicas }) => phase === 'Paused' && updatedReplicas === 1 && availableReplicas === 5);
    expect(paused.status?.stableRS).toBe(first.status?.stableRS);
    await apply('example.test/web:1', 5);
    const back = await web('Healthy again', ({ phase, currentPodHash, stableRS }) => phase === 'Healthy' && currentPodHash === stableRS);
    expect(back.status?.stableRS).toBe(first.status?.stableRS);
  });
});
