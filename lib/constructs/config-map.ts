import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { contentHash } from '../values/content-hash.ts';
import { compareText } from '../values/errors.ts';
import type { WorkloadIdentity } from './workload-identity.ts';

/** Annotation of a ConfigMap that is named by its content; its value is the name without the hash. Publish keeps old generations by it. */
export const contentHashedAnnotation = 'slipway.dev/content-hashed';

/**
 * A ConfigMap named by its content: a change makes a new one and rolls the pods, and a pod that still runs keeps the config it started with.
 * Keys are sorted, so that their order doesn't change the name.
 */
export function contentHashedConfigMap(identity: WorkloadIdentity, part: string, values: Readonly<Record<string, string>>): IConfigMap & { metadata: { name: string } } {
  const data = Object.fromEntries(Object.entries(values).sort(([a], [b]) => compareText(a, b)));
  const base = `${identity.name}-${part}`;
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: `${base}-${contentHash(data)}`,
      ...(identity.namespace !== undefined && { namespace: identity.namespace }),
      labels: { ...identity.labels },
      annotations: { [contentHashedAnnotation]: base },
    },
    immutable: true,
    data,
  };
}
