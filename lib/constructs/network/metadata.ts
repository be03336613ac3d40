import { compareText } from '../../values/errors.ts';
import type { WorkloadIdentity } from '../workload-identity.ts';

/** Metadata as the typed models have it. */
export interface Metadata {
  name: string;
  namespace?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

/** What differs from the workload's own. */
export interface MetadataOptions {
  /** @default - the workload's name */
  readonly name?: string;
  /** Labels beside the workload's. @default {} */
  readonly labels?: Readonly<Record<string, string>>;
  /** @default {} */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Metadata of an object that belongs to a workload: its namespace and labels, keys sorted. Empty parts are left out. */
export function metadataFor(identity: WorkloadIdentity, options: MetadataOptions = {}): Metadata {
  const labels = sorted({ ...identity.labels, ...options.labels });
  const annotations = sorted({ ...options.annotations });
  return {
    name: options.name ?? identity.name,
    ...(identity.namespace !== undefined && { namespace: identity.namespace }),
    ...(Object.keys(labels).length > 0 && { labels }),
    ...(Object.keys(annotations).length > 0 && { annotations }),
  };
}

function sorted(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).sort(([a], [b]) => compareText(a, b)));
}
