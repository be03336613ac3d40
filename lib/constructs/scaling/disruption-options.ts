/** How many pods a node drain may take at once. Say one of the two. */
export interface DisruptionBudgetOptions {
  /** Pods that may be missing, as a count or a percentage of the wanted number such as `25%` (`maxUnavailable`). @default 1 */
  readonly maxUnavailable?: number | string;
  /** Pods that must stay, as a count or a percentage (`minAvailable`), instead. @default - none */
  readonly minAvailable?: number | string;
}
