import { argoCdPrograms, toolFolder } from '../control-plane/controllers/argo-cd-programs.ts';
import { fluxPrograms } from '../control-plane/controllers/flux-programs.ts';
import { startHostPrograms, type HostProcesses } from '../control-plane/controllers/host-process.ts';
import { startSourceStandIn } from '../control-plane/controllers/source-stand-in.ts';
import type { Plane } from '../control-plane/plane.ts';
import type { Controller } from '../model/cluster.ts';

/** A controller's programs on this host. */
export interface RunningController extends HostProcesses {
  readonly namespace: string;
}

/** Starts the controller that is installed on a plane. */
export function startController(kind: Controller['kind'], plane: Plane): Promise<RunningController> {
  switch (kind) {
    case 'argo-cd':
      return startArgoCd(plane, 'argocd');
    case 'flux':
      return startFlux(plane, 'flux-system');
    default:
      return never(kind);
  }
}

async function startArgoCd(plane: Plane, namespace: string): Promise<RunningController> {
  const tools = await toolFolder(plane);
  return { ...await startHostPrograms(plane, () => argoCdPrograms(plane, namespace, tools)), namespace };
}

async function startFlux(plane: Plane, namespace: string): Promise<RunningController> {
  const processes = await startHostPrograms(plane, () => fluxPrograms(plane, namespace));
  const standIn = await startSourceStandIn(plane);
  return {
    ...processes,
    namespace,
    async stop() {
      await standIn.stop();
      await processes.stop();
    },
  };
}

function never(kind: never): never {
  throw new Error(`unknown controller ${String(kind)}`);
}
