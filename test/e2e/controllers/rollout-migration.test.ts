import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { awaitAbsence, awaitObject, objectPath, type ObjectReference } from '../../../lib/control-plane/controllers/await-object.ts';
import { startGitServer, type GitServer } from '../../../lib/control-plane/controllers/git-server.ts';
import { waitFor } from '../../../lib/control-plane/process.ts';
import { shopFiles, shopUpstream } from '../harness/canary/shop-files.ts';
import { createRepository, type GitRepository } from '../harness/controllers/git-repository.ts';
import { startLiveCluster, type LiveCluster } from '../harness/controllers/live-cluster.ts';
import { startRollouts, type Rollout, type Rollouts } from '../harness/controllers/rollouts.ts';
import { followServed, type Served } from '../harness/controllers/served.ts';
import { slowPods } from '../harness/controllers/slow-pods.ts';
import { createWorkspace, type Workspace } from '../harness/controllers/workspace.ts';
import { named, whyWithout } from '../harness/need.ts';

const reason = await whyWithout('supervise', 'pki', 'etcd', 'kubernetes', 'kwok', 'kustomize', 'redis', 'helm', 'argo-cd', 'kustomize-controller', 'sourceignore', 'argo-rollouts');
/** Generous: a busy machine is no failure. */
const minutes = (count: number): number => count * 2 * 60_000;
const [namespace, name, pods] = ['shop-prod', 'shop-web', 4];
const deployment: ObjectReference = { path: 'apis/apps/v1', resource: 'deployments', namespace, name };
const rollout: ObjectReference = { path: 'apis/argoproj.io/v1alpha1', resource: 'rollouts', namespace, name };
const service: ObjectReference = { path: 'api/v1', resource: 'services', namespace, name };

interface Way {
  readonly what: string;
  readonly options: string;
  readonly scaleDown: 'never' | 'onsuccess' | 'progressively';
  readonly under: readonly ('argo-cd' | 'flux')[];
}

/** Each takes minutes: blue-green goes under both controllers, each canary under one, and one follows the other on the same Service. */
const ways: readonly Way[] = [
  { what: 'a canary, all pods at once', options: `canary({ steps: [weight(50), pause('3s')] })`, scaleDown: 'onsuccess', under: ['argo-cd'] },
  { what: 'blue-green, pod by pod', options: 'blueGreen()', scaleDown: 'progressively', under: ['argo-cd', 'flux'] },
  { what: 'a canary, pods left until the end', options: `canary({ steps: [weight(50), pause('3s')] })`, scaleDown: 'never', under: ['flux'] },
];

interface Deployment {
  readonly metadata: { readonly generation: number };
  readonly spec: { readonly replicas: number };
  readonly status?: { readonly availableReplicas?: number; readonly updatedReplicas?: number; readonly observedGeneration?: number };
}

/** The app, with or without a rollout, at a version. */
function shop(rolledOut: string, tag: string): Record<string, string> {
  const names = ['blueGreen', 'canary', 'fromDeployment', 'pause', 'toDeployment', 'weight'].filter((each) => rolledOut.includes(each));
  return {
    'apps/shop.ts': `import { ${['defineApp', 'gunicorn', 'ingress', 'PythonApp', ...names].join(', ')} } from '../lib/index.ts';

export default defineApp('shop', {
  team: 'shop',
  source: 'https://github.com/acme/shop',
  environments: ['prod'],
  build(chart, { images }) {
    new PythonApp(chart, 'web', {
      image: images.main,
      server: gunicorn('shop.main:app'),
      port: 8000,
      replicas: ${pods},
      expose: ingress({ host: 'shop', className: 'nginx' }),${rolledOut === '' ? '' : `\n      rollout: ${rolledOut},`}
    });
  },
});
`,
    'environments/images/prod/kustomization.yaml': `images:\n  - name: shop\n    newName: ghcr.io/acme/shop\n    newTag: ${tag}\n`,
  };
}

