import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bootstrapContract } from '../../../lib/clusters/bootstrap/resource.ts';
import { bootstrapProvider } from '../../../lib/clusters/bootstrap/provider.ts';
import { startGitServer, type GitServer } from '../../../lib/control-plane/controllers/git-server.ts';
import { startOperatorsStandIn } from '../../../lib/control-plane/controllers/operators-stand-in.ts';
import { startPlane, type OwnPlane } from '../../../lib/control-plane/plane.ts';
import { waitFor } from '../../../lib/control-plane/process.ts';
import { clusters, fleetFiles, upstreamFolder } from '../harness/controllers/fleet-files.ts';
import { createRepository, type GitRepository } from '../harness/controllers/git-repository.ts';
import { startGitOps, type GitOps } from '../harness/controllers/gitops.ts';
import { createWorkspace, type Workspace } from '../harness/controllers/workspace.ts';
import { startDynamicProvider, type DynamicProvider } from '../harness/dynamic-provider.ts';
import { named, whyWithout } from '../harness/need.ts';
import { root } from '../harness/sample-fleet.ts';

const reason = await whyWithout('supervise', 'pki', 'etcd', 'kubernetes', 'kwok', 'kustomize', 'redis', 'helm', 'argo-cd', 'kustomize-controller', 'sourceignore');
const minutes = (count: number): number => count * 2 * 60_000;

/** Workloads whose presence says that the install was applied: a kubelet would start the controller then. */
const workloads = { 'argo-cd': 'statefulset/argocd-application-controller', flux: 'deployment/kustomize-controller' } as const;

