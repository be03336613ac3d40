import type { UpstreamReference } from '../model/upstream.ts';

/** An upstream that Slipway knows: where it is published and what its file is called. */
export interface KnownUpstream {
  /** The URL of a version, which stands in the text as `{version}`. */
  readonly url: string;
  /** The name of its file in the runtime repo. */
  readonly file: string;
  /** Where a folder or mirror may have it too, beside `<name>-<version>/<file>`; `{version}` as in the URL. @default - nowhere */
  readonly alternatives?: readonly string[];
}

const argoCd = 'https://raw.githubusercontent.com/argoproj/argo-cd/v{version}/manifests';

/** Every upstream that Slipway knows, by name. A chart's URL is that of its archive, and `{version}` the chart's version. */
export const knownUpstreams: Readonly<Record<string, KnownUpstream>> = {
  'argo-cd': { url: `${argoCd}/install.yaml`, file: 'install.yaml' },
  'argo-cd-ha': { url: `${argoCd}/ha/install.yaml`, file: 'install.yaml', alternatives: ['argo-cd-{version}/ha-install.yaml'] },
  'argo-rollouts': { url: 'https://raw.githubusercontent.com/argoproj/argo-rollouts/v{version}/manifests/install.yaml', file: 'install.yaml' },
  'argocd-image-updater': { url: 'https://raw.githubusercontent.com/argoproj-labs/argocd-image-updater/v{version}/config/install.yaml', file: 'install.yaml' },
  flux: { url: 'https://github.com/fluxcd/flux2/releases/download/v{version}/install.yaml', file: 'install.yaml' },
  'cert-manager': { url: 'https://charts.jetstack.io/charts/cert-manager-v{version}.tgz', file: 'rendered.yaml' },
  'envoy-gateway': { url: 'https://github.com/envoyproxy/gateway/releases/download/v{version}/install.yaml', file: 'install.yaml' },
  'external-dns': { url: 'https://github.com/kubernetes-sigs/external-dns/releases/download/external-dns-helm-chart-{version}/external-dns-{version}.tgz', file: 'rendered.yaml' },
  'external-secrets': { url: 'https://github.com/external-secrets/external-secrets/releases/download/helm-chart-{version}/external-secrets-{version}.tgz', file: 'rendered.yaml' },
  'kube-prometheus-stack': { url: 'https://github.com/prometheus-community/helm-charts/releases/download/kube-prometheus-stack-{version}/kube-prometheus-stack-{version}.tgz', file: 'rendered.yaml' },
  'metrics-server': { url: 'https://github.com/kubernetes-sigs/metrics-server/releases/download/v{version}/components.yaml', file: 'components.yaml' },
  'sealed-secrets': { url: 'https://github.com/bitnami/sealed-secrets/releases/download/v{version}/controller.yaml', file: 'controller.yaml' },
};

/** Where an upstream is published, unless the lock says otherwise; undefined for one that Slipway doesn't know. */
export function publishedAt({ name, version, chart }: UpstreamReference): string | undefined {
  const known = Object.hasOwn(knownUpstreams, name) ? knownUpstreams[name] : undefined;
  return known?.url.replaceAll('{version}', chart?.version ?? version);
}

/** The name of an upstream's file in the runtime repo. */
export function upstreamFile({ name, chart }: Pick<UpstreamReference, 'name' | 'chart'>): string {
  const known = Object.hasOwn(knownUpstreams, name) ? knownUpstreams[name] : undefined;
  return known?.file ?? (chart === undefined ? 'install.yaml' : 'rendered.yaml');
}

/** Paths under which a folder or a mirror may have an upstream's file, the first of them the usual one. */
export function mirroredPaths(reference: UpstreamReference): string[] {
  const { name, version } = reference;
  const known = Object.hasOwn(knownUpstreams, name) ? knownUpstreams[name] : undefined;
  return [`${name}-${version}/${upstreamFile(reference)}`, ...(known?.alternatives ?? []).map((path) => path.replaceAll('{version}', version))];
}
