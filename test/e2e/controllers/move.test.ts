import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MovePlan, MoveStep } from '../../../lib/runtime-repo/move-plan.ts';
import { awaitAbsence, type ObjectReference } from '../../../lib/control-plane/controllers/await-object.ts';
import { startGitServer, type GitServer } from '../../../lib/control-plane/controllers/git-server.ts';
import { waitFor } from '../../../lib/control-plane/process.ts';
import type { Output } from '../../../lib/control-plane/run-program.ts';
import { followAnswered, type Answered } from '../harness/controllers/answered.ts';
import { createRepository, type GitRepository } from '../harness/controllers/git-repository.ts';
import { startLiveCluster, type LiveCluster } from '../harness/controllers/live-cluster.ts';
import { edited, moveClusters, moved, moveFiles, moveUpstream, type MoveCluster } from '../harness/controllers/move-files.ts';
import type { Counts } from '../harness/controllers/served.ts';
import { slowPods } from '../harness/controllers/slow-pods.ts';
import { createWorkspace, type Workspace } from '../harness/controllers/workspace.ts';
import { named, whyWithout } from '../harness/need.ts';

const reason = await whyWithout('supervise', 'pki', 'etcd', 'kubernetes', 'kwok', 'kustomize', 'redis', 'helm', 'argo-cd', 'kustomize-controller', 'sourceignore');
/** Generous: a busy machine is no failure. */
const minutes = (count: number): number => count * 2 * 60_000;
const { app, file, name, namespace, pods } = moved;
const nothing = 'nothing is tracked that this asks for\n';
const whole: Worst = { pods, addresses: pods, gaps: [] };
const deployment: ObjectReference = { path: 'apis/apps/v1', resource: 'deployments', namespace, name };

/** The worst moment of a while. */
interface Worst extends Counts {
  /** Moments in which DNS led to nobody. */
  readonly gaps: readonly string[];
}

const told = ({ pods: ready, addresses, gaps }: Worst): string => [`at least ${ready} ready pods and ${addresses} addresses`, ...gaps].join('\n');

