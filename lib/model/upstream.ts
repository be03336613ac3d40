/** An upstream manifest by name and version; its bytes are locked by sha256 and lie at `upstream/<name>-<version>/`. */
export interface UpstreamReference {
  /** Such as `argo-cd`, `argo-cd-ha`, `flux`, `argo-rollouts`. */
  readonly name: string;
  /** Such as `3.5.1`, without a leading "v"; of a chart with values of its own `<version>-<hash of what it is rendered with>`. */
  readonly version: string;
  /** How its manifest is rendered of a Helm chart when it is vendored. @default - upstream publishes the manifest itself */
  readonly chart?: ChartRender;
}

/** Everything that decides what a Helm chart renders to: the same gives the same text, on every machine. */
export interface ChartRender {
  /** The chart's version, without a leading "v". */
  readonly version: string;
  /** Helm's release name: it stands in the names of objects. */
  readonly release: string;
  /** The namespace of the release. */
  readonly namespace: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** The Kubernetes version that the chart is told, such as `1.32.0`. */
  readonly kubernetes: string;
  /** API versions that the chart is told beyond Kubernetes' own, such as `monitoring.coreos.com/v1`, sorted. */
  readonly apiVersions: readonly string[];
}
