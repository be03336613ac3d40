import type { Cluster } from '../model/cluster.ts';
import type { Problem } from '../values/errors.ts';

/** What must not happen by not thinking of it: the API of a production cluster, open to the internet. Told before anything is made. */
export function policyProblems({ infrastructure, labels, name }: Cluster): Problem[] {
  if (labels['tier'] !== 'production') return [];
  switch (infrastructure.kind) {
    case 'doks':
    case 'eks':
      return infrastructure.publicApi || infrastructure.apiFrom !== undefined
        ? []
        : [{ where: `cluster ${name}: provider.apiFrom`, message: 'expected the ranges from which the API of a production cluster can be reached, got nothing: it would be open to the internet', fix: `name them, such as apiFrom: ['203.0.113.0/24'], or say publicApi: true` }];
    // Closed unless `publicApi` opens it, or none of ours to open.
    case 'ack':
    case 'existing':
      return [];
    default:
      return infrastructure satisfies never;
  }
}
