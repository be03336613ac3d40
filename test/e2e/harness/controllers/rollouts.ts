import { binary, build } from '../build.ts';
import type { Plane } from '../plane.ts';
import { freePort } from '../ports.ts';
import { argoRolloutsInstallManifest } from '../releases.ts';
import { awaitObject } from './await-object.ts';
import { answers, hostEnvironment, startHostPrograms, type HostProcesses, type HostProgram } from './host-process.ts';
import { installManifest } from './install.ts';
import { hostedProgram } from './workload.ts';

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
  const processes = await startHostPrograms(plane, async () => [await controller(plane, namespace)]);
  return {
    ...processes,
    rollout(inNamespace, name, what, until, seconds = 60) {
      const reference = { path: 'apis/argoproj.io/v1alpha1', resource: 'rollouts', namespace: inNamespace, name };
      return awaitObject<Rollout>(plane, reference, { what: `Rollout ${inNamespace}/${name} to be ${what}`, until, seconds, programs: processes.programs });
    },
  };
}

async function controller(plane: Plane, namespace: string): Promise<HostProgram> {
  const name = 'rollouts-controller';
  const hosted = await hostedProgram(plane, namespace, 'deployments/argo-rollouts');
  const env = await hostEnvironment(plane, name, hosted);
  const [metrics, health] = [await freePort(), await freePort()];
  const own = ['--kubeconfig', env['KUBECONFIG'] ?? '', '--namespace', namespace, '--leader-elect=false', '--metricsPort', String(metrics), '--healthzPort', String(health)];
  return { name, command: binary(await build('argo-rollouts'), name), args: [...hosted.flags, ...own], env, healthy: answers(`http://127.0.0.1:${health}/healthz`) };
}
