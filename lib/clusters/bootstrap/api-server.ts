import type { KubeObject } from '../../manifests/rendered.ts';
import type { ObjectIdentity } from '../../synth/bootstrap-readiness.ts';

/** The door to an API server, as far as a bootstrap needs it. */
export interface ApiServer {
  /** Applies an object by server-side apply; a field that another manager owns is taken over. */
  apply(object: KubeObject, fieldManager: string): Promise<void>;
  /** An object as it is; undefined where it isn't there, or its kind isn't served. */
  find(identity: ObjectIdentity): Promise<unknown>;
  /** All objects of a kind in all namespaces; none where the kind isn't served. */
  list(apiVersion: string, kind: string): Promise<readonly unknown[]>;
}