describe.skipIf(reason).each(['argo-cd', 'flux'] as const)(named('the bootstrap that Pulumi runs, of %s', reason), (kind) => {
  const stops: (() => Promise<void>)[] = [];
  let runtime: GitRepository;
  let server: GitServer;
  let workspace: Workspace;
  let plane: OwnPlane;
  let provider: DynamicProvider;
  let inputs: Record<string, unknown>;
  let commit: string;
  let made: Awaited<ReturnType<DynamicProvider['create']>>;
  let controller: GitOps;

  /** The controller's programs, started as soon as its install is there. */
  const started = async (): Promise<GitOps> => {
    const namespace = kind === 'argo-cd' ? 'argocd' : 'flux-system';
    await waitFor(`the install of ${kind}`, async () => (await plane.kubectl(['rollout', 'status', '--timeout=60s', '-n', namespace, workloads[kind]])).stdout !== '' || undefined, { seconds: 240, programs: plane.programs });
    if (kind === 'argo-cd') await plane.kubectl(['rollout', 'status', '--timeout=60s', '-n', namespace, 'deployment/argocd-server']);
    controller = await startGitOps(kind, plane);
    stops.push(() => controller.stop());
    return controller;
  };

  beforeAll(async () => {
    runtime = await createRepository();
    server = await startGitServer(runtime.folder);
    stops.push(() => server.stop());
    // One app is enough to follow; what it needs is in every cluster.
    const files = Object.entries(await fleetFiles(server.url(runtime.name))).filter(([path]) => !path.startsWith('apps/') || path === 'apps/hello-tornado.ts');
    workspace = await createWorkspace(runtime, Object.fromEntries(files), await upstreamFolder());
    // The program is found by the package's own name, as in a clone of this project.
    const { name, type, exports } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
    await writeFile(join(workspace.folder, 'package.json'), JSON.stringify({ name, type, exports }));
    await writeFile(join(workspace.folder, 'Pulumi.yaml'), await readFile(join(root, 'Pulumi.yaml')));
    commit = await workspace.deliver('First', {});
    plane = await startPlane({ autoscaler: false });
    stops.push(() => plane.stop());
    const operators = await startOperatorsStandIn(plane);
    stops.push(() => operators.stop());
    provider = await startDynamicProvider(bootstrapProvider, workspace.folder, { PATH: process.env['PATH'], HOME: workspace.folder });
    stops.push(() => provider.stop());
    inputs = { cluster: clusters[kind], controller: kind, identity: plane.server, kubeconfig: await readFile(plane.kubeconfig, 'utf8'), adopt: false, follow: true, contract: bootstrapContract };
  }, minutes(4));
  afterAll(async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  }, minutes(2));

  it('takes an empty cluster to a controller that follows the runtime repo', { timeout: minutes(6) }, async () => {
    [made] = await Promise.all([provider.create(inputs), started()]);
    expect(made).toEqual({ id: `${clusters[kind]}/${kind}`, properties: { ...inputs, commit } });
  });

  it('applies as the controller itself, so that every field is its own', { timeout: minutes(1) }, async () => {
    const namespace = kind === 'argo-cd' ? 'argocd' : 'flux-system';
    const [manager, workload] = [kind === 'argo-cd' ? 'argocd-controller' : 'kustomize-controller', workloads[kind]];
    const { metadata } = JSON.parse((await plane.kubectl(['get', '-n', namespace, workload, '-o', 'json', '--show-managed-fields'])).stdout) as { readonly metadata: { readonly managedFields: readonly { readonly manager: string; readonly operation: string }[] } };
    expect(metadata.managedFields.filter(({ operation }) => operation === 'Apply').map(({ manager: name }) => name)).toEqual([manager]);
  });

  it('finds nothing to do on the next run, with another kubeconfig too, and bootstraps a cluster that was made anew or changed its controller', { timeout: minutes(1) }, async () => {
    const { id, properties } = made;
    expect(await provider.diff(id, properties, inputs)).toEqual({ changes: false, replaces: [] });
    expect(await provider.diff(id, properties, { ...inputs, kubeconfig: 'another' })).toEqual({ changes: false, replaces: [] });
    expect(await provider.diff(id, properties, { ...inputs, identity: 'another' })).toEqual({ changes: true, replaces: ['identity'] });
    expect(await provider.diff(id, properties, { ...inputs, controller: 'another' })).toEqual({ changes: true, replaces: ['controller'] });
  });

  it('changes nothing when it runs again on what is there', { timeout: minutes(5) }, async () => {
    const versions = async (): Promise<string> => (await plane.kubectl(['get', 'customresourcedefinitions,clusterroles,clusterrolebindings', '-o', 'custom-columns=K:.kind,N:.metadata.name,G:.metadata.generation,V:.metadata.resourceVersion', '--no-headers'])).stdout.split('\n').filter((line) => /argoproj|argocd|toolkit.fluxcd|kustomize-controller/.test(line)).join('\n');
    // The controller takes over its own install first: that is its change, not ours.
    await controller.arrived(kind, commit);
    const before = await versions();
    expect(before).not.toBe('');
    await provider.create(inputs);
    expect(await versions()).toBe(before);
  });

  it('leaves everything where it is when the resource goes', { timeout: minutes(1) }, async () => {
    await provider.remove(made.id, made.properties);
    const namespace = kind === 'argo-cd' ? 'argocd' : 'flux-system';
    expect((await plane.kubectl(['get', '-n', namespace, workloads[kind], '-o', 'name'])).stdout).toContain(workloads[kind].split('/')[1]);
  });

  it('says what is wrong instead of a stack, and shows no credential', { timeout: minutes(1) }, async () => {
    await expect(provider.create({ ...inputs, cluster: 'nowhere' })).rejects.toThrow(/nowhere: expected a cluster of the fleet\..*\n.*Known: blue, green/);
    const wrong = await provider.create({ ...inputs, kubeconfig: String(inputs['kubeconfig']).replace(/https:\/\/127\.0\.0\.1:\d+/, 'https://127.0.0.1:1') }).catch((error: unknown) => String(error));
    expect(wrong).toMatch(/the API server: https:\/\/127.0.0.1:1 can.t be reached: .*ECONNREFUSED/);
    expect(wrong).not.toMatch(/client-key|BEGIN/);
  });
});
