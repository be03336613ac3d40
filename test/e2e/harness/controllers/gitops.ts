import type { Plane } from '../../../../lib/control-plane/plane.ts';
import type { Supervised } from '../../../../lib/control-plane/process.ts';
import { startArgoCd, type Application } from './argo-cd.ts';
import { startFlux, type Kustomization } from './flux.ts';

/** A running controller, whichever it is: what tests ask of both alike. */
export interface GitOps {
  readonly programs: readonly Supervised[];
  /** The kind of its tracking objects, for `kubectl`. */
  readonly trackingKind: string;
  /** The namespace of its tracking objects. */
  readonly namespace: string;
  /** The workloads of its own install that stand for it. */
  readonly workload: string;
  /** Asks it to look at Git and at the cluster now. */
  refresh(): Promise<void>;
  /** Waits until what a tracking object follows is applied, at the commit if one is named, and well. */
  arrived(name: string, commit?: string): Promise<void>;
  /** Waits until it says that it can't reach Git. */
  withoutGit(): Promise<void>;
  /** Waits until it says of a tracking object that what Git has can't be applied; the answer is what it says. */
  refused(name: string): Promise<string>;
  /** Lets an app that waits be applied, as a person does. */
  apply(name: string): Promise<void>;
  /** What grows with every sync of a tracking object that changes anything. */
  syncs(name: string): Promise<unknown>;
  stop(): Promise<void>;
}

/** Seconds until something has to have come about on a busy machine. */
const seconds = 240;

/** Starts the named controller beside a plane on which it is installed. */
export async function startGitOps(kind: 'argo-cd' | 'flux', plane: Plane): Promise<GitOps> {
  return kind === 'argo-cd' ? argoCdDriver(plane) : fluxDriver(plane);
}

async function argoCdDriver(plane: Plane): Promise<GitOps> {
  const argoCd = await startArgoCd(plane);
  const { programs, namespace } = argoCd;
  return {
    programs,
    namespace,
    trackingKind: 'applications.argoproj.io',
    workload: 'argocd-server',
    refresh: () => argoCd.refresh(),
    async arrived(name, commit) {
      await argoCd.synced(name, { seconds, ...(commit !== undefined && { revision: commit }) });
    },
    async withoutGit() {
      await argoCd.application('root', 'told that Git is away', ({ status }) => status?.conditions?.some(({ type }) => type === 'ComparisonError') ?? false, seconds);
    },
    async refused(name) {
      const { status } = await argoCd.application(name, 'told that it can\'t be applied', (each) => refusalOf(each) !== '', seconds);
      return refusalOf(status === undefined ? {} : { status });
    },
    apply: (name) => argoCd.sync(name),
    async syncs(name) {
      const { status } = await argoCd.application(name, 'there', () => true);
      return { history: status?.history?.length, last: status?.operationState?.startedAt };
    },
    stop: () => argoCd.stop(),
  };
}

/** What Argo CD says of a comparison or a sync that failed, while it is retried too; empty when none did. */
function refusalOf({ status }: Pick<Application, 'status'>): string {
  const { phase, message = '' } = status?.operationState ?? {};
  const failed = phase === 'Failed' || phase === 'Error' || (phase === 'Running' && /failed|invalid/i.test(message));
  return [...(status?.conditions ?? []).filter(({ type }) => /Error$/.test(type)).map((each) => each.message), ...(failed ? [message] : [])].join('\n');
}

async function fluxDriver(plane: Plane): Promise<GitOps> {
  const flux = await startFlux(plane);
  return {
    programs: flux.programs,
    namespace: 'flux-system',
    trackingKind: 'kustomizations.kustomize.toolkit.fluxcd.io',
    workload: 'kustomize-controller',
    refresh: () => flux.reconcile(),
    async arrived(name, commit) {
      await flux.ready(name, { seconds, ...(commit !== undefined && { commit }) });
    },
    async withoutGit() {
      await flux.source('flux-system', 'told that Git is away', ({ status }) => status?.conditions?.some(({ type, status: truth }) => type === 'Ready' && truth === 'False') ?? false);
    },
    async refused(name) {
      const ready = ({ status }: Pick<Kustomization, 'status'>) => status?.conditions?.find(({ type }) => type === 'Ready');
      const { status } = await flux.kustomization(name, 'told that it can\'t be applied', (each) => ready(each)?.status === 'False' && /failed|invalid/i.test(ready(each)?.message ?? ''), seconds);
      return ready(status === undefined ? {} : { status })?.message ?? '';
    },
    async apply(name) {
      await plane.kubectl(['patch', 'kustomizations.kustomize.toolkit.fluxcd.io', name, '-n', 'flux-system', '--type=merge', '-p', '{"spec":{"suspend":false}}']);
    },
    async syncs(name) {
      const { status } = await flux.kustomization(name, 'there', () => true);
      return { entries: status?.inventory?.entries.length, applied: status?.lastAppliedRevision };
    },
    stop: () => flux.stop(),
  };
}
