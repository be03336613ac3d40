import { portOptions } from '../network/service-ports.ts';
import { clusterIp, type ServiceOptions } from '../network/service-options.ts';
import type { PythonAppProps } from '../python-app/props.ts';
import { servicesOf } from '../python-app/services.ts';
import { canaryServicesOf, type TrafficRouter } from '../traffic/routers.ts';
import type { PodPort } from '../workload-identity.ts';
import type { RolloutOptions } from './rollout-options.ts';

/** The Services by which a rollout tells its versions apart. */
export interface VersionServices {
  /** The app's first Service, which everybody calls. @default - the app has none */
  readonly main?: string;
  /** Of the running version alone: stable, or active. @default - there is none */
  readonly stable?: string;
  /** Of the new version alone: canary, or preview. @default - there is none */
  readonly canary?: string;
  /** Those that take turns. @default - none do */
  readonly pingPong?: readonly [ping: string, pong: string];
  /** Those that the app doesn't say itself. */
  readonly made: readonly ServiceOptions[];
}

/** What decides about the Services. */
export interface VersionServicesFacts {
  /** Name of the app's objects. */
  readonly name: string;
  readonly props: Pick<PythonAppProps, 'bare' | 'service'>;
  readonly rollout: RolloutOptions;
  readonly router: TrafficRouter;
  readonly podPorts: readonly PodPort[];
}

/** The Services of a rollout: those it names, else usual names where the app has a Service at all. The `bare` preset makes none. */
export function versionServices(facts: VersionServicesFacts): VersionServices {
  const { name, props, podPorts } = facts;
  const said = servicesOf(props, podPorts);
  const [first] = said;
  const main = first === undefined ? undefined : first.name ?? name;
  const usual = (suffix: string): string | undefined => (first === undefined || props.bare === true ? undefined : `${name}-${suffix}`);
  const versions = versionNames(facts, main, usual);
  const known = new Set(said.map((service) => service.name ?? name));
  const wanted = [versions.stable, versions.canary, ...(versions.pingPong ?? [])].filter((each) => each !== undefined && !known.has(each)) as string[];
  const made = first === undefined || props.bare === true ? [] : wanted.map((each) => likeness(first, each, podPorts));
  return { ...versions, ...(main !== undefined && { main }), made };
}

type VersionNames = Pick<VersionServices, 'canary' | 'pingPong' | 'stable'>;

function versionNames({ rollout, router }: VersionServicesFacts, main: string | undefined, usual: (suffix: string) => string | undefined): VersionNames {
  if (rollout.kind === 'blueGreen') {
    return named(rollout.activeService ?? main, rollout.previewService === false ? undefined : rollout.previewService ?? usual('preview'));
  }
  const { stableService, canaryService, steps = [], pingPong = false } = rollout;
  const [ping, pong] = [usual('ping'), usual('pong')];
  if (pingPong) return ping === undefined || pong === undefined ? {} : { pingPong: [ping, pong] };
  const kind = canaryServicesOf(router);
  // With most routers everybody inside the cluster gets the running version; by pods the app's own Service leads to both.
  if (kind === 'main-is-stable') return named(stableService ?? main, canaryService ?? usual('canary'));
  if (kind === 'main-only' || steps.length === 0) return named(stableService, canaryService);
  return named(stableService ?? usual('stable'), canaryService ?? usual('canary'));
}

function named(stable: string | undefined, canary: string | undefined): VersionNames {
  return { ...(stable !== undefined && { stable }), ...(canary !== undefined && { canary }) };
}

/** A Service inside the cluster with the ports of another. */
function likeness(service: ServiceOptions, name: string, podPorts: readonly PodPort[]): ServiceOptions {
  return clusterIp({ name, ports: portOptions(service, podPorts).map(({ nodePort: _, ...port }) => port) });
}
