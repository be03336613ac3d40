import { z } from 'zod';
import { parseDuration } from '../../values/duration.ts';
import { quantityProblem } from '../../values/quantity.ts';
import { checkedText, durationSchema } from '../schema.ts';

/** Go durations that Argo CD takes in whole seconds. */
const secondsSchema = durationSchema.superRefine((text, context) => {
  const milliseconds = parseDuration(text);
  if (milliseconds !== undefined && milliseconds % 1000 !== 0) context.addIssue({ code: 'custom', message: `expected whole seconds, got ${JSON.stringify(text)}` });
});

const count = z.int().positive();

export const shardingAlgorithms = ['legacy', 'round-robin', 'consistent-hashing'] as const;

export const controllerTuningSchema = z.strictObject({
  shards: count.max(500).default(1),
  sharding: z.enum(shardingAlgorithms).default('legacy'),
  statusProcessors: count.optional(),
  operationProcessors: count.optional(),
  kubectlParallelism: count.optional(),
  repoServerTimeout: secondsSchema.optional(),
  selfHealTimeout: secondsSchema.optional(),
  syncTimeout: secondsSchema.optional(),
  serverSideDiff: z.boolean().optional(),
}).prefault({});

export const repoServerTuningSchema = z.strictObject({
  parallelism: count.optional(),
  execTimeout: durationSchema.optional(),
  gitTimeout: durationSchema.optional(),
  lsRemoteParallelism: count.optional(),
  cacheExpiration: durationSchema.optional(),
  submodules: z.boolean().optional(),
  maxManifestSize: checkedText(quantityProblem).optional(),
}).prefault({});

export const reconciliationSchema = z.strictObject({
  interval: durationSchema.optional(),
  jitter: durationSchema.optional(),
  hardInterval: durationSchema.optional(),
}).superRefine((value, context) => {
  const interval = parseDuration(value.interval ?? '1m');
  const jitter = parseDuration(value.jitter ?? '10s');
  if (interval !== undefined && jitter !== undefined && value.jitter !== undefined && interval > 0 && jitter > interval) {
    context.addIssue({ code: 'custom', path: ['jitter'], message: `expected at most the interval of ${value.interval ?? '1m'}, got ${value.jitter}` });
  }
}).prefault({});

/** How the application controller works. */
export interface ArgoCdControllerOptions {
  /** Number of its pods, each of which takes a part of the clusters (StatefulSet `replicas`, `ARGOCD_CONTROLLER_REPLICAS`). @default 1 */
  readonly shards?: number;
  /** How clusters without an explicit shard are spread (`controller.sharding.algorithm`). @default 'legacy' */
  readonly sharding?: (typeof shardingAlgorithms)[number];
  /** Applications compared at once (`controller.status.processors`). @default - Argo CD's: 20 */
  readonly statusProcessors?: number;
  /** Applications synced at once (`controller.operation.processors`). @default - Argo CD's: 10 */
  readonly operationProcessors?: number;
  /** Applies at once (`controller.kubectl.parallelism.limit`). @default - Argo CD's: 20 */
  readonly kubectlParallelism?: number;
  /** How long rendering may take, in whole seconds, for controller, server and ApplicationSets alike (`*.repo.server.timeout.seconds`). @default - Argo CD's: 60s */
  readonly repoServerTimeout?: string;
  /** Pause before the first self-heal, in whole seconds (`controller.self.heal.timeout.seconds`). @default - Argo CD's: by its backoff */
  readonly selfHealTimeout?: string;
  /** How long a sync may run, in whole seconds; `0s` for no limit (`controller.sync.timeout.seconds`). @default - Argo CD's: no limit */
  readonly syncTimeout?: string;
  /** Compare by a dry run on the API server (`controller.diff.server.side`). @default - Argo CD's: false */
  readonly serverSideDiff?: boolean;
}

/** How the repo server works. */
export interface ArgoCdRepoServerOptions {
  /** Manifests rendered at once in each pod (`reposerver.parallelism.limit`). @default - Argo CD's: no limit */
  readonly parallelism?: number;
  /** How long one command such as `kustomize build` may take (`ARGOCD_EXEC_TIMEOUT`). @default - Argo CD's: 90s */
  readonly execTimeout?: string;
  /** How long one request to a Git server may take (`reposerver.git.request.timeout`). @default - Argo CD's: 15s */
  readonly gitTimeout?: string;
  /** Git `ls-remote` requests at once (`reposerver.git.lsremote.parallelism.limit`). @default - Argo CD's: no limit */
  readonly lsRemoteParallelism?: number;
  /** How long rendered manifests are kept (`reposerver.repo.cache.expiration`). @default - Argo CD's: 24h */
  readonly cacheExpiration?: string;
  /** Whether Git submodules are fetched (`reposerver.enable.git.submodule`). @default - Argo CD's: true */
  readonly submodules?: boolean;
  /** Most that the manifests of one plain folder may measure together (`reposerver.max.combined.directory.manifests.size`). @default - Argo CD's: 10M */
  readonly maxManifestSize?: string;
}

/** How often Argo CD looks for new commits, beside webhooks. */
export interface ArgoCdReconciliationOptions {
  /** Time between two looks at Git (`timeout.reconciliation`); `0s` leaves it to webhooks. @default '1m' */
  readonly interval?: string;
  /** Random part on top, so that Applications don't come all at once (`timeout.reconciliation.jitter`). @default - 10s, or Argo CD's 60s where an interval is said */
  readonly jitter?: string;
  /** Time between two renders without the cache (`timeout.hard.reconciliation`). @default - Argo CD's: never */
  readonly hardInterval?: string;
}
