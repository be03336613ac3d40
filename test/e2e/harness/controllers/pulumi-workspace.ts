import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bootstrapContract } from '../../../../lib/clusters/bootstrap/resource.ts';
import { bootstrapProvider } from '../../../../lib/clusters/bootstrap/provider.ts';
import { startGitServer, type GitServer } from '../../../../lib/control-plane/controllers/git-server.ts';
import { startOperatorsStandIn } from '../../../../lib/control-plane/controllers/operators-stand-in.ts';
import { startPlane, type OwnPlane } from '../../../../lib/control-plane/plane.ts';
import { waitFor } from '../../../../lib/control-plane/process.ts';
import { startDynamicProvider, type DynamicProvider } from '../dynamic-provider.ts';
import { root } from '../sample-fleet.ts';
import { fleetFiles, upstreamFolder } from './fleet-files.ts';
import { createRepository, type GitRepository } from './git-repository.ts';
import { startGitOps, type GitOps } from './gitops.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

/** The controllers that a bootstrap starts. */
export type Kind = 'argo-cd' | 'flux';

/** Where each controller lives, and a workload whose presence says that the install was applied: a kubelet would start the controller then. */
export const installs = {
  'argo-cd': { namespace: 'argocd', workload: 'statefulset/argocd-application-controller', manager: 'argocd-controller' },
  flux: { namespace: 'flux-system', workload: 'deployment/kustomize-controller', manager: 'kustomize-controller' },
} as const;

/** A config repo in which Pulumi's bootstrap runs, the runtime repo to which it publishes, and Pulumi's own process for dynamic resources. */
export interface PulumiWorkspace {
  readonly runtime: GitRepository;
  readonly server: GitServer;
  readonly workspace: Workspace;
  readonly provider: DynamicProvider;
  /** The first commit of the runtime repo. */
  readonly commit: string;
  stop(): Promise<void>;
}

/** Publishes the tests' fleet with one app, which is enough to follow, and starts Pulumi's process in its config repo. */
export async function startPulumiWorkspace(): Promise<PulumiWorkspace> {
  const stops: (() => Promise<void>)[] = [];
  const stop = (): Promise<void> => stopAll(stops);
  try {
    const runtime = await createRepository();
    const server = await startGitServer(runtime.folder);
    stops.push(() => server.stop());
    const files = Object.entries(await fleetFiles(server.url(runtime.name))).filter(([path]) => !path.startsWith('apps/') || path === 'apps/hello-tornado.ts');
    const workspace = await createWorkspace(runtime, Object.fromEntries(files), await upstreamFolder());
    // The program is found by the package's own name, as in a clone of this project.
    const { name, type, exports } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
    await writeFile(join(workspace.folder, 'package.json'), JSON.stringify({ name, type, exports }));
    await writeFile(join(workspace.folder, 'Pulumi.yaml'), await readFile(join(root, 'Pulumi.yaml')));
    const commit = await workspace.deliver('First', {});
    const provider = await startDynamicProvider(bootstrapProvider, workspace.folder, { PATH: process.env['PATH'], HOME: workspace.folder });
    stops.push(() => provider.stop());
    return { runtime, server, workspace, provider, commit, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** An empty cluster with what the operators of the sample apps would bring. */
export interface EmptyCluster {
  readonly plane: OwnPlane;
  stop(): Promise<void>;
}

/** Starts an empty cluster. */
export async function startEmptyCluster(): Promise<EmptyCluster> {
  const plane = await startPlane({ autoscaler: false });
  const stops: (() => Promise<void>)[] = [() => plane.stop()];
  try {
    const operators = await startOperatorsStandIn(plane);
    stops.push(() => operators.stop());
  } catch (error) {
    await stopAll(stops);
    throw error;
  }
  return { plane, stop: () => stopAll(stops) };
}

/** What the stack gives the bootstrap of a cluster. */
export async function bootstrapInputs(cluster: string, controller: Kind, plane: OwnPlane): Promise<Record<string, unknown>> {
  return { cluster, controller, identity: plane.server, kubeconfig: await readFile(plane.kubeconfig, 'utf8'), adopt: false, follow: true, contract: bootstrapContract };
}

/** Waits until the controller's install is there, and starts its programs, as a kubelet would. */
export async function startOnceInstalled(kind: Kind, plane: OwnPlane): Promise<GitOps> {
  const { namespace, workload } = installs[kind];
  await waitFor(`the install of ${kind}`, async () => (await plane.kubectl(['rollout', 'status', '--timeout=60s', '-n', namespace, workload])).stdout !== '' || undefined, { seconds: 240, programs: plane.programs });
  if (kind === 'argo-cd') await plane.kubectl(['rollout', 'status', '--timeout=60s', '-n', namespace, 'deployment/argocd-server']);
  return await startGitOps(kind, plane);
}

async function stopAll(stops: (() => Promise<void>)[]): Promise<void> {
  for (const each of stops.splice(0).reverse()) await each();
}
