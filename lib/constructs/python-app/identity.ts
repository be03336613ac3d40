import type { BuildContext } from '../../model/context.ts';
import type { WorkloadIdentity } from '../workload-identity.ts';

/** What decides how an app's objects are named and found. */
export interface IdentityOptions {
  /** @default - `<app>-<id>`, or `<app>` where both are the same */
  readonly name?: string;
  /** @default - see the construct */
  readonly labels?: Readonly<Record<string, string>>;
  /** @default - see the construct */
  readonly selector?: Readonly<Record<string, string>>;
  /** Whether only what is said is written. @default false */
  readonly bare?: boolean;
}

/** `<app>-<id>`, or `<app>` for the construct that is the app. */
export function defaultName(app: string, id: string): string {
  return id === app ? app : `${app}-${id}`;
}

/** How the objects of a construct are named and its pods are found. */
export function identityOf(context: Pick<BuildContext, 'app' | 'namespace'>, id: string, options: IdentityOptions = {}): WorkloadIdentity {
  const name = options.name ?? defaultName(context.app, id);
  if (options.bare === true) {
    const labels = options.labels ?? {};
    return { name, app: context.app, labels, selector: options.selector ?? labels };
  }
  const labels = {
    'app.kubernetes.io/component': id,
    'app.kubernetes.io/managed-by': 'slipway',
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/part-of': context.app,
    ...options.labels,
  };
  // One label finds the pods: names are unique in a namespace, and a selector can't be changed later.
  return { name, app: context.app, namespace: context.namespace, labels, selector: options.selector ?? { 'app.kubernetes.io/name': name } };
}
