import type { Cluster } from './cluster.ts';
import type { Environment } from './environment.ts';
import type { Resources } from './sizes.ts';

/** An image at the version that an environment pins. */
export interface ImagePin {
  /** The image's name in the pins file (`images[].name`). */
  readonly name: string;
  /** Where it comes from, without tag and digest (`images[].newName`, else `<registry>/<name>`). */
  readonly repository: string;
  /** The tag (`images[].newTag`). @default - none: the digest alone */
  readonly tag?: string;
  /** The digest (`images[].digest`), `sha256:` and 64 hexadecimal digits. @default - none */
  readonly digest?: string;
}

/** What an app's build may know of its environment. */
export type EnvironmentView = Pick<Environment, 'name' | 'domain' | 'registry' | 'sync'>;

/** What an app's build may know of the cluster: reading any of it makes the render depend on the cluster. */
export type ClusterView = Pick<Cluster, 'name' | 'provider' | 'region' | 'labels' | 'kubernetes' | 'dnsDomain'>;

/** What `build` gets: where this render is for. Pure data and pure functions. */
export interface BuildContext<Images extends string = string> {
  /** The app's name. */
  readonly app: string;
  readonly team: string;
  readonly environment: EnvironmentView;
  /** The namespace of the app here. */
  readonly namespace: string;
  /**
   * The cluster. An environment is rendered once for all its clusters; a build that reads a value here is rendered again for each cluster
   * whose value differs, into `apps/<environment>/<app>@<cluster>/`. Its name must not enter a pod template.
   */
  readonly cluster: ClusterView;
  /** The app's images at their pinned versions, by the names of `images` in `defineApp`. */
  readonly images: { readonly [Name in Images]: ImagePin };
  /** The value for this environment: its own key, else `default`. An unknown environment is an error; without `default`, undefined where no key fits. */
  readonly select: Select;
  /** The value for the cluster, by name, else `default`: only the clusters named get a render of their own. */
  readonly selectCluster: Select;
  /** What a named size means here: library < environment < cluster. */
  size(name: string): Resources;
}

/** Chooses a value by name. */
export interface Select {
  <T>(values: Readonly<Record<string, T>> & { readonly default: T }): T;
  <T>(values: Readonly<Record<string, T>>): T | undefined;
}
