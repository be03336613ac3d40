import type { KubeObject } from '../../../../lib/manifests/rendered.ts';
import type { Prediction } from '../../../../lib/rollouts/simulate/predict.ts';
import { ensureNamespace } from '../../../../lib/control-plane/controllers/install.ts';
import { inNamespace, outcomeOf, stepsOf, type Outcome, type RolloutCase, type Step } from './case.ts';
import { applyObject } from './apply.ts';
import type { Moment } from './history.ts';
import { pagesHost, prometheusHost } from './objects.ts';
import { prometheusApi, webPages } from './providers.ts';
import { analysisRuns, measurementsOf } from './runs.ts';
import { scripted, type Script } from './script.ts';
import { awaitRollout, type LiveRollout, type LiveStatus, type Stage } from './stage.ts';

const image = '/containers/0/image';
/** Generous: a busy machine is no failure. */
const seconds = 240;

/** A case in a namespace of its own. */
interface Play {
  readonly stage: Stage;
  readonly each: RolloutCase;
  readonly namespace: string;
}

/**
 * Plays a case to its end, and tells what came of it. A controller that sees its own change late may lose a measurement: then what
 * was foretold had another premise, and the case is played again.
 */
export async function playCase(stage: Stage, each: RolloutCase): Promise<Outcome> {
  for (let attempt = 1; ; attempt += 1) {
    const namespace = `case-${each.id}-${attempt}`;
    const script = scriptOf({ stage, each, namespace });
    (each.serve ?? serveOwn(each))(stage.feed, script, namespace);
    const outcome = await play({ stage, each: inNamespace(each, namespace), namespace });
    // What a Job says isn't scripted.
    const timed = (each.untimed ?? []).length > 0 ? [] : Object.keys(each.measured ?? {}).filter((metric) => script.taken(metric) > 0);
    const kept = await Promise.all(timed.map((metric) => measurementsOf(stage, namespace, metric)));
    if (timed.every((metric, index) => script.taken(metric) === kept[index])) return outcome;
    if (attempt === 3) throw new Error(`case ${each.id}: the controller lost measurements three times: ${JSON.stringify(timed.map((metric, index) => [metric, script.taken(metric), kept[index]]))}`);
  }
}

function serveOwn({ id }: RolloutCase): NonNullable<RolloutCase['serve']> {
  return (feed, script) => {
    feed.serve(prometheusHost(id), prometheusApi(script));
    feed.serve(pagesHost(id), webPages(script));
  };
}

async function play(at: Play): Promise<Outcome> {
  const { each } = at;
  await setUp(at);
  if (each.play === 'first-deployment') return restOf(at);
  if (each.play === 'no-start') await update(at, '/nodeSelector', { 'slipway.test/nowhere': 'true' });
  else await update(at, image, 'example.test/web:2');
  if (each.play !== 'person' && each.play !== 'revert') return restOf(at);
  const first = await restOf(at);
  const isAsWanted = each.play === 'person' ? first.phase === 'Paused' : first.promoted;
  if (!isAsWanted) throw new Error(`case ${each.id}: expected it to be ${each.play === 'person' ? 'paused' : 'promoted'} first, got ${JSON.stringify(first)}`);
  await (each.play === 'person' ? promote(at) : update(at, image, 'example.test/web:1'));
  return restOf(at);
}

/** Brings the first version to Healthy. */
async function setUp(at: Play): Promise<void> {
  const { stage, each, namespace } = at;
  await ensureNamespace(stage.plane, namespace);
  for (const object of [...(each.others ?? []), ...(each.templates ?? []), each.rollout]) await applyObject(stage.plane, namespace, object);
  await settled(at, 'Healthy at its first version', ({ phase }) => phase === 'Healthy');
}

function scriptOf({ stage, each, namespace }: Play): Script {
  return scripted(each.measured ?? {}, (metric) => {
    const from = each.badFrom?.[metric];
    return from === undefined ? undefined : (stage.history.of(namespace).at(-1)?.step ?? 0) < from;
  });
}

