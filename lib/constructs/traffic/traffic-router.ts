import type { IRolloutTrafficRouting } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/RolloutTrafficRouting';
import type { HttpRouteOptions } from '../network/http-route-options.ts';
import type { IngressOptions } from '../network/ingress-options.ts';
import type { Part } from '../python-app/part.ts';
import type { PodPort, WorkloadIdentity } from '../workload-identity.ts';

/** What shares traffic between the running and the new version: pure data, told by `router`. `pods`: nothing does, the number of pods decides. */
export type RouterKind = 'alb' | 'gateway-api' | 'istio' | 'nginx' | 'pods' | 'traefik';

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
}
