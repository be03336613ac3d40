import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { contentHashedAnnotation } from '../manifests/content-hashed.ts';
import { contentHash } from '../values/content-hash.ts';
import { compareText } from '../values/errors.ts';
import type { WorkloadIdentity } from './workload-identity.ts';

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
