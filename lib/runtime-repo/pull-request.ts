import { SlipwayError } from '../values/errors.ts';
import { openPullRequest } from './forge-cli.ts';
import { announcedUrl, compareUrl, forgeOf } from './forge.ts';
import type { CommitMessage } from './message.ts';
import type { PublishOptions, PublishResult } from './options.ts';
import { readProposal, type Proposal } from './proposal.ts';
import { commitPlan, isSourceInFlight, messageOf, planOn, type Publishing } from './publishing.ts';
import { scopeText } from './scope.ts';
import { orderOf } from './source.ts';
import { SourceJudge } from './source-order.ts';

/** The branch to which a publish proposes; `undefined` where it writes directly, as the embedded repo always is. */
export function pullRequestBranch({ pullRequest, scope, target }: Pick<PublishOptions, 'pullRequest' | 'scope' | 'target'>): string | undefined {
  if (pullRequest === undefined || target?.url === undefined) return undefined;
  const [environment, ...others] = scope?.environments ?? [];
  return pullRequest.branch ?? (environment === undefined || others.length > 0 ? 'slipway/publish' : `slipway/${environment}`);
}

type Attempt = PublishResult | { readonly outcome: 'lost'; readonly reason: string };

/**
 * Brings the pull request's branch to the target branch plus what is rendered. It only ever moves forward: a branch that is open gets a further commit,
 * one that merges the target in where the target moved on; one that was merged starts again at the target.
 */
export async function proposeOnce(publishing: Publishing, branch: string): Promise<Attempt> {
  const { options, repository, source, target } = publishing;
  const into = await repository.head(target.branch, true);
  if (into === undefined) return startTarget(publishing);
  const proposal = await readProposal({ repository, head: await repository.head(branch, true), into, branch, scope: scopeText(options.scope ?? {}) });
  const { plan } = await planOn(publishing, into);
  const report = { repository: repository.name, source: source.commit, plan };
  if (plan.kind === 'superseded' || (proposal !== undefined && await isSuperseded(publishing, branch, proposal))) return { ...report, outcome: 'superseded' };
  if (plan.kind === 'unchanged' && proposal === undefined) return { ...report, outcome: 'unchanged', branch, commit: undefined };
  const message = messageOf(publishing, plan);
  const current = proposal !== undefined && await isUpToDate(publishing, proposal, into, message);
  const commit = current ? proposal.head : await commitPlan(publishing, plan, into, parentsOf(proposal, into), message);
  const pushed = current ? { landed: true, said: '' } as const : await repository.push(branch, commit, proposal?.head);
  if (!pushed.landed) return { outcome: 'lost', reason: pushed.reason };
  // Nothing to approve: the branch only holds the record against late runs, or withdraws what was proposed before.
  if (plan.kind !== 'changes') return { ...report, outcome: 'unchanged', branch, commit: current ? undefined : commit };
  return { ...report, outcome: 'pull-request', branch, into: target.branch, commit, message, ...await announce(publishing, branch, message, pushed.said) };
}

function parentsOf(proposal: Proposal | undefined, into: string): string[] {
  if (proposal === undefined) return [into];
  return proposal.holdsTarget ? [proposal.head] : [proposal.head, into];
}

/** A pull request needs a branch to go into: an empty repository gets one with nothing in it. */
async function startTarget(publishing: Publishing): Promise<Attempt> {
  const { source, target, repository } = publishing;
  const nothing = { kind: 'record', writes: [], deletes: [], files: [], units: [] } as const;
  const text = `Start the runtime repo\n\nIt is empty: what runs comes by pull request.\n\nSlipway-Source: ${source.commit}\n`;
  const commit = await commitPlan(publishing, nothing, undefined, [], { subject: 'Start the runtime repo', body: '', text });
  const pushed = await repository.push(target.branch, commit, undefined);
  return { outcome: 'lost', reason: pushed.landed ? `the branch ${target.branch} was just made` : pushed.reason };
}

async function isSuperseded(publishing: Publishing, branch: string, proposal: Proposal): Promise<boolean> {
  const judge = new SourceJudge(publishing.source.commit, await orderOf(publishing.git, publishing.source, [proposal.source], publishing.settings), publishing.options.acceptSources);
  const superseded = judge.isSuperseded(`branch ${branch}`, [proposal.source]);
  const problems = judge.problems();
  if (problems.length > 0) throw new SlipwayError(problems);
  return superseded;
}

/** Whether the branch holds just this render already, leaving aside its date and source commit, and no late run could change it. */
async function isUpToDate(publishing: Publishing, proposal: Proposal, into: string, message: CommitMessage): Promise<boolean> {
  const { repository, source } = publishing;
  if (!proposal.holdsTarget) return false;
  if (proposal.source !== source.commit && await isSourceInFlight(publishing, proposal.source)) return false;
  const { plan } = await planOn(publishing, into, { source: proposal.source, now: proposal.date });
  const again = await commitPlan(publishing, plan, into, parentsOf(proposal, into), message);
  const { stdout } = await repository.git(['rev-parse', `${again}^{tree}`, `${proposal.head}^{tree}`]);
  const [planned, there] = stdout.toString('utf8').split('\n');
  return planned === there;
}

async function announce({ options, target, repository }: Publishing, branch: string, message: CommitMessage, said: string) {
  const forge = forgeOf(target.url ?? '');
  if (forge === undefined) return { url: announcedUrl(said), opened: false };
  const outcome = await openPullRequest({ forge, from: branch, to: target.branch, message, cwd: repository.scratch, env: options.git?.env ?? process.env });
  return { url: outcome.url ?? compareUrl(forge, branch, target.branch), opened: outcome.url !== undefined, problem: outcome.problem };
}
