import { sha256Hex } from '../../values/content-hash.ts';
import { compareText } from '../../values/errors.ts';

/** The label that says which kustomize-controller works on an object. */
export const shardLabel = 'sharding.fluxcd.io/key';
/** The argument by which the first kustomize-controller leaves what has a shard to the shards. */
export const mainSelector = `--watch-label-selector=!${shardLabel}`;

/** Names of the shards beyond the first kustomize-controller, which works on what no app is. */
export function shardNames(shards: number): string[] {
  return Array.from({ length: shards }, (_, index) => `shard-${index + 1}`);
}

/**
 * The shard of a tracked app: of all shards the one that weighs most together with its name (rendezvous hashing), so that one more or one
 * fewer moves the fewest apps. Undefined where one controller does everything.
 */
export function shardOf(name: string, shards: number): string | undefined {
  if (shards < 2) return undefined;
  return shardNames(shards).map((shard) => ({ shard, weight: sha256Hex(`${shard}/${name}`) })).reduce((best, each) => (compareText(each.weight, best.weight) > 0 ? each : best)).shard;
}
