import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { KubeObject } from '../../manifests/rendered.ts';
import type { Fleet } from '../../model/fleet.ts';
import { planRollout, rolloutAmong } from '../../rollouts/plan/read-rollout.ts';
import type { RolloutPlan } from '../../rollouts/plan/rollout-plan.ts';
import { ratesOf } from '../../rollouts/simulate/rates.ts';
import { simulate } from '../../rollouts/simulate/simulate.ts';
import { requestsReached } from '../../rollouts/simulate/simulation.ts';
import { simulationSvg } from '../../rollouts/simulate/svg.ts';
import { faults, syntheticTrace, type Fault } from '../../rollouts/simulate/synthetic.ts';
import { ratesText, simulationText } from '../../rollouts/simulate/text.ts';
import { measureBy, type Trace } from '../../rollouts/simulate/trace.ts';
import { readTrace } from '../../rollouts/simulate/csv.ts';
import { renderApp } from '../../synth/app-unit.ts';
import { mergeProblems, type RenderProblem } from '../../synth/render-problem.ts';
import { parseDuration } from '../../values/duration.ts';
import { exitCodes, SlipwayError, throwProblems, type Problem } from '../../values/errors.ts';
import { didYouMean } from '../../values/suggest.ts';
import { loadWorkspace } from '../../workspace.ts';
import type { Output } from '../output.ts';

/** What `slipway rollout simulate` takes. */
export interface RolloutSimulateOptions {
  readonly app: string;
  readonly environment: string;
  /** @default - the only Rollout of the app */
  readonly rollout?: string;
  /** A recorded CSV. @default - a synthetic trace */
  readonly trace?: string;
  /** @default - a healthy version */
  readonly fault?: string;
  /** When the fault begins, a Go duration. @default '1m' */
  readonly onset?: string;
  /** How many seeded traces the rates are taken from; 0 for none. @default 0 */
  readonly runs?: number;
  /** @default 1 */
  readonly seed?: number;
  /** How long new pods take to serve. @default '30s' */
  readonly podStart?: string;
  /** How long a person takes where the steps wait for one. @default - it ends there */
  readonly person?: string;
  /** Requests a second of the whole app. @default 100 */
  readonly requests?: number;
  readonly format: 'json' | 'svg' | 'text';
}

/** How long a bad version that got through is counted on: an hour. */
const horizon = 3_600_000;

/** Plays a rollout by the rendered objects; exits 0 when it is promoted or waits for a person as it says, 1 when it is stopped. */
export async function rolloutSimulate(options: RolloutSimulateOptions, cwd: string, output: Output): Promise<number> {
  const checked = checkOptions(options);
  const fleet = await loadWorkspace(cwd);
  const objects = renderedObjects(fleet, options);
  const plan = planRollout(rolloutAmong(objects, options.rollout, options.app), objects);
  const trace = traceFor(plan, options, checked, cwd);
  const times = { podStart: checked.podStart, ...(checked.person !== undefined && { person: checked.person }) };
  const simulation = simulate(plan, { ...times, measure: measureBy(trace) });
  // Faults begin while a healthy version would be on its way.
  const planned = simulate(plan, { ...times, measure: measureBy(syntheticTrace({ seed: checked.seed })) }).at;
  const reached = requestsReached(simulation, simulation.at, checked.requests);
  const rates = checked.runs === 0 ? undefined : ratesOf(plan, {
    ...times, runs: checked.runs, seed: checked.seed, latestOnset: planned / 2, requestsPerSecond: checked.requests, horizon, ...(checked.fault !== undefined && { fault: checked.fault }),
  });
  switch (options.format) {
    case 'json': output.print(JSON.stringify({ rollout: plan.name, strategy: plan.strategy.kind, ...simulation, runs: undefined, requestsReached: Math.round(reached), ...(rates !== undefined && { rates }) }, null, 2)); break;
    case 'svg': output.print(simulationSvg(plan, simulation)); break;
    case 'text': output.print(`${simulationText(plan, simulation, reached)}${rates === undefined ? '' : `\n${ratesText(rates, checked.fault)}`}`); break;
  }
  return simulation.verdict === 'promoted' || simulation.verdict === 'waiting' ? exitCodes.ok : exitCodes.different;
}

