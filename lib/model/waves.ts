import { compareText, type Problem } from '../values/errors.ts';
import { didYouMean } from '../values/suggest.ts';
import type { Environment } from './environment.ts';

/** What comes after an app's name in the folder that only clusters of earlier waves take: no cluster can have this name. */
export const nextVariant = 'next';

/** The clusters of an environment by wave, by name: those of no wave come last, all at once. Without waves there is one. */
export function wavesOf(environment: Pick<Environment, 'clusters' | 'promotion'>): readonly (readonly string[])[] {
  const { waves } = environment.promotion;
  const rest = environment.clusters.map((cluster) => cluster.name).filter((name) => !waves.some((wave) => wave.includes(name)));
  return [...waves, ...(rest.length > 0 ? [rest] : [])];
}

/** The clusters that a change has reached after a wave, counted from 1; undefined when those are all. */
export function reachedBy(environment: Pick<Environment, 'clusters' | 'promotion'>, wave: number): ReadonlySet<string> | undefined {
  const waves = wavesOf(environment);
  return wave >= waves.length ? undefined : new Set(waves.slice(0, wave).flat());
}

/** An environment's waves as they stand in its definition. */
export interface WavesOutline {
  readonly name: string;
  readonly file: string;
  readonly clusters: readonly string[];
  readonly waves: readonly (readonly string[])[];
}

/** Waves that name clusters which the environment hasn't, or one twice. */
export function waveProblems({ file, name, clusters, waves }: WavesOutline): Problem[] {
  const seen = new Set<string>();
  return waves.flatMap((wave, index) => wave.flatMap((cluster, at): Problem[] => {
    const where = `${file}: promotion.waves[${index}][${at}]`;
    if (!clusters.includes(cluster)) return [{ where, message: `expected a cluster of ${name}, got ${JSON.stringify(cluster)}.`, fix: `name one.${didYouMean(cluster, [...clusters].sort(compareText))}` }];
    if (seen.has(cluster)) return [{ where, message: `cluster ${JSON.stringify(cluster)} is in two waves`, fix: 'keep it in one of them' }];
    seen.add(cluster);
    return [];
  }));
}
