import type { KubeObject } from '../../../manifests/rendered.ts';
import { fieldsAt, listAt, numberAt, textAt, type Fields } from '../../../values/fields.ts';

/** What of a Rollout decides which fields Argo Rollouts writes; read from the object, however it was made. */
export interface RolloutFacts {
  readonly name: string;
  /** @default - none written */
  readonly namespace?: string;
  /** `spec.strategy.canary`; empty for another strategy. */
  readonly canary: Fields;
  /** `spec.strategy.blueGreen`; empty for another strategy. */
  readonly blueGreen: Fields;
  /** `spec.strategy.canary.trafficRouting`. */
  readonly routing: Fields;
  /** Services of both versions, those that take turns included, sorted as the Rollout names them. */
  readonly versions: readonly string[];
  /** Names of the routes that header and mirror steps make. */
  readonly managedRoutes: readonly string[];
  /** The most versions that an experiment gives a weight at once. */
  readonly experiments: number;
}

/** Reads a Rollout. */
export function rolloutFacts(rollout: KubeObject): RolloutFacts {
  const canary = fieldsAt(rollout, 'spec', 'strategy', 'canary');
  const routing = fieldsAt(canary, 'trafficRouting');
  const namespace = rollout.metadata?.namespace;
  const services = [textAt(canary, 'stableService'), textAt(canary, 'canaryService'), textAt(canary, 'pingPong', 'pingService'), textAt(canary, 'pingPong', 'pongService')];
  return {
    name: rollout.metadata?.name ?? '',
    ...(namespace !== undefined && { namespace }),
    canary,
    blueGreen: fieldsAt(rollout, 'spec', 'strategy', 'blueGreen'),
    routing,
    versions: services.filter((name) => name !== undefined),
    managedRoutes: namesAt(routing, 'managedRoutes'),
    experiments: Math.max(0, ...listAt(canary, 'steps').map((step) => listAt(step, 'experiment', 'templates').filter((version) => numberAt(version, 'weight') !== undefined).length)),
  };
}

/** Names of the items of a list. */
export function namesAt(value: unknown, ...path: readonly string[]): string[] {
  return listAt(value, ...path).flatMap((item) => textAt(item, 'name') ?? []);
}