describe.skipIf(reason).each(['argo-cd', 'flux'] as const)(named('a move between two clusters under %s', reason), (kind) => {
  const live = new Map<MoveCluster, LiveCluster>();
  let runtime: GitRepository;
  let server: GitServer;
  let workspace: Workspace;
  let answered: Answered;

  const on = (cluster: string): LiveCluster => {
    const found = live.get(cluster as MoveCluster);
    if (found === undefined) throw new Error(`expected a live cluster, got ${cluster}`);
    return found;
  };
  const programs = () => [...live.values()].flatMap(({ controller }) => controller.programs);
  /** What a webhook does after a push. */
  const refresh = () => Promise.all([...live.values()].map(({ controller }) => controller.refresh()));
  const current = (): Promise<string> => readFile(join(workspace.folder, file), 'utf8');
  const edit = async (...edits: readonly string[]): Promise<string> => edits.reduce(edited, await current());
  const settled = (what: string, until: () => boolean) => waitFor(`${what}; last: ${answered.tell()}`, async () => (until() ? true : undefined), { seconds: 240, programs: programs() });
  const onlyOn = (cluster: string, other: string) => settled(`everything to be on ${cluster} alone`, () => {
    const [here, there] = [answered.on(cluster), answered.on(other)];
    return here.pods === pods && here.addresses === pods && there.pods + there.addresses === 0 && answered.leadsTo().join() === cluster;
  });
  /** What there was at the worst moment since the last look: never more than one cluster's, however many there are. */
  const worst = (): Worst => {
    const { pods: ready, addresses } = answered.fewest();
    return { pods: Math.min(ready, pods), addresses: Math.min(addresses, pods), gaps: answered.gaps() };
  };
  const status = (cluster: string) => workspace.ask('status', app, '--cluster', cluster, '--kubeconfig', on(cluster).plane.kubeconfig);

  /** Runs a command of a step as it stands there, with what a person knows of the place. */
  const run = async (command: string, step: MoveStep, text: string): Promise<void> => {
    const [program, verb, ...args] = command.split(' ');
    if (command === 'git commit') return workspace.commit(step.title, { [file]: text });
    if (program !== 'slipway') throw new Error(`expected git commit or slipway, got ${command}`);
    if (verb === 'publish') {
      await workspace.slipway('publish', '--repo', runtime.path, ...args);
      return;
    }
    if (verb !== 'status') throw new Error(`expected publish or status, got ${command}`);
    const cluster = args.at(-1) ?? '';
    expect(command).toBe(`slipway status ${app} --cluster ${cluster}`);
    const isOver = step.name === 'prune' ? ({ stdout }: Output) => stdout === nothing : ({ code }: Output) => code === 0;
    // Nobody has told the controllers yet, and the pods take their time: whoever takes this for well goes on too early.
    expect(isOver(await status(cluster))).toBe(false);
    await refresh();
    let last = '';
    await waitFor(`${command} to be over (${step.notes.join('; ')})`, async () => {
      const output = await status(cluster);
      last = `${output.stdout}${output.stderr}`;
      return isOver(output) ? true : undefined;
    }, { seconds: 240, programs: programs() }).catch((error: unknown) => {
      throw new Error(`${last}\n${String(error)}`, { cause: error });
    });
  };
  const nextStep = async (from: string, to: string): Promise<MoveStep | undefined> => {
    const { stdout } = await workspace.slipway('move', app, '--environment', 'prod', '--from', from, '--to', to, '--format', 'json');
    return (JSON.parse(stdout) as MovePlan).steps.find(({ state }) => state === 'next');
  };

  beforeAll(async () => {
    runtime = await createRepository();
    server = await startGitServer(runtime.folder);
    workspace = await createWorkspace(runtime, await moveFiles(kind, server.url(runtime.name)), await moveUpstream());
    const [first, podStages] = [await workspace.deliver('First', {}), await slowPods(3)];
    // What one of them fails with is told when both have come to an end, so that nothing is left behind.
    const started = await Promise.allSettled(moveClusters.map(async (cluster) => live.set(cluster, await startLiveCluster(kind, workspace, runtime, first, { cluster, name: cluster, podStages }))));
    for (const each of started) if (each.status === 'rejected') throw each.reason;
    answered = await followAnswered(Object.fromEntries(moveClusters.map((cluster) => [cluster, on(cluster).plane])), namespace, name);
    await onlyOn('east', 'west');
    worst();
  }, minutes(10));
  afterAll(async () => {
    answered?.stop();
    for (const each of live.values()) await each.stop();
    await server?.stop();
  }, minutes(2));

  it('is refused in one commit', { timeout: minutes(2) }, async () => {
    await workspace.commit('Jump', { [file]: await edit(`clusters: { prod: ['west'] }`) });
    await expect(workspace.slipway('publish', '--repo', runtime.path)).rejects.toThrow(/apps\/prod\/shop: would go from east to west in one commit, so that nothing serves it until it is ready there/);
    await workspace.commit('Stay', { [file]: await edit(`clusters: { prod: ['east'] }`) });
  });

  it('never leaves fewer ready pods than wanted, and DNS always leads to some, when it is done step by step as slipway move says', { timeout: minutes(10) }, async () => {
    const taken: string[] = [];
    for (let step = await nextStep('east', 'west'); step !== undefined; step = await nextStep('east', 'west')) {
      expect(taken).not.toContain(step.name);
      taken.push(step.name);
      const text = await edit(...step.edits);
      for (const command of step.run) await run(command, step, text);
      await refresh();
      // "Go on when the old answer has left the caches": there are none here but the one that DNS gives.
      if (step.name === 'shift') await settled('DNS to lead to west', () => answered.leadsTo().join() === 'west');
      expect(told(worst()), `after the step ${step.name}`).toBe(told(whole));
    }
    expect(taken).toEqual(['weigh', 'create', 'shift', 'prune', 'tidy']);
    await awaitAbsence(on('east').plane, deployment, programs(), 240);
    await onlyOn('west', 'east');
    expect(told(worst()), 'at the end').toBe(told(whole));
    expect(await status('east')).toMatchObject({ code: 0, stdout: nothing });
  });

  it('would leave none for a while if it were done in one commit, as somebody may say who means it', { timeout: minutes(4) }, async () => {
    await workspace.commit('Jump back', { [file]: await edit(`clusters: { prod: ['east'] }`) });
    await workspace.slipway('publish', '--repo', runtime.path, '--allow-removal', `App/prod/${app}`, '--allow-removal', `Namespace/${namespace}`);
    await on('west').controller.refresh();
    await awaitAbsence(on('west').plane, deployment, programs(), 240);
    await refresh();
    await onlyOn('east', 'west');
    const { gaps, ...fewest } = worst();
    expect(fewest).toEqual({ pods: 0, addresses: 0 });
    expect(gaps).toContainEqual(expect.stringMatching(/^DNS (has no record|leads to (east|west)): east: .*, 0 ready pods, 0 addresses/));
  });
});
