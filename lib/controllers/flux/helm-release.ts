import type { KubeObject } from '../../manifests/rendered.ts';
import { contentHash } from '../../values/content-hash.ts';
import { SlipwayError } from '../../values/errors.ts';
import type { Host } from '../controller.ts';
import type { Tracked } from '../tracked.ts';
import { ignoreRules } from './health.ts';
import { labelsOf } from '../tracking-labels.ts';
import { teamAccount } from './names.ts';
import { fluxSettings } from './settings.ts';
import { fluxMetadata } from './source.ts';

/** A chart as a HelmRelease takes it. */
interface Release {
  readonly name: string;
  /** `chart` or `chartRef`. */
  readonly chart: Readonly<Record<string, unknown>>;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Helm's own limit for the name of a release. */
const longestRelease = 53;

/**
 * A release of a chart, in the name of its team. One that fails is tried again without end, as it stands, so that what is missing today
 * may be there tomorrow. Its custom resources are updated along with it. Throws when the cluster has no helm-controller.
 */
export function helmRelease(tracked: Tracked, release: Release, host: Host): KubeObject {
  const settings = fluxSettings(host);
  if (settings.components.helm === false) {
    throw SlipwayError.of(`cluster ${host.cluster.name}`, `expected Flux's helm controller for the chart of ${tracked.name}, got components.helm: false`, 'leave components.helm out');
  }
  const retry = { crds: 'CreateReplace', strategy: { name: 'RetryOnFailure', retryInterval: '1m' } } as const;
  const ignore = ignoreRules(tracked);
  return {
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    metadata: fluxMetadata(release.name, labelsOf(tracked)),
    spec: {
      interval: settings.interval,
      timeout: settings.timeout,
      ...release.chart,
      releaseName: releaseNameOf(release.name, tracked),
      ...(tracked.namespace !== undefined && { targetNamespace: tracked.namespace, storageNamespace: tracked.namespace }),
      ...(tracked.team !== undefined && { serviceAccountName: teamAccount(tracked.team) }),
      ...(tracked.sync === 'none' && { suspend: true }),
      install: retry,
      upgrade: retry,
      driftDetection: { mode: 'enabled', ...(ignore.length > 0 && { ignore }) },
      ...(Object.keys(release.values).length > 0 && { values: release.values }),
    },
  };
}

/** The first source's release is called as under Argo CD; a name that Helm can't take is cut, with a hash of the whole. */
function releaseNameOf(name: string, tracked: Tracked): string {
  const wanted = name === tracked.name ? tracked.app ?? tracked.name : name.replaceAll('.', '-');
  return wanted.length <= longestRelease ? wanted : `${wanted.slice(0, longestRelease - 11)}-${contentHash(wanted)}`;
}
