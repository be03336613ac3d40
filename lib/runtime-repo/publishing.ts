import { rm } from 'node:fs/promises';
import { makeCommit } from './commit.ts';
import { openEmbedded } from './embedded.ts';
import { gitRunner, type Git } from './git.ts';
import { commitMessage, type CommitMessage } from './message.ts';
import type { PublishOptions } from './options.ts';
import { draftPlan, finishPlan } from './plan.ts';
import type { Plan, RuntimeState } from './plan-types.ts';
import { openRemote } from './remote.ts';
import type { RuntimeRepository } from './repository.ts';
import { makeRunFolder } from './run-folder.ts';
import { coversOf, scopeText } from './scope.ts';
import { credentialVariables, identityOf } from './settings.ts';
import { readSnapshot } from './snapshot.ts';
import { isInFlight, orderOf, readSettings, readSource, type SourceRepo } from './source.ts';
import { resolveTarget, type ResolvedTarget } from './target.ts';
import type { GitSetting } from './url.ts';

/** Everything that one publish works with. */
export interface Publishing {
  readonly options: PublishOptions;
  readonly git: Git;
  readonly source: SourceRepo;
  readonly settings: readonly GitSetting[];
  readonly target: ResolvedTarget;
  readonly repository: RuntimeRepository;
}

/** Opens the config repo and the runtime repo, runs the work, and cleans up whatever came of it. */
export async function withPublishing<T>(options: PublishOptions, branch: string | undefined, work: (publishing: Publishing) => Promise<T>): Promise<T> {
  const git = gitRunner(options.git);
  const source = await readSource(git, options.folder);
  const settings = await readSettings(git, options.folder);
  const target = resolveTarget(options.target ?? {}, branch, settings);
  const scratch = await makeRunFolder(options.folder, options.now.getTime());
  try {
    const place = { git, project: options.folder, scratch };
    const credentials = credentialVariables(settings, options.git?.env ?? process.env);
    const repository = target.url === undefined ? await openEmbedded(place) : await openRemote({ ...place, url: target.url, credentials });
    const result = await work({ options, git, source, settings, target, repository });
    await repository.close();
    return result;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Changes to what the publishing's options say, for one plan. */
export interface PlanOverrides {
  /** @default - the publishing's source */
  readonly source?: string;
  /** @default - the options' date */
  readonly now?: Date;
}

/** Plans the publish on one commit of the runtime repo. */
export async function planOn(publishing: Publishing, base: string | undefined, overrides: PlanOverrides = {}): Promise<{ readonly plan: Plan; readonly state: RuntimeState }> {
  const { options, git, source, target, repository } = publishing;
  const scope = options.scope ?? {};
  const state = await readSnapshot({ repository, commit: base, path: target.path, scope, units: options.units });
  const order = await orderOf(git, source, recordedCommits(state, options), publishing.settings);
  const draft = draftPlan({
    state, scope, order, units: options.units, source: overrides.source ?? source.commit, now: overrides.now ?? options.now,
    ...(options.adopt === undefined ? {} : { adopt: options.adopt }),
    ...(options.allowRemoval === undefined ? {} : { allowRemoval: options.allowRemoval }),
    ...(options.acceptSources === undefined ? {} : { acceptSources: options.acceptSources }),
  });
  const inFlight = new Set<string>();
  for (const commit of draft.questions) {
    if (await isSourceInFlight(publishing, commit)) inFlight.add(commit);
  }
  return { plan: finishPlan(draft, inFlight), state };
}

/** Whether a change since a recorded commit may have been made and undone, so that its run is still on its way. */
export function isSourceInFlight({ git, source, target }: Publishing, recorded: string): Promise<boolean> {
  return isInFlight(git, source, recorded, target.sharedWithConfig && target.path !== '' ? target.path : undefined);
}

/** The commits whose order decides: of the ledgers that were read, and of the records that cover them or the units. */
function recordedCommits(state: RuntimeState, options: PublishOptions): string[] {
  const placements = [...state.ledgers.values(), ...options.units];
  const records = placements.flatMap(coversOf).flatMap((cover) => state.records.get(cover) ?? []);
  return [...new Set([...records, ...[...state.ledgers.values()].map((ledger) => ledger.source)])];
}

/** The message of a plan's commit. */
export function messageOf({ options, source, target }: Publishing, plan: Plan): CommitMessage {
  return commitMessage(plan, { source: source.commit, scope: scopeText(options.scope ?? {}), skipCi: target.sharedWithConfig, ...(options.note !== undefined && { note: options.note }) });
}

/** Makes the commit of a plan, by whoever Git says is publishing. */
export function commitPlan(publishing: Publishing, plan: Plan, base: string | undefined, parents: readonly string[], message: CommitMessage): Promise<string> {
  const { options, repository, settings, target } = publishing;
  const env = options.git?.env ?? process.env;
  return makeCommit({
    repository, base, parents, path: target.path, writes: plan.writes, deletes: plan.deletes, message: message.text, now: options.now,
    author: identityOf('author', settings, env), committer: identityOf('committer', settings, env),
  });
}
