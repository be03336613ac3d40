import type { ExistingObject } from '../manifests/rendered.ts';
import { compareText } from '../values/errors.ts';
import type { CustomResources } from './schemas/custom-resources.ts';

/** What a unit lands on. */
export interface ValidationTarget {
  /**
   * The Kubernetes minors of its clusters, such as `1.35`: by cluster, or one list for all. Every object is checked against each
   * minor that it lands on.
   */
  readonly minors: readonly string[] | Readonly<Record<string, string>>;
  /** What references may name though nobody renders it, beside what the unit itself declares. @default - nothing */
  readonly existing?: readonly ExistingObject[];
  /** Namespaces that are there without being rendered, by cluster: upstream's manifest of a controller makes its own. @default - none */
  readonly namespaces?: Readonly<Record<string, readonly string[]>>;
  /** API groups, and kinds as `<group>/<Kind>`, whose definitions are on a cluster without being rendered, by cluster. @default - nothing is known, and no definition is missed */
  readonly definitions?: Readonly<Record<string, readonly string[]>>;
  /** Where objects without a namespace land: the destination of the tracking object. @default - objects name their own */
  readonly namespace?: string;
  /** Nobody is there to go on with what waits for a person. @default false */
  readonly unattended?: boolean;
  /** Schemas of custom resources beyond those that Slipway carries. @default - none */
  readonly customResources?: CustomResources;
}

/** The minors of some clusters, each once, sorted. */
export function minorsOf(target: ValidationTarget, clusters: readonly string[]): readonly string[] {
  const { minors } = target;
  const all = isList(minors) ? minors : clusters.flatMap((cluster) => (Object.hasOwn(minors, cluster) ? [minors[cluster] ?? ''] : []));
  return [...new Set(all)].sort(compareText);
}

function isList(minors: ValidationTarget['minors']): minors is readonly string[] {
  return Array.isArray(minors);
}
