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
  /** What must be there, or finish, before an app's new version takes traffic. */
  pre(folder: string): string {
    return `${folder}/pre`;
  },
  kustomization(folder: string): string {
    return `${folder}/kustomization.yaml`;
  },
} as const;

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