/** Changes a field of the pods' template. */
async function update(at: Play, path: string, value: unknown): Promise<void> {
  const patch = [{ op: 'add', path: `/spec/template/spec${path}`, value }];
  const answer = await at.stage.plane.api.send('PATCH', pathOf(at), patch, 'application/json-patch+json');
  if (answer.status !== 200) throw new Error(`PATCH ${pathOf(at)}: expected status 200, got ${answer.status}: ${answer.body}`);
}

/** Goes on where a Rollout waits, as the plugin of kubectl does. */
async function promote(at: Play): Promise<void> {
  await at.stage.plane.api.merge(`${pathOf(at)}/status`, { status: { pauseConditions: null } });
}

function pathOf({ each, namespace }: Play): string {
  return `/apis/argoproj.io/v1alpha1/namespaces/${namespace}/rollouts/${each.rollout.metadata?.name ?? ''}`;
}

async function settled({ stage, each, namespace }: Play, what: string, until: (status: LiveStatus) => boolean): Promise<LiveRollout> {
  return awaitRollout(stage, namespace, each.rollout.metadata?.name ?? '', what, until, seconds);
}

/** Waits until an update comes to rest, and tells its outcome in the terms of a prediction. */
async function restOf(at: Play): Promise<Outcome> {
  const { stage, each, namespace } = at;
  const name = each.rollout.metadata?.name ?? '';
  const steps = stepsOf(each.rollout);
  const { status = {} } = await settled(at, 'promoted, aborted, or paused with nothing to end it', (now) => isAtRest(now, each.rollout));
  const hash = status.currentPodHash ?? '';
  const promoted = status.stableRS === hash;
  const moments = stage.history.of(namespace).filter((moment) => moment.hash === hash);
  const abort = status.abort ?? false;
  const decided = moments.findLast((moment) => !moment.aborted)?.step ?? 0;
  const runs = await analysisRuns(stage, namespace, hash, abort || promoted);
  const prediction = {
    phase: status.phase as Prediction['phase'],
    message: (status.message ?? '').replaceAll(`${name}-${hash}`, `${name}-<hash>`),
    abort,
    promoted,
    ...(steps.length > 0 && { stepIndex: status.currentStepIndex ?? 0 }),
    decidedAtStep: decided,
    pauseReasons: (status.pauseConditions ?? []).map(({ reason }) => reason),
    analysisRuns: runs,
  };
  return outcomeOf(each, prediction, [0, ...weightsOf(moments, steps), ...(promoted ? [100] : abort ? [0] : [])]);
}

/** Whether nothing but a person changes it any more. */
function isAtRest(status: LiveStatus, rollout: KubeObject): boolean {
  if (status.abort === true) return status.phase === 'Degraded';
  if (status.stableRS === status.currentPodHash) return status.phase === 'Healthy';
  if (status.phase !== 'Paused') return false;
  const pause = stepsOf(rollout)[status.currentStepIndex ?? 0]?.['pause'] as { readonly duration?: unknown } | undefined;
  const { blueGreen } = (rollout['spec'] as { readonly strategy: { readonly blueGreen?: { readonly autoPromotionEnabled?: boolean } } }).strategy;
  const waitsForClock: Readonly<Record<string, boolean>> = { CanaryPauseStep: pause?.duration !== undefined, BlueGreenPause: blueGreen?.autoPromotionEnabled !== false };
  return status.pauseConditions !== undefined && !status.pauseConditions.some(({ reason }) => waitsForClock[reason] ?? false);
}

/** The new version's share at the end of each step that sets one. */
function weightsOf(moments: readonly Moment[], steps: readonly Step[]): number[] {
  return moments.flatMap(({ step, weight }, index) => {
    const before = moments[index - 1]?.step;
    const isDone = before !== undefined && step === before + 1 && steps[before]?.['setWeight'] !== undefined;
    return isDone ? [weight] : [];
  });
}
