/** What the program is asked that looks for leftovers. */
export interface LeftoversRequest {
  readonly cluster: string;
  readonly kubeconfig: string;
}
