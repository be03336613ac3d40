import { mkdtemp, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { binary } from '../../../lib/control-plane/build.ts';
import { commitFolder } from '../../../lib/control-plane/controllers/bootstrap.ts';
import { awaitObject, type ObjectReference } from '../../../lib/control-plane/controllers/await-object.ts';
import { run } from '../../../lib/control-plane/run-program.ts';
import { runFolder } from '../../../lib/control-plane/plane.ts';
import { textOf } from '../../source-files.ts';
import { build } from '../harness/build.ts';
import { clusters, clusterUnder, environments, pins } from '../harness/controllers/fleet-files.ts';
import type { GitOps } from '../harness/controllers/gitops.ts';
import { appFolders, comparable, uids } from '../harness/controllers/live-objects.ts';
import { bootstrapInputs, installs, startEmptyCluster, startOnceInstalled, startPulumiWorkspace, type EmptyCluster, type Kind, type PulumiWorkspace } from '../harness/controllers/pulumi-workspace.ts';
import { named, whyWithout } from '../harness/need.ts';

const reason = await whyWithout('supervise', 'pki', 'etcd', 'kubernetes', 'kwok', 'kustomize', 'redis', 'helm', 'argo-cd', 'kustomize-controller', 'sourceignore');
const minutes = (count: number): number => count * 2 * 60_000;
const app = 'hello-tornado';
const web: ObjectReference = { path: 'apis/apps/v1', resource: 'deployments', namespace: `${app}-${environments.automated}`, name: app };

interface Deployment {
  readonly spec: { readonly template: { readonly spec: { readonly containers: readonly { readonly image: string }[] } } };
}

/** The commands below a heading of docs/clusters.md. */
function commandsOf(heading: string): string {
  const text = textOf('docs/clusters.md').split(`**${heading}**`)[1];
  const block = /^```sh\n([\s\S]*?)^```$/m.exec(text ?? '')?.[1];
  if (block === undefined) throw new Error(`docs/clusters.md: expected commands after ${heading}`);
  return block;
}

describe.skipIf(reason).each([['argo-cd', 'flux'], ['flux', 'argo-cd']] as const)(named('a cluster that changes from %s to %s', reason), (former, next) => {
  const cluster = clusters[former];
  let pulumi: PulumiWorkspace;
  let live: EmptyCluster;
  let controller: GitOps;
  let inputs: Record<string, unknown>;
  let made: { readonly id: string; readonly properties: Record<string, unknown> };
  let latest: string;
  let before: { readonly uids: Record<string, unknown>; readonly pods: string; readonly objects: Record<string, unknown> };

  const kubectl = async (...args: readonly string[]): Promise<string> => (await live.plane.kubectl(args)).stdout;
  const podsOf = (namespace: string): Promise<string> => kubectl('get', 'pods', '-n', namespace, '-o', 'jsonpath={range .items[*]}{.metadata.uid} {.metadata.creationTimestamp}{"\\n"}{end}');
  const folders = async (): Promise<string[]> => appFolders(await commitFolder(pulumi.runtime.path, latest), [app]);
  const allArrived = async (kind: Kind): Promise<void> => {
    for (const name of ['root', kind, 'platform', ...Object.values(environments), `${app}-${environments.automated}`]) await controller.arrived(name, latest);
  };
  /** Bootstraps the cluster as `pulumi up` does, while somebody starts what the install names. */
  const bootstrapped = async (kind: Kind): Promise<void> => {
    inputs = await bootstrapInputs(cluster, kind, live.plane);
    [made, controller] = await Promise.all([pulumi.provider.create(inputs), startOnceInstalled(kind, live.plane)]);
  };
  /** Runs commands of the documentation in a folder of their own, with the names of this cluster. */
  const follow = async (heading: string): Promise<string> => {
    const folder = await mkdtemp(join(await runFolder(), 'procedure-'));
    await symlink(binary(await build('kubernetes'), 'kubectl'), join(folder, 'kubectl'));
    const names: Readonly<Record<string, string>> = { NAMESPACE: installs[former].namespace, CLUSTER: cluster, FORMER: former, RUNTIME_REPO: pulumi.runtime.path };
    const env = { PATH: `${folder}:${process.env['PATH'] ?? ''}`, HOME: folder, KUBECONFIG: live.plane.kubeconfig, ...names };
    const { code, stdout, stderr } = await run('sh', ['-euc', commandsOf(heading)], { cwd: folder, env });
    expect([code, stderr], stdout).toEqual([0, expect.any(String)]);
    return stdout;
  };

  beforeAll(async () => {
    pulumi = await startPulumiWorkspace();
    latest = pulumi.commit;
    live = await startEmptyCluster();
    await bootstrapped(former);
    await allArrived(former);
    const all = await folders();
    before = { uids: await uids(live.plane, all), pods: await podsOf(web.namespace ?? ''), objects: await comparable(live.plane, all) };
    expect(Object.keys(before.uids).length).toBeGreaterThan(3);
    expect(before.pods).not.toBe('');
  }, minutes(8));
  afterAll(async () => {
    await controller?.stop();
    await live?.stop();
    await pulumi?.stop();
  }, minutes(2));

  it('isn\'t bootstrapped while the former controller works', { timeout: minutes(8) }, async () => {
    const { namespace, workload } = installs[former];
    // Argo CD's namespace is rendered, so that its going needs a word; Flux's is part of upstream's manifest.
    if (former === 'argo-cd') await expect(pulumi.workspace.deliver('Change the controller', clusterUnder(cluster, next))).rejects.toThrow(`--allow-removal Namespace/${namespace}`);
    await follow('Stop the former controller');
    await controller.stop();
    latest = await pulumi.workspace.deliver('Change the controller', clusterUnder(cluster, next), '--allow-removal', `Namespace/${namespace}`);
    await kubectl('scale', '-n', namespace, workload, '--replicas=1');
    await expect(pulumi.provider.create(await bootstrapInputs(cluster, next, live.plane))).rejects.toThrow(new RegExp(`${cluster}: expected ${former} to be stopped before ${next} takes over`));
    await expect(kubectl('get', 'namespace', installs[next].namespace)).rejects.toThrow(/not found/);
    await follow('Stop the former controller');
  });

  it('hands its apps over: nothing is deleted, no pod is restarted', { timeout: minutes(8) }, async () => {
    expect(await pulumi.provider.diff(made.id, made.properties, await bootstrapInputs(cluster, next, live.plane))).toEqual({ changes: true, replaces: ['controller'] });
    await bootstrapped(next);
    await allArrived(next);
    const all = await folders();
    expect(await uids(live.plane, all)).toEqual(before.uids);
    expect(await podsOf(web.namespace ?? '')).toBe(before.pods);
    expect(await comparable(live.plane, all)).toEqual(before.objects);
  });

  it('loses the former\'s install and nothing else', { timeout: minutes(6) }, async () => {
    await follow('Remove the former\'s install');
    expect(await kubectl('get', 'customresourcedefinitions', '-o', 'name')).not.toMatch(former === 'flux' ? /fluxcd/ : /\/(applications|applicationsets|appprojects)\.argoproj/);
    expect(await kubectl('get', 'clusterroles,clusterrolebindings,namespaces', '-o', 'name')).not.toMatch(former === 'flux' ? /flux|slipway-team/ : /argocd/);
    expect(await kubectl('get', 'roles,rolebindings,serviceaccounts', '-A', '-o', 'name')).not.toMatch(former === 'flux' ? /flux|team-/ : /argocd/);
    const all = await folders();
    expect(await uids(live.plane, all)).toEqual(before.uids);
    expect(await podsOf(web.namespace ?? '')).toBe(before.pods);
  });

  it('follows Git from then on by the new controller', { timeout: minutes(4) }, async () => {
    latest = await pulumi.workspace.deliver('Version 2', { [`environments/images/${environments.automated}/kustomization.yaml`]: pins({ [app]: 'v2' }) });
    await controller.refresh();
    await allArrived(next);
    await awaitObject<Deployment>(live.plane, web, { what: 'version 2', until: ({ spec }) => spec.template.spec.containers[0]?.image.endsWith(':v2') ?? false, seconds: 120, programs: controller.programs });
  });

  // The same for either controller, as the rebuild of the sample fleet shows; a minute or two each.
  if (next === 'flux') it('comes back from Git when it is made anew', { timeout: minutes(10) }, async () => {
    const all = await folders();
    const objects = await comparable(live.plane, all);
    await controller.stop();
    await live.stop();
    live = await startEmptyCluster();
    // The engine replaces what another identity has: first the former goes, which touches nothing, then the new one is made.
    expect(await pulumi.provider.diff(made.id, made.properties, await bootstrapInputs(cluster, next, live.plane))).toEqual({ changes: true, replaces: ['identity'] });
    await pulumi.provider.remove(made.id, made.properties);
    await bootstrapped(next);
    await allArrived(next);
    expect(await comparable(live.plane, all)).toEqual(objects);
  });
});
