import { binary, build } from '../build.ts';
import type { Plane } from '../plane.ts';
import { freePort } from '../ports.ts';
import { answers, hostEnvironment, type HostProgram } from './host-process.ts';
import { hostedProgram } from './workload.ts';

/** The Argo Rollouts controller on this host, with the flags and service account of its installed Deployment. Its two ports listen on all addresses; there is no flag for that. */
export async function rolloutsPrograms(plane: Plane, namespace = 'argo-rollouts'): Promise<HostProgram[]> {
  const name = 'rollouts-controller';
  const hosted = await hostedProgram(plane, namespace, 'deployments/argo-rollouts');
  const env = await hostEnvironment(plane, name, hosted);
  const [metrics, health] = [await freePort(), await freePort()];
  const own = ['--kubeconfig', env['KUBECONFIG'] ?? '', '--namespace', namespace, '--leader-elect=false', '--metricsPort', String(metrics), '--healthzPort', String(health)];
  // It puts its plugins into the folder in which it starts.
  const cwd = env['HOME'] ?? plane.folder;
  return [{ name, command: binary(await build('argo-rollouts'), name), args: [...hosted.flags, ...own], env, cwd, healthy: answers(`http://127.0.0.1:${health}/healthz`) }];
}
