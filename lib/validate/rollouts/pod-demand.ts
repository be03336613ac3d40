import { parseQuantity } from '../../values/quantity.ts';
import { dig, record } from '../schemas/plain.ts';
import type { Workload } from '../scope/workload.ts';

/** What a pod asks for: its containers' requests and limits, as they stand in its template. */
export interface PodDemand {
  readonly containers: readonly { readonly name: string; readonly init: boolean; readonly resources: Readonly<Record<string, unknown>> | undefined }[];
  /** Requests and limits of the pod as a whole (`spec.resources`). @default - only of its containers */
  readonly whole: Readonly<Record<string, unknown>> | undefined;
}

/** Which side of a container's resources a quota counts. */
export type ResourceSide = 'limits' | 'requests';

/** What each pod takes of a resource, in billionths, or the containers that don't say. */
export type PodShare = { readonly nano: bigint } | { readonly silent: readonly string[] };

/** What the pods of a workload ask for. */
export function podDemand(workload: Workload): PodDemand {
  return {
    containers: workload.containers.map(({ name, role, value }) => ({ name, init: role === 'init', resources: record(value, 'resources') })),
    whole: record(workload.spec, 'resources'),
  };
}

/** What a pod takes of a resource where a namespace has these defaults (`default` and `defaultRequest` of a LimitRange for containers). */
export function podShare(demand: PodDemand, side: ResourceSide, resource: string, defaults: Readonly<Record<string, unknown>>): PodShare {
  const whole = amount(demand.whole, side, resource) ?? (side === 'requests' ? amount(demand.whole, 'limits', resource) : undefined);
  if (whole !== undefined) return { nano: whole };
  const silent: string[] = [];
  let [running, starting] = [0n, 0n];
  for (const { name, init, resources } of demand.containers) {
    const said = amount(resources, side, resource) ?? (side === 'requests' ? amount(resources, 'limits', resource) ?? amount(defaults, 'defaultRequest', resource) : undefined) ?? amount(defaults, 'default', resource);
    if (said === undefined) silent.push(name);
    else if (init) starting = said > starting ? said : starting;
    else running += said;
  }
  return silent.length > 0 ? { silent } : { nano: running > starting ? running : starting };
}

function amount(holder: unknown, side: string, resource: string): bigint | undefined {
  const value = dig(holder, side, resource);
  return value === undefined || value === null ? undefined : parseQuantity(String(value))?.nano;
}
