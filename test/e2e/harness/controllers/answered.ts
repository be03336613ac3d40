import type { Plane } from '../../../../lib/control-plane/plane.ts';
import { dnsAnnotations } from '../../../../lib/constructs/network/weighted-dns.ts';
import { watchObjects, type Watch } from '../canary/watch.ts';
import { followServed, type Counts, type Served } from './served.ts';

/** What serves an app on several clusters together, followed change by change. */
export interface Answered {
  /** The fewest that there were over all clusters since the last time this was asked. */
  fewest(): Counts;
  /** The moments since the last time this was asked in which DNS led to nobody, in words. */
  gaps(): string[];
  /** The clusters to which DNS leads now, sorted. */
  leadsTo(): string[];
  /** How it stands, in words: each cluster's weight in DNS, its ready pods and addresses. */
  tell(): string;
  /** What there is now, on one cluster. */
  on(cluster: string): Counts;
  stop(): void;
}

interface Route {
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
}

/** A record of DNS that a cluster wants: several share a name by their identifiers. */
interface Wish {
  /** Empty for a plain record. */
  readonly identifier: string;
  readonly weight: number | 'plain';
}

/**
 * Follows an app on several clusters: ready pods and addresses over all of them, and where DNS leads, as external-dns and Route 53
 * make it of the HTTPRoutes: a record for each identifier, which is the cluster's whose external-dns made it first, as long as that
 * wants it; answered in proportion to the weights, and all alike where each is 0.
 */
export async function followAnswered(planes: Readonly<Record<string, Plane>>, namespace: string, name: string): Promise<Answered> {
  const served = new Map<string, Served>();
  const wishes = new Map<string, Wish>();
  /** The clusters that own records, by identifier. */
  const owners = new Map<string, string>();
  let gaps: string[] = [];
  let fewest: Counts = { pods: 0, addresses: 0 };
  const on = (cluster: string): Counts => served.get(cluster)?.now() ?? { pods: 0, addresses: 0 };
  const now = (): Counts => Object.keys(planes).map(on).reduce((all, each) => ({ pods: all.pods + each.pods, addresses: all.addresses + each.addresses }), { pods: 0, addresses: 0 });
  const leadsTo = (): string[] => {
    const all = [...owners.values()].sort();
    const weighed = all.filter((cluster) => wishes.get(cluster)?.weight !== 0);
    return weighed.length === 0 ? all : weighed;
  };
  const tell = (): string => Object.keys(planes).map((cluster) => {
    const { pods, addresses } = on(cluster);
    return `${cluster}: ${wishes.has(cluster) ? `record ${wishes.get(cluster)?.identifier} ${wishes.get(cluster)?.weight}` : 'no record'}, ${pods} ready pods, ${addresses} addresses`;
  }).join('; ');
  const wish = (cluster: string, wanted: Wish | undefined): void => {
    if (wanted === undefined) wishes.delete(cluster);
    else wishes.set(cluster, wanted);
    for (const [identifier, owner] of owners) if (wishes.get(owner)?.identifier !== identifier) owners.delete(identifier);
    for (const [each, { identifier }] of wishes) if (!owners.has(identifier)) owners.set(identifier, each);
    note();
  };
  const note = (): void => {
    const { pods, addresses } = now();
    fewest = { pods: Math.min(fewest.pods, pods), addresses: Math.min(fewest.addresses, addresses) };
    const led = leadsTo();
    if (led.length > 0 && led.every((cluster) => on(cluster).addresses > 0)) return;
    const gap = led.length === 0 ? `DNS has no record: ${tell()}` : `DNS leads to ${led.join(' and ')}: ${tell()}`;
    if (gaps.at(-1) !== gap) gaps.push(gap);
  };
  const routes: Watch[] = [];
  for (const [cluster, plane] of Object.entries(planes)) {
    served.set(cluster, await followServed(plane, namespace, name, note));
    routes.push(await watchObjects<Route>(plane, `/apis/gateway.networking.k8s.io/v1/namespaces/${namespace}/httproutes`, ({ metadata }) => {
      if (metadata.name !== name) return;
      const { [dnsAnnotations.identifier]: identifier = '', [dnsAnnotations.weight]: weight } = metadata.annotations ?? {};
      wish(cluster, { identifier, weight: weight === undefined ? 'plain' : Number(weight) });
    }, ({ metadata }) => {
      if (metadata.name !== name) return;
      wish(cluster, undefined);
    }));
  }
  return {
    on,
    leadsTo,
    tell,
    fewest() {
      // Each says by this whether it has followed all the time.
      for (const each of served.values()) each.fewest();
      for (const watch of routes) watch.check();
      const seen = fewest;
      fewest = now();
      return seen;
    },
    gaps() {
      const seen = gaps;
      gaps = [];
      return seen;
    },
    stop() {
      for (const each of [...served.values(), ...routes]) each.stop();
    },
  };
}
