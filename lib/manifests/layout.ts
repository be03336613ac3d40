import { compareText } from '../values/errors.ts';
import { pathSegmentProblem } from '../values/names.ts';
import type { KubeObject } from './rendered.ts';

/** The paths of the runtime repo: nowhere else is one put together. */
export const layout = {
  /** Where an app's objects lie in an environment; with a cluster, the render of that cluster alone. */
  app(environment: string, app: string, cluster?: string): string {
    return `apps/${environment}/${app}${cluster === undefined ? '' : `@${cluster}`}`;
  },
  /** What a cluster's platform consists of: its namespaces. */
  platform(cluster: string): string {
    return `clusters/${cluster}/platform`;
  },
  /** Where all upstream manifests lie. */
  upstreams(): string {
    return 'upstream';
  },
  /** Upstream manifests, once per version. */
  upstream(name: string, version: string): string {
    return `upstream/${name}-${version}`;
  },
  /** What the controller of a cluster follows: tracking objects only. A hub keeps those of its members in a folder for each. */
  root(cluster: string, hub?: string): string {
    return hub === undefined ? `clusters/${cluster}` : `clusters/${hub}/members/${cluster}`;
  },
  /** The install of a cluster's controller, which manages it itself. */
  install(cluster: string, controller: string): string {
    return `clusters/${cluster}/${controller}`;
  },
  /** An add-on of a cluster. */
  addOn(cluster: string, name: string): string {
    return `clusters/${cluster}/add-ons/${name}`;
  },
  /** What watches a cluster's controllers and apps: monitors, alert rules, dashboards. */
  observability(cluster: string): string {
    return `clusters/${cluster}/observability`;
  },
  /** The tracking objects of an environment's apps on a cluster. */
  tracking(cluster: string, environment: string, hub?: string): string {
    return `${layout.root(cluster, hub)}/${environment}`;
  },
  /** What must be there, or finish, before an app's new version takes traffic. */
  pre(folder: string): string {
    return `${folder}/pre`;
  },
  kustomization(folder: string): string {
    return `${folder}/kustomization.yaml`;
  },
} as const;

/** Folders of a cluster that are no environment's: an environment can't have such a name. */
export const reservedFolders = ['add-ons', 'argo-cd', 'flux', 'members', 'observability', 'platform'] as const;

/** The file of an object: `<kind>-<name>.yaml`; an object outside the app's own namespace carries its namespace too. */
export function objectFileName(object: KubeObject, ownNamespace: string | undefined): string {
  const { name, namespace } = object.metadata ?? {};
  const foreign = namespace !== undefined && namespace !== ownNamespace ? `${namespace}.` : '';
  return `${object.kind.toLowerCase()}-${foreign}${name ?? ''}.yaml`;
}

/** Why a file name must not be written, if so. */
export function fileNameProblem(fileName: string): string | undefined {
  return pathSegmentProblem(fileName);
}

/** Orders paths the same on every machine. */
export function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return compareText(a.path, b.path);
}
