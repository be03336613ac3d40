import { binary, build } from '../build.ts';
import type { Plane } from '../plane.ts';
import { freePort } from '../ports.ts';
import { answers, hostEnvironment, type HostProgram } from './host-process.ts';
import { hostedProgram } from './workload.ts';

/**
 * kustomize-controller on this host, with the flags, environment and service account of its installed Deployment. Added flags name
 * this host's addresses, do without leader election and events, and look again every second whether what a Kustomization depends
 * on is ready.
 */
export async function fluxPrograms(plane: Plane, namespace = 'flux-system'): Promise<HostProgram[]> {
  const name = 'kustomize-controller';
  const hosted = await hostedProgram(plane, namespace, `deployments/${name}`);
  const [metrics, health] = [`127.0.0.1:${await freePort()}`, `127.0.0.1:${await freePort()}`];
  const own = [`--metrics-addr=${metrics}`, `--health-addr=${health}`, '--enable-leader-election=false', '--events-addr=', '--requeue-dependency=1s'];
  return [{
    name,
    command: binary(await build(name), name),
    args: [...hosted.flags, ...own],
    env: await hostEnvironment(plane, name, hosted),
    healthy: answers(`http://${health}/readyz`),
  }];
}
