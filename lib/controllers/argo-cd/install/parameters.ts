import type { ArgoCd } from '../../../model/argo-cd-options.ts';
import { memoryBytes } from '../../../values/quantity.ts';
import { durationSeconds } from '../../../values/duration.ts';
import { contentHash } from '../../../values/content-hash.ts';
import type { ComponentName } from './components.ts';

/** Settings that Argo CD's processes read once, at their start: they are restarted when one changes. */
export interface Parameters {
  /** Data of `argocd-cmd-params-cm`. */
  readonly command: Readonly<Record<string, string>>;
  /** Data of `argocd-cm` that reaches processes as environment variables. */
  readonly timeouts: Readonly<Record<string, string>>;
}

/** The settings that are read at start, as the options say and as something else relies on; those that aren't said stay Argo CD's own. */
export function parametersOf(options: ArgoCd, needed: Readonly<Record<string, string>> = {}): Parameters {
  const { controller, repoServer, reconciliation, components, ui } = options;
  const seconds = (text: string | undefined): string | undefined => (text === undefined ? undefined : String(durationSeconds(text)));
  const renderTimeout = seconds(controller.repoServerTimeout);
  const manyApplicationSets = components.applicationSet !== false && (components.applicationSet.replicas ?? 1) > 1;
  return {
    command: texts({
      ...needed,
      'applicationsetcontroller.enable.leader.election': manyApplicationSets ? true : undefined,
      'applicationsetcontroller.repo.server.timeout.seconds': components.applicationSet === false ? undefined : renderTimeout,
      'controller.diff.server.side': controller.serverSideDiff,
      'controller.kubectl.parallelism.limit': controller.kubectlParallelism,
      'controller.operation.processors': controller.operationProcessors,
      'controller.repo.server.timeout.seconds': renderTimeout,
      'controller.self.heal.timeout.seconds': seconds(controller.selfHealTimeout),
      'controller.sharding.algorithm': controller.sharding === 'legacy' ? undefined : controller.sharding,
      'controller.status.processors': controller.statusProcessors,
      'controller.sync.timeout.seconds': seconds(controller.syncTimeout),
      'reposerver.enable.git.submodule': repoServer.submodules,
      'reposerver.git.lsremote.parallelism.limit': repoServer.lsRemoteParallelism,
      'reposerver.git.request.timeout': repoServer.gitTimeout,
      'reposerver.max.combined.directory.manifests.size': repoServer.maxManifestSize === undefined ? undefined : memoryBytes(repoServer.maxManifestSize),
      'reposerver.parallelism.limit': repoServer.parallelism,
      'reposerver.repo.cache.expiration': repoServer.cacheExpiration,
      'server.insecure': ui !== undefined && ui.ingress?.backendTls !== true ? true : undefined,
      'server.repo.server.timeout.seconds': renderTimeout,
    }),
    timeouts: texts({
      'timeout.hard.reconciliation': reconciliation.hardInterval,
      // An Application that came before its team's project was allowed what it needs isn't looked at again before this.
      'timeout.reconciliation': reconciliation.interval ?? '1m',
      'timeout.reconciliation.jitter': reconciliation.jitter ?? (reconciliation.interval === undefined ? '10s' : undefined),
    }),
  };
}

/** What the processes of a part have read at start, as a hash for the template of their pods; undefined when there is nothing of theirs. */
export function checksumFor(component: ComponentName, parameters: Parameters): string | undefined {
  const all = Object.entries({ ...parameters.command, ...parameters.timeouts });
  const own = all.filter(([key]) => readersOf(key).includes(component));
  return own.length === 0 ? undefined : contentHash(Object.fromEntries(own));
}

/** The parts that read a setting at start. */
function readersOf(key: string): readonly ComponentName[] {
  if (key.startsWith('applicationsetcontroller.')) return ['applicationSet'];
  if (key.startsWith('reposerver.')) return ['repoServer'];
  if (key.startsWith('server.')) return ['server'];
  return key === 'timeout.reconciliation' ? ['applicationController', 'repoServer'] : ['applicationController'];
}

function texts(values: Readonly<Record<string, boolean | number | string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])));
}
