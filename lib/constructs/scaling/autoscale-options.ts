import type { IHorizontalPodAutoscalerBehavior } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscalerBehavior';

/** What a metric should be: its value, its average over the pods, or a share of the request in percent. */
export type MetricTarget = { readonly value: string } | { readonly averageValue: string };

/** A metric that a metrics adapter serves. */
export type CustomMetric =
  | {
    readonly metric: 'pods';
    /** Name of the metric, averaged over the app's pods. */
    readonly name: string;
    /** @default {} */
    readonly selector?: Readonly<Record<string, string>>;
    /** Quantity for each pod (`target.averageValue`). */
    readonly averageValue: string;
  }
  | {
    readonly metric: 'object';
    /** Name of the metric of one object. */
    readonly name: string;
    /** @default {} */
    readonly selector?: Readonly<Record<string, string>>;
    /** The object that has the metric, in the app's namespace. */
    readonly of: { readonly apiVersion: string; readonly kind: string; readonly name: string };
    readonly target: MetricTarget;
  }
  | {
    readonly metric: 'external';
    /** Name of a metric from outside the cluster, such as the length of a queue. */
    readonly name: string;
    /** @default {} */
    readonly selector?: Readonly<Record<string, string>>;
    readonly target: MetricTarget;
  };

/** What `autoscale()` takes. */
export interface AutoscaleOptions {
  /** Fewest pods (`minReplicas`), at least 1. @default 2 */
  readonly min?: number;
  /** Most pods (`maxReplicas`). */
  readonly max: number;
  /** CPU use to aim at, in percent of the request; `false` for no CPU metric. @default 70 */
  readonly cpu?: number | false;
  /** Memory use to aim at, in percent of the request. @default - none: Python seldom gives memory back, so that it only ever scales up */
  readonly memory?: number;
  /** Count the use of this container alone (`ContainerResource`), so that a sidecar doesn't dilute it; `true` for the app's container. @default - the whole pod */
  readonly container?: boolean | string;
  /** Metrics of an adapter: `podsMetric()`, `objectMetric()`, `externalMetric()`. @default [] */
  readonly metrics?: readonly CustomMetric[];
  /** How fast it scales (`behavior`), part by part. @default - up at once, down after 5 quiet minutes by at most a quarter (or 2 pods) a minute */
  readonly behavior?: IHorizontalPodAutoscalerBehavior;
}

/** Scales the app between two sizes. */
export function autoscale(options: AutoscaleOptions): AutoscaleOptions {
  return options;
}

/** A metric of each pod: `podsMetric('http_requests_per_second', '50')`. */
export function podsMetric(name: string, averageValue: string, selector?: Readonly<Record<string, string>>): CustomMetric {
  return { metric: 'pods', name, averageValue, ...(selector !== undefined && { selector }) };
}

/** A metric of one object, such as requests per second of an Ingress. */
export function objectMetric(name: string, of: { readonly apiVersion: string; readonly kind: string; readonly name: string }, target: MetricTarget): CustomMetric {
  return { metric: 'object', name, of, target };
}

/** A metric from outside the cluster: `externalMetric('queue_length', { averageValue: '30' }, { queue: 'orders' })`. */
export function externalMetric(name: string, target: MetricTarget, selector?: Readonly<Record<string, string>>): CustomMetric {
  return { metric: 'external', name, target, ...(selector !== undefined && { selector }) };
}
