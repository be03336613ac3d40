import type { Cluster } from '../model/cluster.ts';
import type { ClusterView, Select } from '../model/context.ts';
import { canonicalJson } from '../values/canonical-json.ts';

/** A question that a build asked of its cluster, and the answer it got. */
interface Read {
  ask(cluster: Cluster): unknown;
  readonly answer: unknown;
}

/**
 * Notes what a build reads of its cluster. Builds are pure, so a cluster that gives the same answers gets the same render:
 * a thousand clusters cost as many renders as there are different answers.
 */
export class ClusterReads {
  readonly #reads: Read[] = [];
  readonly #cluster: Cluster;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /** The cluster, as a build sees it. */
  readonly view: ClusterView = viewOf((field) => this.read((cluster) => cluster[field]));

  /** Answers a question and notes it. */
  read<T>(ask: (cluster: Cluster) => T): T {
    const answer = ask(this.#cluster);
    this.#reads.push({ ask, answer });
    return answer;
  }

  /** Whether a build for this cluster would have read the same. */
  answersAlike(cluster: Cluster): boolean {
    return this.#reads.every((read) => isSame(read.ask(cluster), read.answer));
  }

  /** `selectCluster` of the build context. */
  select(choose: (values: Readonly<Record<string, unknown>>, name: string) => unknown): Select {
    return ((values: Readonly<Record<string, unknown>>) => {
      const key = this.read((cluster) => Object.hasOwn(values, cluster.name) ? cluster.name : 'default');
      return choose(values, key);
    }) as Select;
  }
}

const fields = ['name', 'provider', 'region', 'labels', 'kubernetes', 'dnsDomain'] as const satisfies readonly (keyof ClusterView)[];

function viewOf(read: (field: keyof ClusterView) => unknown): ClusterView {
  const view = {};
  for (const field of fields) Object.defineProperty(view, field, { enumerable: true, get: () => read(field) });
  return Object.freeze(view) as ClusterView;
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === 'object' && typeof b === 'object' && canonicalJson(a) === canonicalJson(b));
}
