/** What the bootstrap's program is asked for. */
export interface BootstrapRequest {
  readonly cluster: string;
  readonly kubeconfig: string;
  /** Takes over a controller that somebody else installed. */
  readonly adopt: boolean;
  /** Whether to wait until the controller follows the repository. */
  readonly follow: boolean;
}

/** What came of it. */
export interface BootstrapOutcome {
  /** Commit of the runtime repo that the controller follows from. */
  readonly commit: string;
}
