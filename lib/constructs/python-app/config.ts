import type { Manifest } from '../manifest.ts';

/** Environment variables by name; numbers and booleans are written as text on purpose. */
export type ConfigValues = Readonly<Record<string, string | number | boolean>>;

/** The ConfigMap of a construct, for another one that reads the same: `config: web.config`. */
export interface ConfigReference {
  /** Name of the ConfigMap, its hash included. */
  readonly configMap: string;
  /** Its keys, sorted. */
  readonly keys: readonly string[];
  /** The object that makes it. */
  readonly manifest: Manifest;
}

export type ConfigInput = ConfigValues | ConfigReference;

/** Files for the app's container. */
export interface ConfigFilesProps {
  /** Folder of the files (`volumeMounts[].mountPath`). */
  readonly mountPath: string;
  /** File name -> text. */
  readonly files: Readonly<Record<string, string>>;
}
