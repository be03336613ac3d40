import type { Cluster } from '../model/cluster.ts';

/** URL of the controller's own pages; undefined where they aren't exposed, or there are none, as with Flux. */
export function controllerUrl({ controller }: Pick<Cluster, 'controller'>): string | undefined {
  return controller.kind === 'argo-cd' && controller.ui !== undefined ? `https://${controller.ui.host}` : undefined;
}
