import { resolve } from 'node:path';
import type { Environment } from '../model/environment.ts';
import type { Fleet } from '../model/fleet.ts';
import { frozenBy } from '../model/freeze.ts';
import { reachedBy, wavesOf } from '../model/waves.ts';
import { gitUrlProblem } from '../model/repository.ts';
import type { PublishOptions } from '../runtime-repo/options.ts';
import { ownSchemas } from '../synth/own-schemas.ts';
import { renderChecked } from '../synth/checked.ts';
import { isFailure } from '../validate/finding.ts';
import { formatFindings } from '../validate/report.ts';
import { SlipwayError, throwProblems, type Problem } from '../values/errors.ts';
import { loadWorkspace } from '../workspace.ts';
import type { Output } from './output.ts';
import { publishJobs } from './publish-targets.ts';
import { publishUnit } from './publish-units.ts';
import type { PublishingPlace } from './publishing-place.ts';

/** What `slipway plan` and `slipway publish` take alike. */
export interface PublishingOptions {
  /** @default - all */
  readonly environment?: readonly string[];
  /** How far the change shall come, counted from 1. @default - all clusters */
  readonly wave?: number;
  /** @default - the runtime repo that the fleet names */
  readonly repo?: string;
  /** @default - the repository's */
  readonly branch?: string;
  /** @default - none */
  readonly adopt?: readonly string[];
  /** @default - none */
  readonly allowRemoval?: readonly string[];
  /** Share of the files that may be removed, 0 to 1. @default 0.2 */
  readonly maxRemoval?: number;
  /** Recorded source commits that count as older. @default - none */
  readonly acceptSource?: readonly string[];
  /** @default false */
  readonly pullRequest?: boolean;
  /** @default - a frozen environment is left out */
  readonly overrideFreeze?: string;
  /** To the runtime repo of the local control plane, as that has the fleet. @default false */
  readonly dev?: boolean;
}

/** Renders afresh and says what is to be published where. */
export async function preparePublish(options: PublishingOptions, cwd: string, now: Date, output: Output): Promise<PublishOptions[]> {
  refuseBadOptions(options);
  const place = options.dev === true ? await (await import('./dev-publishing.ts')).runningDev(cwd) : { fleet: await loadWorkspace(cwd), upstream: cwd };
  return publishingAt(place, options, cwd, now, output);
}

/** Renders a fleet afresh and says what of it is to be published where. */
export function publishingAt({ fleet, upstream, repo, environments: within }: PublishingPlace, options: PublishingOptions, cwd: string, now: Date, output: Output): PublishOptions[] {
  const all = fleet.environments.filter(({ name }) => within?.includes(name) ?? true);
  refuseOutside(fleet, all, options);
  const environments = thawed(all, options, now, output);
  const names = environments.map((environment) => environment.name);
  refuseUnknownWave(environments, options.wave);
  const whole = names.length === all.length && environments.every((environment) => options.wave === undefined || reachedBy(environment, options.wave) === undefined);
  const { kept, findings } = renderChecked(fleet, { ...ownSchemas(cwd), root: upstream, ...(whole && within === undefined ? {} : { environments: options.environment ?? names, ...(options.wave !== undefined && { wave: options.wave }) }) }, publishUnit);
  if (findings.some(isFailure)) {
    output.say(formatFindings(findings, 'text').trimEnd());
    throw SlipwayError.of('publish', `expected a render without error findings, got ${findings.filter(isFailure).length}`, 'mend what is listed above, or waive it with a reason');
  }
  const into = repo ?? options.repo;
  const jobs = publishJobs(fleet, kept, {
    environments,
    whole,
    ...(options.wave !== undefined && { wave: options.wave }),
    ...(into !== undefined && { repo: into }),
    ...(options.branch !== undefined && { branch: options.branch }),
    ...(options.pullRequest !== undefined && { pullRequest: options.pullRequest }),
  });
  if (options.pullRequest === true && jobs.some((job) => job.target.url === undefined)) {
    throw SlipwayError.of('--pull-request', 'expected a runtime repo with a remote, got the embedded one, where nobody could approve', 'name one with --repo, or as runtimeRepo in environments/index.ts');
  }
  return jobs.map((job) => ({
    folder: cwd,
    ...job,
    ...(job.target.url !== undefined && { target: { ...job.target, url: repositoryAt(job.target.url, cwd) } }),
    now,
    ...(options.overrideFreeze !== undefined && { note: `Published although frozen: ${options.overrideFreeze}` }),
    random: Math.random,
    ...(options.acceptSource !== undefined && { acceptSources: options.acceptSource }),
    ...(options.adopt !== undefined && { adopt: options.adopt }),
    allowRemoval: { ...(options.maxRemoval !== undefined && { share: options.maxRemoval }), ...(options.allowRemoval !== undefined && { objects: options.allowRemoval }) },
  }));
}

