import type { Plane } from '../../../../lib/control-plane/plane.ts';
import { waitFor } from '../../../../lib/control-plane/process.ts';
import { isCompleted, type Phase } from '../../../../lib/rollouts/analysis/phase.ts';
import type { RunOutcome } from './case.ts';
import type { Stage } from './stage.ts';

interface LiveRun {
  readonly metadata: { readonly name: string; readonly creationTimestamp: string; readonly labels?: Readonly<Record<string, string>>; readonly ownerReferences: readonly { readonly kind: string; readonly name: string }[] };
  readonly status?: { readonly phase: Phase; readonly message?: string; readonly metricResults?: readonly Readonly<Record<string, unknown>>[] };
}

async function liveRuns(plane: Plane, namespace: string): Promise<readonly LiveRun[]> {
  const { items } = (await plane.api.get(`/apis/argoproj.io/v1alpha1/namespaces/${namespace}/analysisruns`)) as { readonly items: readonly LiveRun[] };
  return items;
}

function numberAt(result: Readonly<Record<string, unknown>>, field: string): number {
  return typeof result[field] === 'number' ? result[field] : 0;
}

/** How many measurements of a metric the AnalysisRuns of a namespace hold. */
export async function measurementsOf({ plane }: Pick<Stage, 'plane'>, namespace: string, metric: string): Promise<number> {
  const results = (await liveRuns(plane, namespace)).flatMap(({ status }) => status?.metricResults ?? []).filter(({ name }) => name === metric);
  return results.reduce((sum, result) => sum + numberAt(result, 'count') + numberAt(result, 'error'), 0);
}

const origins: Readonly<Record<string, RunOutcome['origin']>> = { Background: 'background', PostPromotion: 'post-promotion', PrePromotion: 'pre-promotion', Step: 'step' };

/** The AnalysisRuns of a version, in the order in which they began; after a promotion or an abort once all of them have ended. */
export async function analysisRuns({ plane, programs }: Stage, namespace: string, hash: string, over: boolean): Promise<RunOutcome[]> {
  const runs = await waitFor(`the AnalysisRuns of ${namespace} to end`, async () => {
    const items = await liveRuns(plane, namespace);
    // An experiment's runs have no labels; its name is that of the Rollout, the version, the revision and the step.
    const all = items.filter(({ metadata: { labels, ownerReferences } }) => labels?.['rollouts-pod-template-hash'] === hash || ownerReferences.some(({ kind, name }) => kind === 'Experiment' && name.includes(`-${hash}-`)));
    // A controller that sees its own change late makes a run once more, with a number behind its name.
    const own = all.filter(({ metadata: { name } }) => !/\.\d+$/.test(name));
    return !over || own.every(({ status }) => isCompleted(status?.phase ?? 'Pending')) ? own : undefined;
  }, { seconds: 240, programs });
  const order = ({ metadata: { creationTimestamp, labels } }: LiveRun): string => `${creationTimestamp} ${labels?.['rollout-type'] ?? ''}`;
  return [...runs].sort((a, b) => (order(a) < order(b) ? -1 : 1)).map(runOutcome);
}

function runOutcome({ metadata: { labels, ownerReferences }, status }: LiveRun): RunOutcome {
  const index = labels?.['step-index'] ?? (labels === undefined ? ownerReferences[0]?.name.split('-').at(-1) : undefined);
  return {
    origin: origins[labels?.['rollout-type'] ?? ''] ?? 'experiment',
    ...(index !== undefined && { step: Number(index) }),
    phase: status?.phase ?? 'Pending',
    message: status?.message ?? '',
    metrics: (status?.metricResults ?? []).map((result) => ({
      name: String(result['name']), phase: result['phase'] as Phase, count: numberAt(result, 'count'), successful: numberAt(result, 'successful'), failed: numberAt(result, 'failed'),
      inconclusive: numberAt(result, 'inconclusive'), error: numberAt(result, 'error'), consecutiveError: numberAt(result, 'consecutiveError'), consecutiveSuccess: numberAt(result, 'consecutiveSuccess'),
    })),
  };
}
