import type { ImagePin } from '../../model/context.ts';
import type { PrometheusOptions } from '../observability/prometheus-options.ts';
import type { ContainerPlace } from '../python-app/container.ts';
import type { PodSecurityOptions } from '../python-app/security.ts';
import type { PodPort, WorkloadIdentity } from '../workload-identity.ts';

/** What an analysis must know of the app that uses it. */
export interface AnalysisFacts {
  readonly identity: WorkloadIdentity;
  /** Name of the environment. */
  readonly environment: string;
  /** Service in front of the new version's pods alone: canary, or preview. @default - there is none */
  readonly canaryService?: string;
  /** Service in front of the running version's pods alone: stable, or active. @default - there is none */
  readonly stableService?: string;
  /** First port of these Services. @default - there are none */
  readonly port?: number;
  /** Ports of the app's pods. @default [] */
  readonly podPorts?: readonly PodPort[];
  /** How Prometheus reads the app. @default - it doesn't */
  readonly monitoring?: PrometheusOptions;
  /** The image of the app's container. @default - not known: a Job says its own */
  readonly image?: ImagePin | string;
  /** User and group of the app's pods, which Jobs of its image run as. @default - those of every pod */
  readonly security?: PodSecurityOptions;
  /** Secrets by which the app's images are pulled. @default [] */
  readonly imagePullSecrets?: readonly string[];
  /** What containers take from where they are. */
  readonly place: ContainerPlace;
  /** Names of an experiment's versions: inside one, hashes are those of its own pods. @default - not in an experiment */
  readonly experiment?: ExperimentVersions;
}

/** Which version of an experiment is the new one, and which the running one. */
export interface ExperimentVersions {
  /** @default - the experiment has none */
  readonly canary?: string;
  /** @default - the experiment has none */
  readonly stable?: string;
}
