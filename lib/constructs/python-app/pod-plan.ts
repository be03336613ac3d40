import type { ResourcesInput } from '../../model/sizes.ts';
import { SlipwayError, type Problem } from '../../values/errors.ts';
import type { AppChart } from '../app-chart.ts';
import { probesFor } from '../servers/probes.ts';
import type { HealthCheck, Probes, ServerProcess } from '../servers/server.ts';
import type { PodPort } from '../workload-identity.ts';
import { resolveCalls, type ResolvedCall } from './calls.ts';
import { sizeOf } from './container.ts';
import { argumentProblems } from './literals.ts';
import type { PodOptions } from './pod-options.ts';
import type { PodProps } from './pod-props.ts';

/** What is known about a pod before anything of it is made. */
export interface PodPlan {
  readonly ports: readonly PodPort[];
  /** @default - none written, as in the `bare` preset */
  readonly size: ResourcesInput | undefined;
  /** `terminationGracePeriodSeconds`. @default - none written */
  readonly graceSeconds: number | undefined;
  readonly preStopSeconds: number;
  /** How its server is started. @default - it has none: the command it says, or the image's own */
  readonly process: ServerProcess | undefined;
  /** The probes that fit, before the app says otherwise. */
  readonly probes: Probes;
  readonly calls: readonly ResolvedCall[];
}

/** The port on which a server listens unless said otherwise. */
export const defaultPort = 8000;
/** The pod's whole time to stop, in seconds, as Kubernetes has it. */
const defaultGrace = 30;
/** How long a pod serves on after it was taken out of its Services: until every proxy has heard of it. */
const defaultPreStop = 5;

/** Plans a pod: starts its server on paper and looks up sizes and calls. Fields that are wrong were left out of the props. */
export function planPod(props: Omit<PodProps, 'image'>, options: PodOptions, chart: AppChart, where: string): { readonly plan: PodPlan; readonly problems: readonly Problem[] } {
  const bare = options.bare === true;
  const ports = portsOf(props);
  const graceSeconds = props.stop?.graceSeconds ?? (bare ? undefined : defaultGrace);
  const preStopSeconds = props.stop?.preStopSeconds ?? (ports.length > 0 && !bare ? defaultPreStop : 0);
  const size = sizeFor(props, bare, chart, where);
  const { calls, problems: callProblems } = resolveCalls(props.calls ?? [], chart, where);
  const health = typeof props.health === 'string' ? { path: props.health } : props.health;
  const process = props.server?.start({
    port: ports[0]?.port ?? defaultPort,
    portName: ports[0]?.name ?? 'http',
    ...(size.value !== undefined && { cpu: size.value.cpu, memory: size.value.memory }),
    gracePeriodSeconds: graceSeconds ?? defaultGrace,
    preStopSeconds,
    monitoring: options.monitoring === true,
    ...(health !== undefined && { health }),
  });
  const at = `${where}: server`;
  const serverProblems = (process?.problems ?? []).map((problem): Problem => ({ where: at, ...problem }));
  const literals = argumentProblems([...(process?.command ?? []), ...(process?.args ?? [])], where, ['server']).map((problem) => ({ ...problem, where: at }));
  const probes = bare && health === undefined ? {} : process?.probes ?? commandProbes(ports, health);
  return { plan: { ports, size: size.value, graceSeconds, preStopSeconds, process, probes, calls }, problems: [...size.problems, ...callProblems, ...serverProblems, ...literals] };
}

/** The probes of a program that isn't known better than by its port. */
function commandProbes(ports: readonly PodPort[], health: HealthCheck | undefined): Probes {
  const [port] = ports;
  return port === undefined ? {} : probesFor({ portName: port.name, ...(health !== undefined && { health }) }, false);
}

function portsOf(props: Pick<PodProps, 'port' | 'ports' | 'server'>): PodPort[] {
  const main = props.port ?? (props.server === undefined ? false : defaultPort);
  return [...(main === false ? [] : [{ name: 'http', port: main }]), ...(props.ports ?? [])];
}

/** The size of the app's container, and whether those of the others are known. */
function sizeFor(props: Omit<PodProps, 'image'>, bare: boolean, chart: AppChart, where: string): { readonly value: ResourcesInput | undefined; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const lookUp = (container: Pick<PodProps, 'resources' | 'size'>, field: string): ResourcesInput | undefined => {
    try {
      return sizeOf(container, { app: chart.context.app, bare, size: (name) => chart.context.size(name) });
    } catch (error) {
      if (!(error instanceof SlipwayError)) throw error;
      problems.push(...error.problems.map((problem) => ({ ...problem, where: `${where}: ${field}` })));
      return undefined;
    }
  };
  const value = lookUp(props, 'size');
  for (const field of ['initContainers', 'sidecars'] as const) {
    for (const [index, container] of (props[field] ?? []).entries()) lookUp(container, `${field}[${index}].size`);
  }
  return { value, problems };
}
