import type { Flux } from '../../model/flux-options.ts';
import { parseDuration } from '../../values/duration.ts';
import { SlipwayError } from '../../values/errors.ts';
import type { Host } from '../controller.ts';

/** The settings of Flux on the cluster that runs it. Throws when the cluster runs another controller. */
export function fluxSettings(host: Pick<Host, 'cluster'>): Flux {
  const { controller, name } = host.cluster;
  if (controller.kind !== 'flux') throw SlipwayError.of(`cluster ${name}`, `expected a cluster that runs Flux, got ${controller.kind}`);
  return controller;
}

/** Twice a duration. */
export function longer(duration: string): string {
  return `${2 * Math.ceil((parseDuration(duration) ?? 0) / 1000)}s`;
}
