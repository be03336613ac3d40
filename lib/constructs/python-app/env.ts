import type { EnvValue as PlusEnvValue } from 'cdk8s-plus-27';
import type { IEnvVar } from 'kubernetes-models/v1/EnvVar';
import type { IEnvVarSource } from 'kubernetes-models/v1/EnvVarSource';
import { secretName, type SecretKey } from '../secret-source.ts';
import { plainOf } from './interop.ts';

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

/** Whether a value is one key of a secret. */
export function isSecretKey(value: EnvInput): value is SecretKey {
  return typeof value === 'object' && 'secret' in value;
}

/** An entry of `env`. */
export function envVar(name: string, value: EnvInput, app: string): IEnvVar {
  if (typeof value !== 'object') return { name, value: String(value) };
  if (isSecretKey(value)) {
    const { secret, key, optional } = value;
    return { name, valueFrom: { secretKeyRef: { name: secretName(secret, app), key, ...(optional !== undefined && { optional }) } } };
  }
  if (value.valueFrom !== undefined) return { name, valueFrom: plainOf(value.valueFrom) as IEnvVarSource };
  return { name, value: String('value' in value ? value.value : '') };
}

/** What makes Python behave in a container: output isn't held back, no .pyc files are written, a crash in native code leaves a traceback. */
export const pythonEnv: Readonly<Record<string, string>> = { PYTHONUNBUFFERED: '1', PYTHONDONTWRITEBYTECODE: '1', PYTHONFAULTHANDLER: '1' };

/** Entries of `env`, later sources winning over earlier ones, each variable once. */
export function envVars(sources: readonly Readonly<Record<string, EnvInput>>[], app: string): IEnvVar[] {
  const merged = new Map<string, EnvInput>();
  for (const source of sources) {
    for (const [name, value] of Object.entries(source)) merged.set(name, value);
  }
  return [...merged].map(([name, value]) => envVar(name, value, app));
}
