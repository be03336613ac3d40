import type { AppChart } from '../app-chart.ts';
import { telemetryFor } from '../observability/telemetry.ts';
import { topologySpreadFor } from '../scaling/topology-spread.ts';
import type { EnvInput } from './env.ts';
import { identityOf } from './identity.ts';
import type { PodOptions } from './pod-options.ts';
import type { PythonAppProps } from './props.ts';
import { workloadKind } from './services.ts';

/** What the other parts of an app add to its pods: tracing, spread, the metrics folder. */
export function podOptionsOf(chart: AppChart, id: string, props: Partial<PythonAppProps>): PodOptions {
  const bare = props.bare === true;
  const identity = identityOf(chart.context, id, props);
  const spread = props.spread === false || (bare && props.spread === undefined) ? [] : topologySpreadFor(identity, props.spread ?? {}, workloadKind(props));
  const base: PodOptions = { id, bare, monitoring: props.monitoring !== undefined, topologySpread: spread };
  if (props.tracing === undefined) return base;
  const quietPaths = [typeof props.health === 'string' ? props.health : props.health?.path, props.monitoring === undefined ? undefined : props.monitoring.path ?? '/metrics'];
  const { env, commandPrefix, podAnnotations } = telemetryFor(identity, props.tracing, {
    environment: chart.context.environment.name,
    container: props.containerName ?? id,
    quietPaths: quietPaths.filter((path) => path !== undefined),
  });
  return {
    ...base,
    env: Object.fromEntries(env.map(({ name, value, valueFrom }): [string, EnvInput] => [name, valueFrom === undefined ? value ?? '' : { valueFrom }])),
    commandPrefix,
    annotations: podAnnotations,
  };
}
