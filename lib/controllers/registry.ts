import type { Cluster, Controller } from '../model/cluster.ts';
import { argoCdController } from './argo-cd/controller.ts';
import type { GitOpsController } from './controller.ts';
import { fluxController } from './flux/controller.ts';

const controllers: Readonly<Record<Controller['kind'], GitOpsController>> = { 'argo-cd': argoCdController, flux: fluxController };

/** The implementation of a controller by its kind. */
export function controllerOf(kind: Controller['kind']): GitOpsController {
  return controllers[kind];
}

/** The implementation of the controller that runs on a cluster. */
export function controllerOn(cluster: Pick<Cluster, 'controller'>): GitOpsController {
  return controllerOf(cluster.controller.kind);
}
