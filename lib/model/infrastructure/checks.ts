import { didYouMean } from '../../values/suggest.ts';
import { doksRegions } from './doks.ts';
import type { Infrastructure } from './infrastructure.ts';
import { rangesOverlap } from './network.ts';

/** A cluster, as far as its provider's settings have to go with it. */
export interface ClusterFacts {
  readonly name: string;
  readonly region?: string | undefined;
  /** Its minor. */
  readonly kubernetes: string;
  readonly workers?: number | undefined;
  readonly provider: Infrastructure;
}

/** What is wrong, and where in the cluster's definition. */
export interface FactProblem {
  readonly path: readonly string[];
  readonly message: string;
}

/** What is wrong between a cluster and its provider's settings, each of which may be right in itself: what a cloud would refuse after minutes, or accept and do something else. */
export function infrastructureProblems(facts: ClusterFacts): FactProblem[] {
  return [...regionProblems(facts), ...workersProblems(facts), ...versionProblems(facts), ...rangeProblems(facts), ...nameProblems(facts)];
}

/** Region names as each cloud forms them: new regions need no new Slipway, another cloud's are found out. */
const regions = {
  ack: { shape: /^[a-z]{2}(-[a-z]+)+(-\d)?$/, like: 'a region of Alibaba Cloud such as eu-central-1' },
  doks: { shape: /^[a-z]{3}\d$/, like: 'a region of DigitalOcean such as fra1' },
  eks: { shape: /^(?!cn-|us-gov-|us-iso)[a-z]{2}(-[a-z]+)+-\d$/, like: 'a region of AWS such as eu-central-1; those of China and of governments have other accounts and aren\'t supported' },
} as const;

function regionProblems({ region, provider: { kind } }: ClusterFacts): FactProblem[] {
  if (region === undefined || kind === 'existing' || regions[kind].shape.test(region)) return [];
  return [{ path: ['region'], message: `expected ${regions[kind].like}, got ${JSON.stringify(region)}.${kind === 'doks' ? didYouMean(region, doksRegions) : ''}` }];
}

function workersProblems({ workers, provider }: ClusterFacts): FactProblem[] {
  // A number that is none is told as such, and nothing more of it.
  if (workers === undefined || !Number.isInteger(workers) || workers < 1) return [];
  if (provider.kind === 'existing') return [{ path: ['workers'], message: `expected none, because nobody makes nodes for a cluster that exists already, got ${workers}` }];
  const said = provider.nodePools.length > 0 && provider.nodePools.every(({ nodes }) => nodes !== undefined);
  return said ? [{ path: ['workers'], message: `expected none, because every node pool says how many nodes it has, got ${workers}` }] : [];
}

function versionProblems({ kubernetes, provider }: ClusterFacts): FactProblem[] {
  if (!('version' in provider) || provider.version === undefined || provider.version.startsWith(`${kubernetes}.`)) return [];
  return [{ path: ['provider', 'version'], message: `expected a version of Kubernetes ${kubernetes}, for which the cluster's manifests are checked, got ${JSON.stringify(provider.version)}; change \`kubernetes\` with it` }];
}

/** Ranges of addresses that are used inside a cluster, by the path that names them. */
function rangesOf(provider: Infrastructure): readonly (readonly [string, string])[] {
  switch (provider.kind) {
    case 'ack':
      return named({ 'vpc.range': 'range' in provider.vpc ? provider.vpc.range : undefined, serviceRange: provider.serviceRange });
    case 'doks':
      return named({ 'vpc.range': provider.vpc !== undefined && 'range' in provider.vpc ? provider.vpc.range : undefined, podRange: provider.podRange, serviceRange: provider.serviceRange });
    case 'eks':
      return named({ 'vpc.range': 'range' in provider.vpc ? provider.vpc.range : undefined, serviceRange: provider.serviceRange });
    case 'existing':
      return [];
    default:
      return provider satisfies never;
  }
}

function named(ranges: Readonly<Record<string, string | undefined>>): [string, string][] {
  return Object.entries(ranges).flatMap(([name, range]): [string, string][] => (range === undefined ? [] : [[name, range]]));
}

function rangeProblems({ provider }: ClusterFacts): FactProblem[] {
  const ranges = rangesOf(provider);
  return ranges.flatMap(([name, range], index) => ranges.slice(0, index).filter(([, other]) => rangesOverlap(range, other)).map(([other, taken]) => ({
    path: ['provider', ...name.split('.')], message: `expected a range apart from ${other} (${taken}), got ${range}: addresses of both would mean two things`,
  })));
}

/** The longest name with which AWS's roles (64 characters) and launch templates (128) can be formed. */
const longestOnAws = 50;

function nameProblems({ name, provider }: ClusterFacts): FactProblem[] {
  if (provider.kind !== 'eks') return [];
  const names = [{ path: ['name'], text: name }, ...provider.nodePools.map((pool, index) => ({ path: ['provider', 'nodePools', String(index), 'name'], text: pool.name }))];
  return names.filter(({ text }) => text.length > longestOnAws).map(({ path, text }) => ({ path, message: `expected at most ${longestOnAws} characters on AWS, whose roles and launch templates carry the name, got ${text.length}` }));
}
