import { bootstrap } from '../../../../lib/synth/bootstrap.ts';
import { loadWorkspace } from '../../../../lib/workspace.ts';
import { startPlane, type OwnPlane, type PlaneOptions } from '../../../../lib/control-plane/plane.ts';
import { commitFolder, executeBootstrap, folderSource } from '../../../../lib/control-plane/controllers/bootstrap.ts';
import { clusters } from './fleet-files.ts';
import type { GitRepository } from './git-repository.ts';
import { startGitOps, type GitOps } from './gitops.ts';
import { startOperatorsStandIn } from '../../../../lib/control-plane/controllers/operators-stand-in.ts';
import type { Workspace } from './workspace.ts';

/** A cluster that was brought up from nothing but the runtime repo. */
export interface LiveCluster {
  readonly plane: OwnPlane;
  readonly controller: GitOps;
  stop(): Promise<void>;
}

/** How a live cluster is started. */
export interface LiveClusterOptions extends PlaneOptions {
  /** Its name in the workspace. @default - the cluster of the tests' fleet under this controller */
  readonly cluster?: string;
  /** Brings the Secrets that a person would bring during the bootstrap. @default - a bootstrap that needs some is refused */
  readonly secrets?: (plane: OwnPlane) => Promise<void>;
}

/** Starts an empty plane with what the operators of the sample apps would bring, and bootstraps it from a commit of the runtime repo. */
export async function startLiveCluster(kind: keyof typeof clusters, workspace: Workspace, runtime: GitRepository, commit: string, { cluster: name = clusters[kind], secrets, ...options }: LiveClusterOptions = {}): Promise<LiveCluster> {
  const plane = await startPlane({ autoscaler: false, ...options });
  const stops: (() => Promise<void>)[] = [() => plane.stop()];
  const stop = async (): Promise<void> => {
    for (const each of stops.splice(0).reverse()) await each();
  };
  try {
    const operators = await startOperatorsStandIn(plane);
    stops.push(() => operators.stop());
    const { clusters: defined } = await loadWorkspace(workspace.folder);
    const cluster = defined.find((each) => each.name === name);
    if (cluster === undefined) throw new Error(`expected a cluster ${name} in the workspace`);
    let controller: GitOps | undefined;
    await executeBootstrap(plane, bootstrap(cluster, folderSource(await commitFolder(runtime.path, commit))), {
      commit,
      ...(secrets !== undefined && { secrets: () => secrets(plane) }),
      async afterInstall() {
        controller = await startGitOps(kind, plane);
        stops.push(() => controller!.stop());
        return controller;
      },
    });
    return { plane, controller: controller!, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
