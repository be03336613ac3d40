import type { EnvValue as PlusEnvValue } from 'cdk8s-plus-27';
import type { IEnvVarSource } from 'kubernetes-models/v1/EnvVarSource';
import type { SecretKey } from '../secret-source.ts';

/** A value that Kubernetes reads when the container starts, as `env[].valueFrom` has it. */
export interface EnvReference {
  readonly valueFrom: IEnvVarSource;
}

/** The value of an environment variable: text, a number or a boolean (written as text), a reference, or an EnvValue of cdk8s-plus-27. */
export type EnvInput = string | number | boolean | EnvReference | SecretKey | PlusEnvValue;

/** A field of the pod (`fieldRef.fieldPath`), such as `metadata.name` or `status.podIP`. */
export function fieldRef(fieldPath: string): EnvReference {
  return { valueFrom: { fieldRef: { fieldPath } } };
}

/** A request or limit of the container (`resourceFieldRef`), such as `limits.memory`, in units of the divisor. */
export function resourceFieldRef(resource: string, options: { readonly divisor?: string; readonly containerName?: string } = {}): EnvReference {
  return { valueFrom: { resourceFieldRef: { resource, ...options } } };
}

/** A key of a ConfigMap that exists or is made elsewhere in the app (`configMapKeyRef`). */
export function configMapKey(configMap: string, key: string, options: { readonly optional?: boolean } = {}): EnvReference {
  return { valueFrom: { configMapKeyRef: { name: configMap, key, ...options } } };
}
