import type { IRolloutTrafficRouting } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/RolloutTrafficRouting';
import type { Problem } from '../../values/errors.ts';
import type { HttpRouteOptions } from '../network/http-route-options.ts';
import type { IngressOptions } from '../network/ingress-options.ts';
import type { Peer } from '../network/peers.ts';
import type { Part } from '../python-app/part.ts';
import type { CanaryStep } from '../rollout/options.ts';
import type { PodPort, WorkloadIdentity } from '../workload-identity.ts';

/** What a router must know of the app. */
export interface TrafficFacts {
  readonly identity: WorkloadIdentity;
  /** Domain of the environment. */
  readonly domain: string;
  /** The app's Service, which everybody calls; with a router it leads to the running version. */
  readonly service: string;
  /** Service of the running version alone. With a router it is `service` itself. */
  readonly stable: string;
  /** Service of the new version alone. */
  readonly canary: string;
  /** First port of these Services. */
  readonly port: number;
  readonly podPorts: readonly PodPort[];
  /** How the app is reached from outside. @default - it isn't */
  readonly expose?: HttpRouteOptions | IngressOptions;
  /** Names of the routes that header and mirror steps make, in the order of the steps, each once. */
  readonly managedRoutes: readonly string[];
}

/** What comes of a router. */
export interface RoutedTraffic {
  /** `spec.strategy.canary.trafficRouting`. @default - the number of pods decides */
  readonly routing?: IRolloutTrafficRouting;
  /** The way in, as this router needs it (HTTPRoute, Ingress, …), and what the router needs beside it. */
  readonly objects: readonly Part[];
  /** Where its proxies run, for network policies, beside those that follow from `expose`. @default - none */
  readonly proxies?: readonly Peer[];
}

/** What a router is asked before anything is rendered. */
export interface TrafficUse extends Pick<TrafficFacts, 'canary' | 'expose' | 'managedRoutes' | 'service' | 'stable'> {
  /** The app, such as `storefront/web`: messages add the field. */
  readonly where: string;
  /** The canary's steps. */
  readonly steps: readonly CanaryStep[];
}

/** What a router can do beside weights, as Argo Rollouts and the router's own code have it. */
export interface RouterAbilities {
  /** `setHeaderRoute`, with any kind of comparison or only with whole values. */
  readonly headerRoutes: boolean | 'exact';
  /** `setMirrorRoute`. */
  readonly mirrorRoutes: boolean;
  /** A weight of its own for a version of an experiment. */
  readonly experimentWeights: boolean;
  /** `setCanaryScale`, `dynamicStableScale` and `scaleDownDelaySeconds`: whatever shares traffic by itself. */
  readonly ownWeights: boolean;
  /** `pingPong`: two Services that take turns at being the running version's. */
  readonly pingPong: boolean;
}

/**
 * Services that a canary needs: `main-is-stable`: the app's Service is that of the running version, one more is that of the new one. `beside-main`: the app's
 * Service takes the pods of both versions, and each has one of its own. `main-only`: the app's Service takes the pods of both, and the Rollout names none.
 */
export type CanaryServices = 'beside-main' | 'main-is-stable' | 'main-only';

/** One router: a file or a folder each. */
export interface RouterImplementation<Options> {
  readonly abilities: RouterAbilities;
  services(options: Options): CanaryServices;
  /** The objects, exactly those that are needed. Its options and the use of it are sound. */
  routed(options: Options, facts: TrafficFacts): RoutedTraffic;
  /** What is wrong between its options and the app. */
  problems(options: Options, use: TrafficUse): readonly Problem[];
}