describe.skipIf(reason).each(['argo-cd', 'flux'] as const)(named('the way between a Deployment and a Rollout under %s', reason), (kind) => {
  let runtime: GitRepository;
  let server: GitServer;
  let workspace: Workspace;
  let live: LiveCluster;
  let rollouts: Rollouts;
  let served: Served;
  let tag = 'v1';

  /** Publishes and waits until the app and what tracks it have arrived. */
  const deliver = async (rolledOut: string, ...options: readonly string[]): Promise<void> => {
    const commit = await workspace.deliver(`${rolledOut} ${tag}`, shop(rolledOut, tag), ...options);
    await live.controller.refresh();
    for (const each of ['prod', 'shop-prod']) await live.controller.arrived(each, commit);
  };
  const refused = (rolledOut: string, message: RegExp) => expect(workspace.deliver('Refused', shop(rolledOut, tag))).rejects.toThrow(message);
  const deployed = (what: string, until: (object: Deployment) => boolean) => awaitObject<Deployment>(live.plane, deployment, { what: `the Deployment to be ${what}`, until, tell: (object) => JSON.stringify([object.spec.replicas, object.status]), seconds: 240, programs: live.controller.programs });
  const healthy = (): Promise<Rollout> => rollouts.rollout(namespace, name, 'Healthy', ({ metadata, status }) => status?.observedGeneration === String(metadata.generation) && status.phase === 'Healthy' && status.availableReplicas === pods && status.stableRS === status.currentPodHash, 240);
  const full = () => deployed('complete', ({ metadata, status }) => status?.observedGeneration === metadata.generation && status.availableReplicas === pods && status.updatedReplicas === pods);
  const wholeTime = () => {
    const { pods: ready, addresses } = served.fewest();
    return { pods: Math.min(ready, pods), addresses: Math.min(addresses, pods) };
  };
  const gone = () => waitFor('all pods to be gone', async () => (served.now().pods === 0 ? true : undefined), { seconds: 240, programs: live.controller.programs });
  const settled = () => waitFor('the pods and the addresses to be as many as wanted', async () => {
    const now = served.now();
    return now.pods === pods && now.addresses === pods ? true : undefined;
  }, { seconds: 240, programs: live.controller.programs });

  beforeAll(async () => {
    runtime = await createRepository();
    server = await startGitServer(runtime.folder);
    workspace = await createWorkspace(runtime, { ...(await shopFiles(server.url(runtime.name))), ...shop('', tag) }, await shopUpstream());
    live = await startLiveCluster(kind, workspace, runtime, await workspace.deliver('First', {}), { podStages: await slowPods(3) });
    await live.plane.kubectl(['wait', '--for=create', 'deployment/argo-rollouts', '-n', 'argo-rollouts', '--timeout=240s']);
    rollouts = await startRollouts(live.plane);
    await full();
    served = await followServed(live.plane, namespace, name);
    await settled();
    served.fewest();
  }, minutes(10));
  afterAll(async () => {
    served?.stop();
    await rollouts?.stop();
    await live?.stop();
    await server?.stop();
  }, minutes(2));

  it.each(ways.filter(({ under }) => under.includes(kind)).map(({ what, options, scaleDown }) => [what, options, scaleDown] as const))('never has fewer pods than wanted, there and back: %s', { timeout: minutes(12) }, async (_, options, scaleDown) => {
    await refused(options, /would delete Deployment\/shop-prod\/shop-web, whose place Rollout\/shop-prod\/shop-web takes/);
    await deliver(`fromDeployment(${options}, { scaleDown: '${scaleDown}' })`);
    const first = await healthy();
    if (scaleDown !== 'never') {
      const { metadata } = await deployed('without pods', ({ spec }) => spec.replicas === 0);
      for (let time = 0; time < 2; time += 1) {
        await live.controller.refresh();
        await live.controller.arrived('shop-prod');
      }
      expect((await live.plane.api.get(objectPath(deployment))) as Deployment).toMatchObject({ metadata: { generation: metadata.generation }, spec: { replicas: 0 } });
    }
    await refused('', /would delete Rollout\/shop-prod\/shop-web, whose place Deployment\/shop-prod\/shop-web takes, but the Rollout as published/);
    expect(wholeTime()).toEqual({ pods, addresses: pods });

    await deliver(options);
    await awaitAbsence(live.plane, deployment, live.controller.programs, 240);
    expect((await healthy()).status).toMatchObject({ stableRS: first.status?.stableRS });
    await settled();
    expect(wholeTime()).toEqual({ pods, addresses: pods });

    tag = tag === 'v1' ? 'v2' : 'v1';
    await deliver(options);
    expect((await healthy()).status?.stableRS).not.toBe(first.status?.stableRS);
    await refused('', /would delete Rollout\/shop-prod\/shop-web.* until the pods of the Deployment are ready/s);

    await deliver(`toDeployment(${options})`);
    await full();
    await awaitObject<{ readonly spec: { readonly selector: object } }>(live.plane, service, { what: 'the Service to lead to all pods', until: ({ spec }) => !('rollouts-pod-template-hash' in spec.selector), seconds: 240, programs: rollouts.programs });
    await deliver('');
    await awaitAbsence(live.plane, rollout, live.controller.programs, 240);
    // Else the next Rollout gets the Service with its first ready pod, not with its last.
    expect(JSON.stringify(((await live.plane.api.get(objectPath(service))) as { metadata: { annotations?: object } }).metadata.annotations ?? {})).not.toContain('managed-by-rollouts');
    await full();
    await settled();
    expect(wholeTime()).toEqual({ pods, addresses: pods });
  });

  it('would leave no pod at all for a while if it were taken in one step, as somebody may say who means it', { timeout: minutes(4) }, async () => {
    const options = `canary({ steps: [weight(50), pause('3s')] })`;
    // However slow the controller is to delete, no new pod is ready before.
    await live.plane.kubectl(['cordon', '--selector', 'kubernetes.io/os=linux']);
    const commit = await workspace.deliver('In one step', shop(options, tag), '--allow-removal', 'Deployment/shop-prod/shop-web');
    await live.controller.refresh();
    await awaitAbsence(live.plane, deployment, live.controller.programs);
    await gone();
    await live.plane.kubectl(['uncordon', '--selector', 'kubernetes.io/os=linux']);
    await live.controller.arrived('shop-prod', commit);
    await healthy();
    await settled();
    expect(served.fewest()).toEqual({ pods: 0, addresses: 0 });
  });
});
