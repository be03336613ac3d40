/** An upstream manifest by name and version; its bytes are locked by sha256 and lie at `upstream/<name>-<version>/`. */
export interface UpstreamReference {
  /** Such as `argo-cd`, `argo-cd-ha`, `flux`, `argo-rollouts`. */
  readonly name: string;
  /** Such as `3.5.1`, without a leading "v". */
  readonly version: string;
}
