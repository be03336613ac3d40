import { compareText, describeProblem, SlipwayError } from '../../values/errors.ts';
import type { ApiServer } from '../bootstrap/api-server.ts';
import type { Leftover } from './leftover.ts';
import { loadBalancers } from './load-balancers.ts';
import { machines, snapshots, volumes } from './volumes.ts';

/** The kinds that stand for something in the cloud, or say that an address doesn't. A kind that isn't served has no objects. */
const kinds = {
  services: ['v1', 'Service'],
  nodes: ['v1', 'Node'],
  persistentVolumes: ['v1', 'PersistentVolume'],
  ingresses: ['networking.k8s.io/v1', 'Ingress'],
  gateways: ['gateway.networking.k8s.io/v1', 'Gateway'],
  albConfigs: ['alibabacloud.com/v1', 'AlbConfig'],
  snapshotContents: ['snapshot.storage.k8s.io/v1', 'VolumeSnapshotContent'],
  nodeClaims: ['karpenter.sh/v1', 'NodeClaim'],
} as const;

/**
 * What a cluster made in the cloud and would leave behind, sorted. Nothing is changed on the cluster: objects are listed and no more.
 *
 * @throws SlipwayError naming each kind that can't be read
 */
export async function findLeftovers(server: Pick<ApiServer, 'list'>): Promise<readonly Leftover[]> {
  const names = Object.keys(kinds) as (keyof typeof kinds)[];
  const answers = await Promise.allSettled(names.map(async (name) => {
    const [apiVersion, kind] = kinds[name];
    return [name, await server.list(apiVersion, kind)] as const;
  }));
  throwAll(answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as unknown] : [])));
  const objects = Object.fromEntries(answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))) as Record<keyof typeof kinds, readonly unknown[]>;
  return [...loadBalancers(objects), ...volumes(objects.persistentVolumes), ...snapshots(objects.snapshotContents), ...machines(objects.nodeClaims)]
    .sort((a, b) => compareText(a.object, b.object));
}

/** Throws all that went wrong as one error; a server that can't be reached says so once, however often it was asked. */
function throwAll(reasons: readonly unknown[]): void {
  const other = reasons.find((reason) => !(reason instanceof SlipwayError));
  if (other !== undefined) throw other;
  const problems = new Map((reasons as readonly SlipwayError[]).flatMap((reason) => reason.problems).map((problem) => [describeProblem(problem), problem]));
  if (problems.size > 0) throw new SlipwayError([...problems].sort(([a], [b]) => compareText(a, b)).map(([, problem]) => problem));
}
