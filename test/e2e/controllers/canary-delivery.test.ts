import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commitFolder } from '../../../lib/control-plane/controllers/bootstrap.ts';
import { startGitServer, type GitServer } from '../../../lib/control-plane/controllers/git-server.ts';
import type { HostProcesses } from '../../../lib/control-plane/controllers/host-process.ts';
import type { KubeObject } from '../../../lib/manifests/rendered.ts';
import { predict } from '../../../lib/rollouts/simulate/predict.ts';
import { fromJson } from '../../../lib/expr/value.ts';
import { startFeed, type Feed } from '../harness/canary/feed.ts';
import { shopOf, type Shop } from '../harness/canary/shop.ts';
import { shopAt, shopFiles, shopUpstream, type ShopVersion } from '../harness/canary/shop-files.ts';
import { startWithFeed } from '../harness/canary/stage.ts';
import { createRepository, type GitRepository } from '../harness/controllers/git-repository.ts';
import { startLiveCluster, type LiveCluster } from '../harness/controllers/live-cluster.ts';
import { createWorkspace, type Workspace } from '../harness/controllers/workspace.ts';
import { named, whyWithout } from '../harness/need.ts';
import { kustomizeBuild } from '../harness/objects.ts';

const reason = await whyWithout('supervise', 'pki', 'etcd', 'kubernetes', 'kwok', 'kustomize', 'redis', 'helm', 'argo-cd', 'kustomize-controller', 'sourceignore', 'argo-rollouts');
/** Generous: a busy machine is no failure. */
const minutes = (count: number): number => count * 2 * 60_000;
const versions = { first: { tag: 'v1', currency: 'EUR' }, good: { tag: 'v2', currency: 'USD' }, bad: { tag: 'v3', currency: 'GBP' }, other: { tag: 'v4', currency: 'CHF' } } as const satisfies Record<string, ShopVersion>;

