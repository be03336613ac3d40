import type { ITopologySpreadConstraint } from 'kubernetes-models/v1/TopologySpreadConstraint';
import type { EnvInput } from './env.ts';

/** What other parts of an app add to its pods. */
export interface PodOptions {
  /** Id of the construct, for the container's name. */
  readonly id: string;
  /** Whether only what is said is written. @default false */
  readonly bare?: boolean;
  /** Whether Prometheus reads the pods' metrics. @default false */
  readonly monitoring?: boolean;
  /** Environment variables, over which the app's own win. @default {} */
  readonly env?: Readonly<Record<string, EnvInput>>;
  /** @default {} */
  readonly labels?: Readonly<Record<string, string>>;
  /** @default {} */
  readonly annotations?: Readonly<Record<string, string>>;
  /** What stands before the app's command, such as `opentelemetry-instrument`. @default [] */
  readonly commandPrefix?: readonly string[];
  /** @default [] */
  readonly topologySpread?: readonly ITopologySpreadConstraint[];
  /** Of the pods of a Job (`restartPolicy`). @default - none written: Always */
  readonly restartPolicy?: 'Never' | 'OnFailure';
}
