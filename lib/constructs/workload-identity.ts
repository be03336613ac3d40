/** What the parts of an app share: how its objects are named and its pods are found. */
export interface WorkloadIdentity {
  /** Name of its objects, such as `storefront-web`. */
  readonly name: string;
  /** The app it belongs to. */
  readonly app: string;
  /** Namespace of its objects. @default - none written, as in the `bare` preset */
  readonly namespace?: string;
  /** Labels of every object. */
  readonly labels: Readonly<Record<string, string>>;
  /** Labels by which its pods are selected: never changed once running. */
  readonly selector: Readonly<Record<string, string>>;
}

/** A port of the pods. */
export interface PodPort {
  /** Its name, IANA_SVC_NAME: `http`. */
  readonly name: string;
  readonly port: number;
  /** @default 'TCP' */
  readonly protocol?: 'TCP' | 'UDP';
}

/** Label that a caller's pods carry for each app they call: the callee's network policy admits it. */
export function callsLabel(app: string): string {
  return `calls.slipway.dev/${app}`;
}

/** Label of every namespace that Slipway renders, holding the environment's name. */
export const environmentLabel = 'slipway.dev/environment';
