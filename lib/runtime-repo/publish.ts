import { setTimeout as sleep } from 'node:timers/promises';
import { SlipwayError } from '../values/errors.ts';
import type { PublishOptions, PublishPlan, PublishResult } from './options.ts';
import { proposeOnce, pullRequestBranch } from './pull-request.ts';
import { commitPlan, messageOf, planOn, withPublishing, type Publishing } from './publishing.ts';
import { readBlobs } from './snapshot.ts';

/**
 * Writes the rendered units to the runtime repo: one commit and one plain push, which moves the branch only if nobody else did.
 * A lost race is planned again on the new head. Fails with every refusal at once, and then nothing was written.
 */
export function publish(options: PublishOptions): Promise<PublishResult> {
  const branch = pullRequestBranch(options);
  return withPublishing(options, branch, (publishing) => untilLanded(publishing, () => branch === undefined ? publishOnce(publishing) : proposeOnce(publishing, branch)));
}

/** Says what a publish would do, without doing it. Fails with the refusals that the publish would fail with. */
export function planPublish(options: PublishOptions): Promise<PublishPlan> {
  return withPublishing(options, pullRequestBranch(options), async (publishing) => {
    const { repository, source, target } = publishing;
    const base = await repository.head(target.branch, false);
    const { plan, state } = await planOn(publishing, base);
    const befores = new Map(plan.files.filter(({ change }) => change !== 'added').flatMap(({ path }) => {
      const blob = state.files.get(path)?.blob;
      return blob === undefined ? [] : [[path, blob] as const];
    }));
    const contents = await readBlobs(repository, [...befores.values()]);
    const afters = new Map(plan.writes.map(({ path, text }) => [path, text]));
    const texts = new Map(plan.files.map(({ path }) => [path, { before: contents.get(befores.get(path) ?? ''), after: afters.get(path) }] as const));
    return { repository: repository.name, source: source.commit, plan, base, branch: target.branch, texts };
  });
}

/** One target of a publish to several runtime repos, and what came of it. */
export interface TargetOutcome {
  readonly options: PublishOptions;
  /** @default - it failed */
  readonly result?: PublishResult;
  /** @default - it didn't fail */
  readonly error?: SlipwayError;
}

/** Publishes to several runtime repos, one after the other. One that refuses or can't be reached doesn't keep the others from being published. */
export async function publishAll(targets: readonly PublishOptions[]): Promise<TargetOutcome[]> {
  const outcomes: TargetOutcome[] = [];
  for (const options of targets) {
    try {
      outcomes.push({ options, result: await publish(options) });
    } catch (error) {
      if (!(error instanceof SlipwayError)) throw error;
      outcomes.push({ options, error });
    }
  }
  return outcomes;
}

/** A lost race, with what the server said; everything else is a result. */
type Attempt = PublishResult | { readonly outcome: 'lost'; readonly reason: string };

async function publishOnce(publishing: Publishing): Promise<Attempt> {
  const { repository, source, target } = publishing;
  const before = await repository.head(target.branch, false);
  const { plan } = await planOn(publishing, before);
  const report = { repository: repository.name, source: source.commit, plan };
  if (plan.kind === 'superseded') return { ...report, outcome: 'superseded' };
  if (plan.kind === 'unchanged') return { ...report, outcome: 'unchanged', branch: target.branch, commit: undefined };
  const message = messageOf(publishing, plan);
  const commit = await commitPlan(publishing, plan, before, before === undefined ? [] : [before], message);
  const pushed = await repository.push(target.branch, commit, before);
  if (!pushed.landed) return { outcome: 'lost', reason: pushed.reason };
  return plan.kind === 'record'
    ? { ...report, outcome: 'unchanged', branch: target.branch, commit }
    : { ...report, outcome: 'published', branch: target.branch, commit, before, message };
}

async function untilLanded({ options, repository, target }: Publishing, attempt: () => Promise<Attempt>): Promise<PublishResult> {
  const tries = options.tries ?? 50;
  let reason = '';
  for (let count = 0; count < tries; count += 1) {
    const result = await attempt();
    if (result.outcome !== 'lost') return result;
    reason = result.reason;
    await sleep(Math.min(2000, 50 * 2 ** Math.min(count, 8)) * options.random());
  }
  throw SlipwayError.of(repository.name, `expected to move the branch ${target.branch}, but others moved it first ${tries} times in a row (last: ${reason})`, 'run it again; if that goes on, see who else writes there.');
}
