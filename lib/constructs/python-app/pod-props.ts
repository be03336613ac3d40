import type { IAffinity } from 'kubernetes-models/v1/Affinity';
import type { IHostAlias } from 'kubernetes-models/v1/HostAlias';
import type { IPodDNSConfig } from 'kubernetes-models/v1/PodDNSConfig';
import type { IPodSecurityContext } from 'kubernetes-models/v1/PodSecurityContext';
import type { IPodSpec } from 'kubernetes-models/v1/PodSpec';
import type { IToleration } from 'kubernetes-models/v1/Toleration';
import type { AnyApp, ServiceEndpoint } from '../../model/app.ts';
import type { SecretInput } from '../secret-source.ts';
import type { HealthCheck, Server } from '../servers/server.ts';
import type { ConfigFilesProps, ConfigInput } from './config.ts';
import type { ContainerProps, InitContainerProps, PortProps, SidecarProps } from './container-props.ts';
import type { ProbesProps } from './probe-props.ts';
import type { PodVolume } from './volumes.ts';

/** How a pod stops: it still serves for `preStopSeconds`, then the server finishes what runs, and only after `graceSeconds` it is killed. */
export interface StopProps {
  /** Seconds in which the pod still serves after it was taken out of its Services (`lifecycle.preStop.sleep`). @default 5, or 0 without a port */
  readonly preStopSeconds?: number;
  /** Seconds from the start of the preStop hook until the pod is killed (`terminationGracePeriodSeconds`). @default 30 */
  readonly graceSeconds?: number;
}

/** An account for the pods. */
export interface ServiceAccountProps {
  /** Name of one that exists without Git. @default - an account of its own is made */
  readonly existing?: string;
  /** Name of the account of another construct of the app. @default - an account of its own is made */
  readonly of?: string;
  /** Annotations of the account, such as a cloud role. @default {} */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Whether pods get a token for the Kubernetes API (`automountServiceAccountToken`). @default false */
  readonly token?: boolean;
}

/** Another app that is called: the app (with one endpoint), one of its endpoints, or one under a variable's name. */
export type CallInput = AnyApp | ServiceEndpoint | { readonly to: AnyApp | ServiceEndpoint; readonly env: string };

/** Everything that becomes a pod. Companions of an app take it over with `sameAs`. */
export interface PodProps extends ContainerProps {
  /** What runs: `gunicorn('storefront.main:app')`, `uvicorn(…)`, `command([...])`. @default - `command` and `args`, else the image's own */
  readonly server?: Server;
  /** The port that the app listens on, named `http`; `false` for a worker that listens nowhere. @default 8000 with a server, else none */
  readonly port?: number | false;
  /** Path (and host) at which the app says whether it is well; the probes ask there. @default - the probes only open a connection */
  readonly health?: string | HealthCheck;
  /** More ports. @default [] */
  readonly ports?: readonly PortProps[];
  /** Name of the app's container. @default - the construct's id */
  readonly containerName?: string;
  /** Environment variables kept in a ConfigMap named by its content, or the config of another construct. @default - none */
  readonly config?: ConfigInput;
  /** Files kept in a ConfigMap named by its content. @default - none */
  readonly configFiles?: ConfigFilesProps;
  /** Secrets by reference. @default [] */
  readonly secrets?: readonly SecretInput[];
  /** Probes; `false` for none. @default - the server's, else those of a program with a port: see `health` */
  readonly probes?: ProbesProps | false;
  /** How it stops; the server's own grace is computed from it. @default - 5 seconds of serving on, 30 in all */
  readonly stop?: StopProps;
  /** Volumes, and where the app's container has them. @default [] */
  readonly volumes?: readonly PodVolume[];
  /** Containers that run to their end, in this order, before the app starts (`initContainers`). @default [] */
  readonly initContainers?: readonly InitContainerProps[];
  /** Containers beside the app. @default [] */
  readonly sidecars?: readonly SidecarProps[];
  /** User of the processes (`runAsUser`); not 0. @default 10001 */
  readonly user?: number;
  /** Group of the processes and of volumes (`runAsGroup`, `fsGroup`). @default 10001 */
  readonly group?: number;
  /** Pod security context, merged over the default. @default - the restricted Pod Security Standard */
  readonly podSecurityContext?: IPodSecurityContext;
  /** The pods' account; `false` for the namespace's default one. @default - one of its own, without token */
  readonly serviceAccount?: ServiceAccountProps | false;
  /** Secrets for pulling images (`imagePullSecrets`), which exist without Git. @default [] */
  readonly imagePullSecrets?: readonly string[];
  /** Labels of the pods beside the standard ones. @default {} */
  readonly podLabels?: Readonly<Record<string, string>>;
  /** Annotations of the pods. Nothing volatile: a change rolls every pod. @default {} */
  readonly podAnnotations?: Readonly<Record<string, string>>;
  /** Other apps of the fleet that it calls: address in an environment variable, network policies on both sides. @default [] */
  readonly calls?: readonly CallInput[];
  /** @default - none */
  readonly priorityClassName?: string;
  /** @default {} */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /** @default [] */
  readonly tolerations?: readonly IToleration[];
  /** @default - none */
  readonly affinity?: IAffinity;
  /** @default [] */
  readonly hostAliases?: readonly IHostAlias[];
  /** @default - none written: ClusterFirst */
  readonly dnsPolicy?: NonNullable<IPodSpec['dnsPolicy']>;
  /** @default - none */
  readonly dnsConfig?: IPodDNSConfig;
  /** @default - none */
  readonly runtimeClassName?: string;
}
