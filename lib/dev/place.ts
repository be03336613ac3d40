import { join } from 'node:path';

/** Where the local control plane of a workspace lies: in the folder `.slipway/`, which Git ignores. */
export interface DevPlace {
  /** Holds everything below; `slipway dev down` removes it. */
  readonly folder: string;
  readonly state: string;
  /** What the supervisor says. */
  readonly log: string;
  /** For kubectl: a link to the file of the running API server, gone with it. */
  readonly kubeconfig: string;
  /** The runtime repo that the local cluster follows, a bare repository. */
  readonly runtime: string;
  /** The folder that the Git server serves. */
  readonly served: string;
  /** A lock and a store of upstream manifests, as a workspace has them. */
  readonly upstream: string;
  /** Data, keys and logs of the programs. */
  readonly run: string;
}

/** The name of the runtime repo at the Git server. */
export const runtimeName = 'runtime.git';

/** The places of a workspace's local control plane. */
export function devPlace(workspace: string): DevPlace {
  const folder = join(workspace, '.slipway', 'dev');
  const at = (name: string): string => join(folder, name);
  return {
    folder, state: at('state.json'), log: at('supervisor.log'), kubeconfig: at('kubeconfig'),
    served: at('git'), runtime: at(`git/${runtimeName}`), upstream: at('upstream'), run: at('run'),
  };
}
