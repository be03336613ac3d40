import { z } from 'zod';
import type { RouterImplementation } from '../traffic-router.ts';
import { wayIn } from '../way-in.ts';

/** Nothing shares traffic: each version gets what its share of the pods gets. */
export interface PodsRouter {
  readonly router: 'pods';
}

/** Shares traffic by the number of pods: weights are as exact as the pods allow. */
export function byPods(): PodsRouter {
  return { router: 'pods' };
}

export const podsSchema = z.strictObject({ router: z.literal('pods') });

/** The way in as any app has it: its Service takes the pods of both versions. */
export const podsRouter: RouterImplementation<PodsRouter> = {
  abilities: { headerRoutes: false, mirrorRoutes: false, experimentWeights: false, ownWeights: false, pingPong: false },
  services: () => 'beside-main',
  routed: (_options, facts) => ({ objects: wayIn({ ...facts, backend: { service: facts.service, port: facts.port } }) }),
  problems: () => [],
};
