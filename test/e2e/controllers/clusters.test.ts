import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OwnPlane } from '../../../lib/control-plane/plane.ts';
import { clusters } from '../harness/controllers/fleet-files.ts';
import type { GitOps } from '../harness/controllers/gitops.ts';
import { bootstrapInputs, installs, startEmptyCluster, startOnceInstalled, startPulumiWorkspace } from '../harness/controllers/pulumi-workspace.ts';
import type { DynamicProvider } from '../harness/dynamic-provider.ts';
import { named, whyWithout } from '../harness/need.ts';

const reason = await whyWithout('supervise', 'pki', 'etcd', 'kubernetes', 'kwok', 'kustomize', 'redis', 'helm', 'argo-cd', 'kustomize-controller', 'sourceignore');
const minutes = (count: number): number => count * 2 * 60_000;

describe.skipIf(reason).each(['argo-cd', 'flux'] as const)(named('the bootstrap that Pulumi runs, of %s', reason), (kind) => {
  const { namespace, workload, manager } = installs[kind];
  const stops: (() => Promise<void>)[] = [];
  let plane: OwnPlane;
  let provider: DynamicProvider;
  let inputs: Record<string, unknown>;
  let commit: string;
  let made: Awaited<ReturnType<DynamicProvider['create']>>;
  let controller: GitOps;

  const started = async (): Promise<void> => {
    controller = await startOnceInstalled(kind, plane);
    stops.push(() => controller.stop());
  };

  beforeAll(async () => {
    const pulumi = await startPulumiWorkspace();
    stops.push(() => pulumi.stop());
    ({ provider, commit } = pulumi);
    const cluster = await startEmptyCluster();
    stops.push(() => cluster.stop());
    ({ plane } = cluster);
    inputs = await bootstrapInputs(clusters[kind], kind, plane);
  }, minutes(4));
  afterAll(async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  }, minutes(2));

  it('takes an empty cluster to a controller that follows the runtime repo', { timeout: minutes(6) }, async () => {
    [made] = await Promise.all([provider.create(inputs), started()]);
    expect(made).toEqual({ id: `${clusters[kind]}/${kind}`, properties: { ...inputs, commit } });
  });

  it('applies as the controller itself, so that every field is its own', { timeout: minutes(1) }, async () => {
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
    expect((await plane.kubectl(['get', '-n', namespace, workload, '-o', 'name'])).stdout).toContain(workload.split('/')[1]);
  });

  it('says what is wrong instead of a stack, and shows no credential', { timeout: minutes(1) }, async () => {
    await expect(provider.create({ ...inputs, cluster: 'nowhere' })).rejects.toThrow(/nowhere: expected a cluster of the fleet\..*\n.*Known: blue, green/);
    const wrong = await provider.create({ ...inputs, kubeconfig: String(inputs['kubeconfig']).replace(/https:\/\/127\.0\.0\.1:\d+/, 'https://127.0.0.1:1') }).catch((error: unknown) => String(error));
    expect(wrong).toMatch(/the API server: https:\/\/127.0.0.1:1 can.t be reached: .*ECONNREFUSED/);
    expect(wrong).not.toMatch(/client-key|BEGIN/);
  });
});
