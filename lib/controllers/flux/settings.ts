import type { Flux } from '../../model/flux-options.ts';
import type { Host } from '../controller.ts';

/** The settings of Flux on the cluster that runs it. Throws where another controller runs: nobody may ask. */
export function fluxSettings(host: Pick<Host, 'cluster'>): Flux {
  const { controller, name } = host.cluster;
  if (controller.kind === 'flux') return controller;
  throw new Error(`cluster ${name} runs ${controller.kind}, not flux`);
}
