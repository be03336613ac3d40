import type { Construct } from 'constructs';
import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { contentHashedConfigMap } from '../config-map.ts';
import { Manifest } from '../manifest.ts';
import type { WorkloadIdentity } from '../workload-identity.ts';
import type { PodVolume } from './volumes.ts';

/** Environment variables by name; numbers and booleans are written as text on purpose. */
export type ConfigValues = Readonly<Record<string, string | number | boolean>>;

/** The ConfigMap of a construct, for another one that reads the same: `config: web.config`. */
export interface ConfigReference {
  /** Name of the ConfigMap, its hash included. */
  readonly configMap: string;
  /** Its keys, sorted. */
  readonly keys: readonly string[];
  /** The object that makes it. */
  readonly manifest: Manifest<IConfigMap>;
}

export type ConfigInput = ConfigValues | ConfigReference;

/** Files for the app's container. */
export interface ConfigFilesProps {
  /** Folder of the files (`volumeMounts[].mountPath`). */
  readonly mountPath: string;
  /** File name -> text. */
  readonly files: Readonly<Record<string, string>>;
}

/** Whether it is the config of another construct. */
export function isConfigReference(config: ConfigInput): config is ConfigReference {
  return config['manifest'] instanceof Manifest;
}

/** The ConfigMap whose keys become environment variables. */
export function configOf(scope: Construct, identity: WorkloadIdentity, config: ConfigInput | undefined): ConfigReference | undefined {
  if (config === undefined || isConfigReference(config)) return config;
  const entries = Object.entries(config).map(([key, value]) => [key, String(value)] as const);
  return entries.length === 0 ? undefined : referenceTo(scope, identity, 'config', Object.fromEntries(entries));
}

/** The ConfigMap of files, and the volume that brings them. */
export function configFilesOf(scope: Construct, identity: WorkloadIdentity, props: ConfigFilesProps | undefined): { readonly reference: ConfigReference; readonly volume: PodVolume } | undefined {
  if (props === undefined) return undefined;
  const reference = referenceTo(scope, identity, 'files', props.files);
  return { reference, volume: { name: 'config-files', mountPath: props.mountPath, readOnly: true, source: { configMap: { name: reference.configMap } } } };
}

function referenceTo(scope: Construct, identity: WorkloadIdentity, part: string, values: Readonly<Record<string, string>>): ConfigReference {
  const value = contentHashedConfigMap(identity, part, values);
  return { configMap: value.metadata.name, keys: Object.keys(value.data ?? {}), manifest: new Manifest<IConfigMap>(scope, part, value, { withoutNamespace: true }) };
}
