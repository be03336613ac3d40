import type { IDaemonSetSpec } from 'kubernetes-models/apps/v1/DaemonSetSpec';
import type { IDeploymentSpec } from 'kubernetes-models/apps/v1/DeploymentSpec';
import type { IStatefulSetSpec } from 'kubernetes-models/apps/v1/StatefulSetSpec';
import type { HttpRouteOptions } from '../network/http-route-options.ts';
import type { IngressOptions } from '../network/ingress-options.ts';
import type { NetworkPolicyOptions } from '../network/network-policy-options.ts';
import type { ServiceOptions } from '../network/service-options.ts';
import type { TelemetryOptions } from '../observability/open-telemetry-options.ts';
import type { PrometheusOptions } from '../observability/prometheus-options.ts';
import type { RolloutOptions } from '../rollout/rollout-options.ts';
import type { AutoscaleOptions } from '../scaling/autoscale-options.ts';
import type { DisruptionBudgetOptions } from '../scaling/disruption-options.ts';
import type { SpreadOptions } from '../scaling/spread-options.ts';
import type { PodProps } from './pod-props.ts';

/** What a StatefulSet has beside its pods. */
export interface StatefulProps {
  /** Order in which pods start and stop (`podManagementPolicy`). @default 'Parallel' */
  readonly podManagementPolicy?: 'OrderedReady' | 'Parallel';
  /** Name of its headless Service (`serviceName`). @default - `<name>-pods`, or the app's name in the `bare` preset */
  readonly serviceName?: string;
  /** What becomes of its claims (`persistentVolumeClaimRetentionPolicy`). @default - both Retain */
  readonly claims?: NonNullable<IStatefulSetSpec['persistentVolumeClaimRetentionPolicy']>;
}

/** What every PythonApp may say. */
export interface CommonProps extends PodProps {
  /** Name of its objects. @default - `<app>-<id>`, or `<app>` where both are the same */
  readonly name?: string;
  /** Labels of all its objects beside the standard ones. @default {} */
  readonly labels?: Readonly<Record<string, string>>;
  /** Annotations of the workload object. @default {} */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Labels by which its pods are selected; they can't be changed once it runs. @default - `app.kubernetes.io/name` */
  readonly selector?: Readonly<Record<string, string>>;
  /** What keeps its pods running. @default 'deployment' */
  readonly workload?: 'deployment' | 'statefulSet' | 'daemonSet';
  /** How many pods. @default 2, or 1 for a StatefulSet; the autoscaler's minimum where there is one */
  readonly replicas?: number;
  /** How pods are replaced (`strategy`, or `updateStrategy` of the other workloads). @default - a new pod first, never fewer than `replicas` */
  readonly strategy?: IDeploymentSpec['strategy'] | IStatefulSetSpec['updateStrategy'] | IDaemonSetSpec['updateStrategy'];
  /** How new versions reach users, in place of `strategy`: `canary()` or `blueGreen()` make it a Rollout of Argo Rollouts. @default - pods are replaced as `strategy` says */
  readonly rollout?: RolloutOptions;
  /** Old versions that are kept (`revisionHistoryLimit`). @default 5 */
  readonly revisionHistoryLimit?: number;
  /** Seconds that a new pod must stay ready (`minReadySeconds`). @default - none written: 0 */
  readonly minReadySeconds?: number;
  /** Seconds after which a stuck update is reported (`progressDeadlineSeconds`). @default - none written: 600 */
  readonly progressDeadlineSeconds?: number;
  /** Only with `workload: 'statefulSet'`. @default - see its fields */
  readonly statefulSet?: StatefulProps;
  /** The Service: `clusterIp()`, `loadBalancer()`, `nodePort()`, `headless()`, several of them, or `false` for none. @default - `clusterIp()` where the pods have a port */
  readonly service?: ServiceOptions | readonly ServiceOptions[] | false;
  /** How it is reached from outside, by its first Service: `httpRoute()` or `ingress()`. @default - it isn't */
  readonly expose?: HttpRouteOptions | IngressOptions;
  /** Scales it by use: `autoscale({ max: 10 })`. @default - `replicas` pods */
  readonly autoscale?: AutoscaleOptions;
  /** How many pods a node drain may take at once; `false` for any number. @default - one, where there is more than one pod */
  readonly disruptionBudget?: DisruptionBudgetOptions | false;
  /** How pods are spread over zones and nodes; `false` for not at all. @default - evenly, as a preference */
  readonly spread?: SpreadOptions | false;
  /** What the network policy lets through beside what follows from the other props; `false` for no policy. @default - nothing more */
  readonly networkPolicy?: NetworkPolicyOptions | false;
  /** Has Prometheus read its metrics and alert on them: `prometheus()`. @default - no monitoring */
  readonly monitoring?: PrometheusOptions;
  /** Traces its requests: `openTelemetry()` or `openTelemetryOperator()`. @default - no tracing */
  readonly tracing?: TelemetryOptions;
}

/** A PythonApp with the defaults of an expert. */
export interface ProductionProps extends CommonProps {
  /** @default false */
  readonly bare?: false;
}

/** A PythonApp that writes what is said and nothing else: for taking over what exists, unchanged. */
export interface BareProps extends CommonProps {
  /** No namespace, no digest, no hardening, no further objects. */
  readonly bare: true;
  /** Labels of all its objects. */
  readonly labels: Readonly<Record<string, string>>;
  /** Labels by which its pods are selected. @default - `labels` */
  readonly selector?: Readonly<Record<string, string>>;
}

/** What `new PythonApp(scope, id, props)` takes. */
export type PythonAppProps = ProductionProps | BareProps;
