import type { Plane } from '../../../../lib/control-plane/plane.ts';
import { argoRolloutsInstallManifest } from '../../../../lib/control-plane/releases.ts';
import { awaitObject } from '../../../../lib/control-plane/controllers/await-object.ts';
import { startHostPrograms, type HostProcesses } from '../../../../lib/control-plane/controllers/host-process.ts';
import { installManifest } from '../../../../lib/control-plane/controllers/install.ts';
import { rolloutsPrograms } from '../../../../lib/control-plane/controllers/rollouts-programs.ts';

/** A running Argo Rollouts controller. */
export interface Rollouts extends HostProcesses {
  /** Waits until a Rollout is as wanted. */
  rollout(namespace: string, name: string, what: string, until: (rollout: Rollout) => boolean, seconds?: number): Promise<Rollout>;
}

/** A Rollout, as far as tests read it. */
export interface Rollout {
  readonly metadata: { readonly generation: number };
  readonly status?: {
    /** A string there, unlike elsewhere. */
    readonly observedGeneration?: string;
    readonly phase?: string;
    readonly message?: string;
    readonly currentStepIndex?: number;
    readonly replicas?: number;
    readonly updatedReplicas?: number;
    readonly availableReplicas?: number;
    readonly stableRS?: string;
    readonly currentPodHash?: string;
  };
}

/** Installs Argo Rollouts' manifest: custom resources, roles, and a workload that KWOK plays. */
export async function installRollouts(plane: Plane, namespace = 'argo-rollouts'): Promise<void> {
  await installManifest(plane, await argoRolloutsInstallManifest(), namespace);
}

/** Starts the Argo Rollouts controller with the flags and service account of its installed Deployment. Its two ports listen on all addresses; there is no flag for that. */
export async function startRollouts(plane: Plane, namespace = 'argo-rollouts'): Promise<Rollouts> {
  const processes = await startHostPrograms(plane, () => rolloutsPrograms(plane, namespace));
  return {
    ...processes,
    rollout(inNamespace, name, what, until, seconds = 240) {
      const reference = { path: 'apis/argoproj.io/v1alpha1', resource: 'rollouts', namespace: inNamespace, name };
      return awaitObject<Rollout>(plane, reference, { what: `Rollout ${inNamespace}/${name} to be ${what}`, until, seconds, programs: processes.programs });
    },
  };
}
