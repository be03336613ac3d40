/** Pods of the new version, and all pods, while a canary by replica count holds a weight. */
export interface CanaryReplicas {
  readonly canary: number;
  readonly total: number;
}

/** A number of pods, or a share of them such as `25%` (`IntOrString`). */
export type PodCount = number | string;

/** How many pods more than `replicas` there may be. A share is rounded up; a text without "%" is a share too, as Argo Rollouts reads it. @param maxSurge @default '25%' */
export function surgeOf(replicas: number, maxSurge: PodCount = '25%'): number {
  if (typeof maxSurge === 'number') return maxSurge;
  const share = /^(\d+)%?$/.exec(maxSurge);
  return share === null ? 0 : Math.ceil((Number(share[1]) / 100) * replicas);
}

/** How many pods less than `replicas` may serve. A share is rounded down; where neither more nor less would be allowed, one less is. @param maxUnavailable @default '25%' */
export function maxUnavailableOf(replicas: number, maxUnavailable: PodCount = '25%', maxSurge?: PodCount): number {
  if (replicas === 0) return 0;
  const share = typeof maxUnavailable === 'number' ? undefined : /^(\d+)%?$/.exec(maxUnavailable);
  const pods = typeof maxUnavailable === 'number' ? maxUnavailable : share === null || share === undefined ? 0 : Math.floor((Number(share[1]) / 100) * replicas);
  return Math.min(replicas, pods === 0 && surgeOf(replicas, maxSurge) === 0 ? 1 : pods);
}

/**
 * How many pods Argo Rollouts gives the new version to come near a weight without a traffic router: the nearest of rounding up and down, with
 * and without one pod more where the surge allows it, and never all or none of them between 1 and 99.
 */
export function canaryReplicas(replicas: number, weight: number, surge: number): CanaryReplicas {
  if (replicas === 0) return { canary: 0, total: 0 };
  const wanted = (replicas * weight) / 100;
  const [up, down] = [Math.ceil(wanted), Math.floor(wanted)];
  const zeroAllowed = weight === 100 || weight === 0 || (replicas === 1 && surge === 0);
  const options: CanaryReplicas[] = [];
  if (up < replicas || zeroAllowed) options.push({ canary: up, total: replicas });
  if (!isTied(weight, replicas) && (down !== 0 || zeroAllowed)) options.push({ canary: down, total: replicas });
  if (surge > 0) {
    options.push({ canary: up, total: replicas + 1 });
    if (!isTied(weight, replicas + 1) && (down !== 0 || zeroAllowed)) options.push({ canary: down, total: replicas + 1 });
  }
  const distance = (option: CanaryReplicas): number => Math.abs((option.canary * 100) / option.total - weight);
  return options.reduce((best, option) => (distance(option) < distance(best) ? option : best), options[0] ?? { canary: 0, total: replicas });
}

/** Halfway between two counts, the larger one is taken. */
function isTied(weight: number, total: number): boolean {
  return (total * (weight / 100)) % 1 === 0.5;
}

/** The weight that some pods make, in percent. */
export function weightOf({ canary, total }: CanaryReplicas): number {
  return total === 0 ? 0 : (canary * 100) / total;
}
