/** How pods are spread over zones and nodes. */
export interface SpreadOptions {
  /** Over zones: a preference, a must (`DoNotSchedule`), or not at all. @default 'preferred' */
  readonly zones?: 'preferred' | 'required' | false;
  /** Over nodes: a preference, a must (`DoNotSchedule`), or not at all. @default 'preferred' */
  readonly hosts?: 'preferred' | 'required' | false;
  /** How many pods more than the emptiest zone or node another may have (`maxSkew`). @default 1 */
  readonly maxSkew?: number;
  /** Fewest zones that must exist, only with `zones: 'required'` (`minDomains`): pods wait for a missing zone instead of crowding into one. @default - none */
  readonly minZones?: number;
}
