import type { KubeObject } from '../../manifests/rendered.ts';
import type { ExternalSource } from '../../model/external-app.ts';
import type { Host } from '../controller.ts';
import type { Tracked } from '../tracked.ts';
import { helmRelease } from './helm-release.ts';
import { kustomizationFrom } from './kustomization.ts';
import { labelsOf } from '../tracking-labels.ts';
import { gitSourceName, partName } from './names.ts';
import { fluxSettings } from './settings.ts';
import { fluxMetadata, readableUrl } from './source.ts';

type GitSource = Extract<ExternalSource, { readonly kind: 'git' }>;
type HelmSource = Extract<ExternalSource, { readonly kind: 'helm' }>;

/** What follows the sources of an external app: for each a source and what applies it, in the name of its team. */
export function externalObjects(tracked: Tracked, sources: readonly ExternalSource[], host: Host): KubeObject[] {
  return sources.flatMap((source, index) => {
    const name = partName(tracked.name, index + 1);
    switch (source.kind) {
      case 'git':
        return source.helm === undefined ? folderInGit(tracked, source, name, host) : chartInGit(tracked, source, source.helm.values, name, host);
      case 'helm':
        return source.repo.startsWith('oci://') ? chartInRegistry(tracked, source, name, host) : chartInRepository(tracked, source, name, host);
      default:
        return source satisfies never;
    }
  });
}

function folderInGit(tracked: Tracked, source: GitSource, name: string, host: Host): KubeObject[] {
  return [
    gitRepository(tracked, source, name, host),
    kustomizationFrom(tracked, host, {
      name,
      labels: labelsOf(tracked),
      path: `./${source.path}`,
      sourceRef: { kind: 'GitRepository', name: gitSourceName(name) },
      dependsOn: tracked.dependsOn,
      ...(tracked.namespace !== undefined && { targetNamespace: tracked.namespace }),
    }),
  ];
}

function chartInGit(tracked: Tracked, source: GitSource, values: HelmSource['values'], name: string, host: Host): KubeObject[] {
  // A chart in Git is what its folder holds, whether or not somebody raised the version in Chart.yaml.
  const chart = { spec: { chart: `./${source.path}`, reconcileStrategy: 'Revision', sourceRef: { kind: 'GitRepository', name: gitSourceName(name) } } };
  return [gitRepository(tracked, source, name, host), helmRelease(tracked, { name, chart: { chart }, values }, host)];
}

function chartInRepository(tracked: Tracked, source: HelmSource, name: string, host: Host): KubeObject[] {
  const { interval } = fluxSettings(host);
  const repository: KubeObject = {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'HelmRepository',
    metadata: fluxMetadata(name, labelsOf(tracked)),
    spec: { interval, url: source.repo },
  };
  const chart = { spec: { chart: source.chart, version: source.version, sourceRef: { kind: 'HelmRepository', name } } };
  return [repository, helmRelease(tracked, { name, chart: { chart }, values: source.values }, host)];
}

function chartInRegistry(tracked: Tracked, source: HelmSource, name: string, host: Host): KubeObject[] {
  const repository: KubeObject = {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'OCIRepository',
    metadata: fluxMetadata(name, labelsOf(tracked)),
    spec: {
      interval: fluxSettings(host).interval,
      url: `${source.repo}/${source.chart}`,
      // Helm writes "+" in a version as "_" in a tag.
      ref: { tag: source.version.replaceAll('+', '_') },
      layerSelector: { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: 'copy' },
    },
  };
  return [repository, helmRelease(tracked, { name, chart: { chartRef: { kind: 'OCIRepository', name } }, values: source.values }, host)];
}

function gitRepository(tracked: Tracked, source: GitSource, name: string, host: Host): KubeObject {
  const { interval, poll } = fluxSettings(host);
  const ref = refOf(source.revision);
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: fluxMetadata(gitSourceName(name), labelsOf(tracked)),
    spec: { interval: 'branch' in ref || 'name' in ref ? poll : interval, timeout: '60s', url: readableUrl(source.url, `app ${tracked.name}: source.url`), ref },
  };
}

/** A revision as Flux names it: a reference outright, a commit by its id, a tag by its version, else a branch. */
function refOf(revision: string): { readonly name: string } | { readonly commit: string } | { readonly tag: string } | { readonly branch: string } {
  if (revision.startsWith('refs/')) return { name: revision };
  if (/^[0-9a-f]{40}$/.test(revision)) return { commit: revision };
  return /^v?\d+\.\d+\.\d+/.test(revision) ? { tag: revision } : { branch: revision };
}
