import type { IApplication } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1/Application';
import type { ExternalSource } from '../../model/external-app.ts';
import type { RuntimeSource, Tracked } from '../tracked.ts';

/** Where an Application's objects come from. */
export type ApplicationSource = NonNullable<IApplication['spec']['source']>;

/** A folder of the runtime repo in its repository. */
export function pathIn(runtimeRepo: Pick<RuntimeSource, 'path'>, folder: string): string {
  return runtimeRepo.path === '' ? folder : `${runtimeRepo.path}/${folder}`;
}

/** The sources of what is tracked, in order: what must be there first comes first. */
export function sourcesOf(tracked: Tracked, runtimeRepo: RuntimeSource): ApplicationSource[] {
  if ('external' in tracked.from) return tracked.from.external.map((source) => externalSource(source, tracked.app ?? tracked.name));
  return foldersOf(tracked).map((folder) => ({ repoURL: runtimeRepo.url, targetRevision: runtimeRepo.branch, path: pathIn(runtimeRepo, folder) }));
}

/** Folders of the runtime repo that a commit must touch for the tracked thing to change; an external app has none there. */
export function foldersOf(tracked: Tracked): string[] {
  if ('external' in tracked.from) return [];
  return [...(tracked.pre === undefined ? [] : [tracked.pre]), tracked.from.folder];
}

/** A repository as Argo CD names it: a registry of OCI charts without the scheme. */
export function repositoryName(url: string): string {
  return url.replace(/^oci:\/\//, '');
}

/** A source beyond the runtime repo; a chart is released under the name. */
export function externalSource(source: ExternalSource, release: string): ApplicationSource {
  switch (source.kind) {
    case 'git':
      // Argo CD itself sees whether the folder holds a chart, a kustomization or plain YAML.
      return {
        repoURL: source.url,
        targetRevision: source.revision,
        path: source.path === '' ? '.' : source.path,
        ...(source.helm !== undefined && { helm: { releaseName: release, ...(Object.keys(source.helm.values).length > 0 && { valuesObject: source.helm.values }) } }),
      };
    case 'helm':
      return {
        repoURL: repositoryName(source.repo),
        chart: source.chart,
        targetRevision: source.version,
        helm: { releaseName: release, ...(Object.keys(source.values).length > 0 && { valuesObject: source.values }) },
      };
    default:
      return source satisfies never;
  }
}