interface CheckedOptions {
  readonly fault?: Fault;
  readonly onset: number;
  readonly podStart: number;
  readonly person?: number;
  readonly runs: number;
  readonly seed: number;
  readonly requests: number;
}

function checkOptions(options: RolloutSimulateOptions): CheckedOptions {
  const problems: Problem[] = [];
  const duration = (name: 'onset' | 'person' | 'podStart', option: string): number | undefined => {
    const text = options[name];
    const value = text === undefined ? undefined : parseDuration(text);
    if (text !== undefined && value === undefined) problems.push({ where: option, message: `expected a duration such as 90s, got ${JSON.stringify(text)}` });
    return value;
  };
  const number = (value: number | undefined, otherwise: number, option: string, most: number, isWhole: boolean): number => {
    if (value !== undefined && !(value >= 0 && value <= most && (!isWhole || Number.isInteger(value)))) problems.push({ where: option, message: `expected a ${isWhole ? 'whole ' : ''}number from 0 to ${most}, got ${value}` });
    return value ?? otherwise;
  };
  const fault = faults.find((each) => each === options.fault);
  if (options.fault !== undefined && fault === undefined) problems.push({ where: '--fault', message: `expected one of ${faults.join(', ')}, got ${JSON.stringify(options.fault)}.`, fix: `choose one.${didYouMean(options.fault, faults)}` });
  if (options.trace !== undefined && options.fault !== undefined) problems.push({ where: '--fault', message: 'expected a recorded trace or a fault, got both', fix: 'leave one out' });
  if (options.trace !== undefined && (options.runs ?? 0) > 0) problems.push({ where: '--runs', message: 'expected synthetic traces to take rates from, got a recorded one', fix: 'leave --trace or --runs out' });
  const person = duration('person', '--person');
  const checked = {
    onset: duration('onset', '--onset') ?? 60_000,
    podStart: duration('podStart', '--pod-start') ?? 30_000,
    runs: number(options.runs, 0, '--runs', 100_000, true),
    seed: number(options.seed, 1, '--seed', 2 ** 31, true),
    requests: number(options.requests, 100, '--requests', 1e9, false),
  };
  throwProblems(problems);
  return { ...checked, ...(fault !== undefined && { fault }), ...(person !== undefined && { person }) };
}

/** The objects of the app in the environment, as most of its clusters get them. */
function renderedObjects(fleet: Fleet, { app: appName, environment: environmentName }: RolloutSimulateOptions): KubeObject[] {
  const app = fleet.apps.find((each) => each.name === appName);
  const environment = fleet.environments.find((each) => each.name === environmentName);
  const problems: Problem[] = [];
  if (app === undefined) problems.push({ where: 'app', message: `expected an app of the fleet, got ${JSON.stringify(appName)}.`, fix: `name one.${didYouMean(appName, fleet.apps.map((each) => each.name))}` });
  if (environment === undefined) problems.push({ where: '--environment', message: `expected an environment of the fleet, got ${JSON.stringify(environmentName)}.`, fix: `name one.${didYouMean(environmentName, fleet.environments.map((each) => each.name))}` });
  throwProblems(problems);
  if (app === undefined || environment === undefined) return [];
  if (!app.environments.includes(environment.name)) throw SlipwayError.of(app.file, `expected an app that runs in ${environment.name}, got one that runs in ${[...app.environments].sort().join(', ')}`, 'name one of its environments');
  const found: RenderProblem[] = [];
  const unit = renderApp(fleet, app, environment, found);
  throwProblems(mergeProblems(found));
  return unit.files.filter((file) => file.path.startsWith(`${unit.id}/`)).flatMap((file) => file.objects.map((object) => object.value));
}

function traceFor(plan: RolloutPlan, options: RolloutSimulateOptions, { fault, onset, seed }: CheckedOptions, cwd: string): Trace {
  if (options.trace === undefined) return syntheticTrace({ seed, onset, ...(fault !== undefined && { fault }) });
  let csv: string;
  try {
    csv = readFileSync(resolve(cwd, options.trace), 'utf8');
  } catch (error) {
    throw SlipwayError.of(options.trace, `can't be read: ${error instanceof Error ? error.message : String(error)}`, 'name a CSV file');
  }
  return readTrace(csv, plan.metrics, options.trace);
}
