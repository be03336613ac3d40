import type { KubeObject } from '../../manifests/rendered.ts';
import type { ExternalSource } from '../../model/external-app.ts';
import type { Host } from '../controller.ts';
import type { Tracked } from '../tracked.ts';
import { kustomizationFrom } from './kustomization.ts';
import { labelsOf } from './labels.ts';
import { partName, teamAccount } from './names.ts';
import { fluxSettings } from './settings.ts';
import { fluxMetadata, fluxUrl } from './source.ts';

/** What follows the sources of an external app: for each a source and what applies it. */
export function externalObjects(tracked: Tracked, sources: readonly ExternalSource[], host: Host): KubeObject[] {
  return sources.flatMap((source, index) => {
    const name = partName(tracked.name, index + 1);
    switch (source.kind) {
      case 'git':
        return fromGit(tracked, source, name, host);
      case 'helm':
        return fromHelm(tracked, source, name, host);
      default:
        return source satisfies never;
    }
  });
}

type GitSource = Extract<ExternalSource, { readonly kind: 'git' }>;
type HelmSource = Extract<ExternalSource, { readonly kind: 'helm' }>;

function fromGit(tracked: Tracked, source: GitSource, name: string, host: Host): KubeObject[] {
  const repository: KubeObject = {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: fluxMetadata(name, labelsOf(tracked)),
    spec: { interval: fluxSettings(host).interval, url: fluxUrl(source.url), ref: refOf(source.revision), ...(source.path !== '' && { sparseCheckout: [source.path] }) },
  };
  return [repository, kustomizationFrom(tracked, host, { name, path: `./${source.path}`, sourceRef: { kind: 'GitRepository', name }, dependsOn: tracked.dependsOn })];
}

/** A revision as Flux names it: a commit by its id, a tag by its version, else a branch. */
function refOf(revision: string): object {
  if (/^[0-9a-f]{40}$/.test(revision)) return { commit: revision };
  if (revision.startsWith('refs/')) return { name: revision };
  return /^v?\d+\.\d+\.\d+/.test(revision) ? { tag: revision } : { branch: revision };
}

function fromHelm(tracked: Tracked, source: HelmSource, name: string, host: Host): KubeObject[] {
  const { interval } = fluxSettings(host);
  const oci = source.repo.startsWith('oci://');
  const repository: KubeObject = oci
    ? {
        apiVersion: 'source.toolkit.fluxcd.io/v1',
        kind: 'OCIRepository',
        metadata: fluxMetadata(name, labelsOf(tracked)),
        spec: { interval, url: `${source.repo.replace(/\/+$/, '')}/${source.chart}`, ref: { tag: source.version }, layerSelector: { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: 'copy' } },
      }
    : { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'HelmRepository', metadata: fluxMetadata(name, labelsOf(tracked)), spec: { interval, url: source.repo } };
  const release: KubeObject = {
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    metadata: fluxMetadata(name, labelsOf(tracked)),
    spec: {
      interval,
      ...(oci
        ? { chartRef: { kind: 'OCIRepository', name } }
        : { chart: { spec: { chart: source.chart, version: source.version, sourceRef: { kind: 'HelmRepository', name } } } }),
      releaseName: tracked.app ?? tracked.name,
      ...(tracked.namespace !== undefined && { targetNamespace: tracked.namespace, storageNamespace: tracked.namespace }),
      ...(tracked.team !== undefined && { serviceAccountName: teamAccount(tracked.team) }),
      ...(tracked.sync === 'none' && { suspend: true }),
      install: { crds: 'CreateReplace', strategy: { name: 'RetryOnFailure', retryInterval: '1m' } },
      upgrade: { crds: 'CreateReplace', strategy: { name: 'RetryOnFailure', retryInterval: '1m' } },
      driftDetection: { mode: 'enabled' },
      ...(Object.keys(source.values).length > 0 && { values: source.values }),
    },
  };
  return [repository, release];
}