// The app is published by the command line and delivered by the controller, its add-on Argo Rollouts too; the Rollout is acted on by the real one.
describe.skipIf(reason).each(['argo-cd', 'flux'] as const)(named('a canary delivered by %s', reason), (kind) => {
  let runtime: GitRepository;
  let server: GitServer;
  let workspace: Workspace;
  let live: LiveCluster;
  let feed: Feed;
  let rollouts: HostProcesses;
  let shop: Shop;
  let status = 'ok';

  const deliver = async (version: ShopVersion): Promise<string> => {
    const commit = await workspace.deliver(`Version ${version.tag}`, shopAt(version));
    await live.controller.refresh();
    return commit;
  };

  beforeAll(async () => {
    runtime = await createRepository();
    server = await startGitServer(runtime.folder);
    workspace = await createWorkspace(runtime, await shopFiles(server.url(runtime.name)), await shopUpstream());
    const commit = await workspace.deliver('First', {});
    feed = await startFeed();
    feed.serve('shop-web-canary.shop-prod.svc', () => ({ status: 200, body: { status } }));
    live = await startLiveCluster(kind, workspace, runtime, commit);
    await live.plane.kubectl(['wait', '--for=create', 'deployment/argo-rollouts', '-n', 'argo-rollouts', '--timeout=240s']);
    rollouts = await startWithFeed(live.plane, feed);
    shop = shopOf(live.plane, [...live.controller.programs, ...rollouts.programs]);
    await live.controller.refresh();
  }, minutes(8));
  afterAll(async () => {
    await rollouts?.stop();
    await live?.stop();
    await feed?.stop();
    await server?.stop();
  }, minutes(2));

  it('comes up at its first version without steps', { timeout: minutes(4) }, async () => {
    await shop.rollout('Healthy at v1', shop.isAt('v1'), ({ phase, availableReplicas }) => phase === 'Healthy' && availableReplicas === 4);
    await live.controller.arrived('shop-prod');
  });

  it('pauses a good version at its share with the config of both, and brings it to all when a person goes on', { timeout: minutes(4) }, async () => {
    const before = await shop.pods('v1');
    await deliver(versions.good);
    await shop.rollout('paused at v2', shop.isAt('v2'), ({ phase, currentStepIndex, updatedReplicas }) => phase === 'Paused' && currentStepIndex === 3 && updatedReplicas === 2);
    const during = await shop.pods('v1');
    expect(during.length).toBeGreaterThan(0);
    expect(before).toEqual(expect.arrayContaining(during));
    expect(Object.values(await shop.configs()).sort()).toEqual(['EUR', 'USD']);
    expect(await shop.configsInUse()).toEqual(['EUR', 'USD']);
    await shop.goOn();
    await shop.rollout('Healthy at v2', shop.isAt('v2'), ({ phase, stableRS, currentPodHash }) => phase === 'Healthy' && stableRS === currentPodHash);
    await live.controller.arrived('shop-prod');
  });

  it('aborts a bad version at its analysis, as foretold; the pods and the config of the good one stay', { timeout: minutes(4) }, async () => {
    const before = await shop.pods('v2');
    status = 'broken';
    const commit = await deliver(versions.bad);
    const seen = await shop.rollout('aborted at v3', shop.isAt('v3'), ({ phase, abort, updatedReplicas, availableReplicas }) => phase === 'Degraded' && abort === true && (updatedReplicas ?? 0) === 0 && availableReplicas === 4);
    const objects = (await kustomizeBuild(join(await commitFolder(runtime.path, commit), 'apps/prod/shop'))) as readonly KubeObject[];
    const rollout = objects.find((object) => object.kind === 'Rollout')!;
    const foretold = predict(rollout, objects.filter((object) => object.kind === 'AnalysisTemplate'), { 'http-check': [{ result: fromJson('broken'), shown: '"broken"' }] });
    expect(foretold).toMatchObject({ abort: true, decidedAtStep: 1, phase: 'Degraded' });
    expect(seen.status?.message?.replace(/revision \d+/, 'revision 2')).toBe(foretold.message);
    const after = await shop.pods('v2');
    expect(after).toHaveLength(4);
    expect(after.filter((pod) => before.includes(pod)).length).toBeGreaterThanOrEqual(3);
    expect(Object.values(await shop.configs())).toEqual(expect.arrayContaining(['USD', 'GBP']));
    expect(await shop.configsInUse()).toEqual(['USD']);
  });

  it('leaves the selectors of the Services and the Rollout alone, however often it looks', { timeout: minutes(4) }, async () => {
    await shop.awaitSelectors();
    const before = await shop.untouched();
    for (let time = 0; time < 3; time += 1) {
      await shop.look(live.controller);
    }
    expect(await shop.untouched()).toEqual(before);
  });

  it('goes back at once when the bad version is taken back', { timeout: minutes(4) }, async () => {
    const before = await shop.pods('v2');
    const commit = await deliver(versions.good);
    await shop.rollout('Healthy at v2 again', shop.isAt('v2'), ({ phase, stableRS, currentPodHash }) => phase === 'Healthy' && stableRS === currentPodHash);
    await live.controller.arrived('shop-prod', commit);
    expect(await shop.pods('v2')).toEqual(before);
  });

  it('takes a commit back during the pause at once, without the steps', { timeout: minutes(4) }, async () => {
    status = 'ok';
    await deliver(versions.other);
    await shop.rollout('paused at v4', shop.isAt('v4'), ({ phase, currentStepIndex, updatedReplicas }) => phase === 'Paused' && currentStepIndex === 3 && updatedReplicas === 2);
    const runs = await shop.analysisRuns();
    const commit = await deliver(versions.good);
    await shop.rollout('Healthy at v2 once more', shop.isAt('v2'), ({ phase, stableRS, currentPodHash, availableReplicas }) => phase === 'Healthy' && stableRS === currentPodHash && availableReplicas === 4);
    await live.controller.arrived('shop-prod', commit);
    expect(await shop.analysisRuns()).toEqual(runs);
    expect(await shop.configsInUse()).toEqual(['USD']);
  });
});
