import type { Plane } from '../../../../lib/control-plane/plane.ts';
import { watchObjects } from '../canary/watch.ts';

/** What serves an app, followed change by change. */
export interface Served {
  /** The fewest that there were since the last time this was asked: ready pods that aren't about to go, and ready addresses behind the Service. */
  fewest(): Counts;
  /** What there is now. */
  now(): Counts;
  stop(): void;
}

/** Ready pods, and ready addresses behind a Service. */
export interface Counts {
  readonly pods: number;
  readonly addresses: number;
}

interface Pod {
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>>; readonly deletionTimestamp?: string };
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

interface EndpointSlice {
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly endpoints?: readonly { readonly addresses: readonly string[]; readonly conditions: { readonly ready?: boolean } }[] | null;
}

/**
 * Follows the pods of an app, which `app.kubernetes.io/name` tells, and the addresses of the Service of that name.
 *
 * @param changed is told after every change
 */
export async function followServed(plane: Plane, namespace: string, name: string, changed: () => void = () => undefined): Promise<Served> {
  const pods = new Set<string>();
  const slices = new Map<string, readonly string[]>();
  const now = (): Counts => ({ pods: pods.size, addresses: new Set([...slices.values()].flat()).size });
  let fewest: Counts = { pods: 0, addresses: 0 };
  const note = (): void => {
    const { pods: ready, addresses } = now();
    fewest = { pods: Math.min(fewest.pods, ready), addresses: Math.min(fewest.addresses, addresses) };
    changed();
  };
  const watches = [
    await watchObjects<Pod>(plane, `/api/v1/namespaces/${namespace}/pods`, ({ metadata, status }) => {
      if (metadata.labels?.['app.kubernetes.io/name'] !== name) return;
      const ready = metadata.deletionTimestamp === undefined && (status?.conditions?.some(({ type, status: truth }) => type === 'Ready' && truth === 'True') ?? false);
      if (ready) pods.add(metadata.name);
      else pods.delete(metadata.name);
      note();
    }, ({ metadata }) => {
      if (pods.delete(metadata.name)) note();
    }),
    await watchObjects<EndpointSlice>(plane, `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`, ({ metadata, endpoints }) => {
      if (metadata.labels?.['kubernetes.io/service-name'] !== name) return;
      slices.set(metadata.name, (endpoints ?? []).flatMap(({ addresses, conditions }) => (conditions.ready === false ? [] : addresses)));
      note();
    }, ({ metadata }) => {
      if (slices.delete(metadata.name)) note();
    }),
  ];
  return {
    now,
    fewest() {
      for (const watch of watches) watch.check();
      const seen = fewest;
      fewest = now();
      return seen;
    },
    stop() {
      for (const watch of watches) watch.stop();
    },
  };
}