function refuseBadOptions(options: PublishingOptions): void {
  const problems: Problem[] = [];
  const { maxRemoval } = options;
  if (maxRemoval !== undefined && !(maxRemoval >= 0 && maxRemoval <= 1)) problems.push({ where: '--max-removal', message: 'expected a share from 0 to 1, such as 0.2 or 20%' });
  for (const object of options.allowRemoval ?? []) {
    if (!/^[A-Z]\w*(?:\/[^/\s]+){1,2}$/.test(object)) problems.push({ where: '--allow-removal', message: `expected <kind>/<name> or <kind>/<namespace>/<name>, got ${JSON.stringify(object)}`, fix: 'say it as the refusal does, such as --allow-removal Namespace/shop-prod' });
  }
  for (const commit of options.acceptSource ?? []) {
    if (!/^[0-9a-f]{4,64}$/.test(commit)) problems.push({ where: '--accept-source', message: `expected a commit in hexadecimal digits, got ${JSON.stringify(commit)}`, fix: 'copy it from the refusal' });
  }
  // A relative path is as good as an absolute one to Git; only what looks like a URL is held to its shape.
  const urlProblem = options.repo === undefined || !/:\/\/|@/.test(options.repo) ? undefined : gitUrlProblem(options.repo);
  if (urlProblem !== undefined) problems.push({ where: '--repo', message: urlProblem });
  if (options.overrideFreeze?.trim() === '') problems.push({ where: '--override-freeze', message: 'expected a reason, which stands in the commit, got none', fix: 'say why it can\'t wait' });
  throwProblems(problems);
}

/** An environment of the fleet that isn't this place's; one that the fleet doesn't have is told with its neighbours when it is rendered. */
function refuseOutside(fleet: Fleet, all: readonly Environment[], options: PublishingOptions): void {
  const names = all.map(({ name }) => name);
  const outside = (options.environment ?? []).filter((name) => !names.includes(name) && fleet.environments.some((each) => each.name === name));
  throwProblems(outside.map((name) => ({ where: '--environment', message: `expected an environment that the local control plane has (${names.join(', ')}), got ${name}`, fix: 'slipway dev up --cluster <one that has it>' })));
}

/** The chosen environments without those that are frozen; naming a frozen one is refused. */
function thawed(all: readonly Environment[], options: PublishingOptions, now: Date, output: Output): Environment[] {
  const chosen = all.filter((environment) => options.environment?.includes(environment.name) ?? true);
  if (options.overrideFreeze !== undefined) return chosen;
  const frozen = chosen.flatMap((environment) => {
    const window = frozenBy(environment.promotion.freeze, now);
    return window === undefined ? [] : [{ environment, window }];
  });
  if (options.environment !== undefined) {
    throwProblems(frozen.map(({ environment, window }) => ({
      where: environment.name, message: `is frozen (${window.name}: ${window.from} until ${window.until})`, fix: 'wait, or publish with --override-freeze <reason>',
    })));
  }
  for (const { environment, window } of frozen) output.say(`${environment.name} is frozen (${window.name}: ${window.from} until ${window.until}) and left out; --override-freeze <reason> publishes it nevertheless`);
  return chosen.filter((environment) => !frozen.some((each) => each.environment === environment));
}

/** A wave that no environment has would publish everything unasked. */
function refuseUnknownWave(environments: readonly Environment[], wave: number | undefined): void {
  if (wave === undefined) return;
  const most = Math.max(1, ...environments.map((environment) => wavesOf(environment).length));
  if (most === 1) throw SlipwayError.of('--wave', 'expected an environment with waves, got none', 'name them as promotion.waves of the environment, or leave --wave out');
  if (!Number.isInteger(wave) || wave < 1 || wave > most) throw SlipwayError.of('--wave', `expected a wave from 1 to ${most}, got ${wave}`);
}

/** A path is meant from where the command runs; a URL is left as it is. */
function repositoryAt(url: string, cwd: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(url) || /^[^/]+@?[\w.-]+:/.test(url) ? url : resolve(cwd, url);
}
