import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { KubeObject } from '../../manifests/rendered.ts';
import type { Fleet } from '../../model/fleet.ts';
import { planRollout, rolloutAmong } from '../../rollouts/plan/read-rollout.ts';
import type { RolloutPlan } from '../../rollouts/plan/rollout-plan.ts';
import { simulationDocument } from '../../rollouts/simulate/json.ts';
import { ratesOf, type Rates } from '../../rollouts/simulate/rates.ts';
import { simulate } from '../../rollouts/simulate/simulate.ts';
import { requestsOf, type SimulationOptions } from '../../rollouts/simulate/simulation.ts';
import { simulationSvg } from '../../rollouts/picture/picture.ts';
import { syntheticTrace } from '../../rollouts/simulate/synthetic.ts';
import { ratesText, simulationText } from '../../rollouts/simulate/text.ts';
import { measureBy, type Trace } from '../../rollouts/simulate/trace.ts';
import { readTrace } from '../../rollouts/simulate/csv.ts';
import { renderApp } from '../../synth/app-unit.ts';
import { mergeProblems, type RenderProblem } from '../../synth/render-problem.ts';
import { exitCodes, SlipwayError, throwProblems, type Problem } from '../../values/errors.ts';
import { didYouMean } from '../../values/suggest.ts';
import { loadWorkspace } from '../../workspace.ts';
import type { Output } from '../output.ts';
import { checkOptions, type CheckedOptions, type RolloutSimulateOptions } from './rollout-simulate-options.ts';

/** How long a bad version that got through is counted on: an hour. */
const horizon = 3_600_000;

/** Plays a rollout by the rendered objects; exits 0 when it is promoted or waits for a person as it says, 1 when it is stopped. */
export async function rolloutSimulate(options: RolloutSimulateOptions, cwd: string, output: Output): Promise<number> {
  const checked = checkOptions(options);
  const { change, fault, onset, requests } = checked;
  const fleet = await loadWorkspace(cwd);
  const objects = renderedObjects(fleet, options);
  const plan = planRollout(rolloutAmong(objects, options.rollout, options.app), objects);
  const trace = traceFor(plan, options, checked, cwd);
  const situation = { change, podStart: checked.podStart, ...(checked.person !== undefined && { person: checked.person }) };
  const simulation = simulate(plan, { ...situation, neverStarts: fault === 'no-start', measure: measureBy(trace) });
  const rates = checked.runs === 0 ? undefined : ratesFor(plan, checked, situation);
  const reached = requestsOf(simulation, requests);
  const sinceFault = fault === undefined ? undefined : requestsOf(simulation, requests, onset);
  switch (options.format) {
    case 'json': output.print(JSON.stringify(simulationDocument(plan, simulation, { change, reached, ...(sinceFault !== undefined && { sinceFault }), ...(rates !== undefined && { rates }) }), null, 2)); break;
    case 'svg': output.print(simulationSvg(plan, simulation, { reached, requests, ...(fault !== undefined && { fault: { name: fault, at: onset } }), ...(rates !== undefined && { rates }) })); break;
    case 'text': output.print(`${simulationText(plan, simulation, reached, sinceFault)}${rates === undefined ? '' : `\n${ratesText(rates, fault)}`}`); break;
  }
  return simulation.verdict === 'promoted' || simulation.verdict === 'waiting' ? exitCodes.ok : exitCodes.different;
}

/** Rates over many traces. Faults begin while a healthy version would be on its way; one that never ends has no rates. */
function ratesFor(plan: RolloutPlan, { fault, runs, seed, requests }: CheckedOptions, situation: Pick<SimulationOptions, 'change' | 'person' | 'podStart'>): Rates {
  const healthy = simulate(plan, { ...situation, isQuiet: true, measure: measureBy(syntheticTrace({ seed }), true) });
  if (healthy.verdict === 'stuck') throw SlipwayError.of('--runs', `expected a rollout that ends, got one that goes on: ${healthy.reason}`, 'give its analyses a count, and its pauses a duration');
  return ratesOf(plan, { ...situation, runs, seed, latestOnset: healthy.at / 2, requestsPerSecond: requests, horizon, ...(fault !== undefined && { fault }) });
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
