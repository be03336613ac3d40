import { awaitObject } from '../../../../lib/control-plane/controllers/await-object.ts';
import { startHostPrograms, type HostProcesses } from '../../../../lib/control-plane/controllers/host-process.ts';
import { installManifest } from '../../../../lib/control-plane/controllers/install.ts';
import { rolloutsPrograms } from '../../../../lib/control-plane/controllers/rollouts-programs.ts';
import { startPlane, type Plane } from '../../../../lib/control-plane/plane.ts';
import type { Supervised } from '../../../../lib/control-plane/process.ts';
import { argoRolloutsInstallManifest } from '../../../../lib/control-plane/releases.ts';
import { startFeed, type Feed } from './feed.ts';
import { recordHistory, type History } from './history.ts';

/** A control plane with the Argo Rollouts controller, whose providers of metrics are the tests'. */
export interface Stage {
  readonly plane: Plane;
  readonly feed: Feed;
  readonly history: History;
  /** Without them nothing comes about. */
  readonly programs: readonly Supervised[];
  stop(): Promise<void>;
}

/** A Rollout, as far as tests read it. */
export interface LiveRollout {
  readonly metadata: { readonly name: string; readonly namespace: string; readonly generation: number };
  readonly status?: LiveStatus;
}

/** Its status. */
export interface LiveStatus {
  /** A string there, unlike elsewhere. */
  readonly observedGeneration?: string;
  readonly phase?: string;
  readonly message?: string;
  readonly abort?: boolean;
  readonly currentStepIndex?: number;
  readonly replicas?: number;
  readonly updatedReplicas?: number;
  readonly availableReplicas?: number;
  readonly stableRS?: string;
  readonly currentPodHash?: string;
  readonly pauseConditions?: readonly { readonly reason: string }[];
  readonly canary?: { readonly weights?: { readonly canary: { readonly weight: number } } };
  readonly blueGreen?: { readonly activeSelector?: string; readonly previewSelector?: string };
}

/**
 * Starts a plane, Argo Rollouts as it is installed, and a feed that it asks for metrics.
 *
 * @param more variables of the controller, such as the authorities that it trusts
 */
export async function startStage(more: Readonly<Record<string, string>> = {}): Promise<Stage> {
  const feed = await startFeed();
  const plane = await startPlane();
  await installManifest(plane, await argoRolloutsInstallManifest(), 'argo-rollouts');
  const history = await recordHistory(plane);
  const controller = await startWithFeed(plane, feed, more);
  return {
    plane,
    feed,
    history,
    programs: controller.programs,
    async stop() {
      history.stop();
      await controller.stop();
      await plane.stop();
      await feed.stop();
    },
  };
}

/** Starts the installed Argo Rollouts, which asks a feed for its metrics. */
export async function startWithFeed(plane: Plane, feed: Feed, more: Readonly<Record<string, string>> = {}): Promise<HostProcesses> {
  return startHostPrograms(plane, async () => (await rolloutsPrograms(plane)).map((program) => ({ ...program, env: { ...program.env, ...feed.environment, ...more } })));
}

/** Waits until a Rollout's controller has seen its newest version and its status is as wanted. */
export async function awaitRollout({ plane, programs }: Pick<Stage, 'plane' | 'programs'>, namespace: string, name: string, what: string, until: (status: LiveStatus) => boolean, seconds = 240): Promise<LiveRollout> {
  const reference = { path: 'apis/argoproj.io/v1alpha1', resource: 'rollouts', namespace, name };
  return awaitObject<LiveRollout>(plane, reference, {
    what: `Rollout ${namespace}/${name} to be ${what}`,
    until: ({ metadata, status }) => status?.observedGeneration === String(metadata.generation) && until(status),
    seconds,
    programs,
  });
}
