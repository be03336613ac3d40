import type { RolloutPlan } from '../plan/rollout-plan.ts';
import type { TimelineEvent } from './events.ts';
import type { Rate, Rates } from './rates.ts';
import type { Simulation } from './simulation.ts';

/** A time in minutes and seconds: `12:05`. */
export function clock(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

const verdictTexts: Readonly<Record<Simulation['verdict'], string>> = {
  promoted: 'PROMOTED', aborted: 'ABORTED', paused: 'PAUSED (inconclusive: a person has to decide)', stuck: 'STUCK (nothing ends it)', waiting: 'WAITING for a person, as its steps say',
};

/** A share in percent, with a digit where there is one. */
export function percent(share: number): string {
  return `${Math.round(share * 10) / 10} %`;
}

/** What a rollout is, in a line. */
export function planText(plan: RolloutPlan): string {
  const { strategy } = plan;
  const parts = [strategy.kind === 'canary' ? `canary, ${counted(strategy.steps.length, 'step')}` : 'blue-green', counted(plan.metrics.length, 'metric'), counted(plan.replicas, 'pod')];
  return `${plan.name}: ${parts.join(', ')}`;
}

function counted(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}

/** The course of a rollout as a table for people. */
export function simulationText(plan: RolloutPlan, simulation: Simulation, reached: number, sinceFault?: number): string {
  const steps = plan.strategy.kind === 'canary' ? plan.strategy.steps.length : 0;
  const rows = simulation.events.flatMap((event) => {
    const own = cells(event, steps);
    return own === undefined ? [] : [[clock(event.at), percent(event.weight), ...own]];
  });
  const verdict = simulation.verdict === 'aborted' || simulation.verdict === 'promoted' ? [] : [[clock(simulation.at), '', verdictTexts[simulation.verdict], simulation.reason]];
  return `${planText(plan)}\n\n${aligned([['time', 'new', 'what', 'result'], ...rows, ...verdict])}\n\n${requestsText(simulation, reached, sinceFault)}\n`;
}

function requestsText({ verdict }: Simulation, reached: number, sinceFault: number | undefined): string {
  const until = verdict === 'aborted' ? 'until it had no traffic any more' : 'until then';
  return `${Math.round(reached)} requests reached the new version ${until}${sinceFault === undefined ? '' : `, ${Math.round(sinceFault)} of them after the fault began`}.`;
}

function cells(event: TimelineEvent, steps: number): [string, string] | undefined {
  switch (event.kind) {
    case 'step': return [event.step === steps ? event.label : `step ${event.step + 1}: ${event.label}`, ''];
    case 'traffic': return [event.to === 0 ? 'no traffic for the new version' : `${percent(event.to)} of the traffic for the new version`, ''];
    case 'measurement': return [`  ${event.metric}${event.dryRun ? ' (dry run)' : ''}`, [event.phase, event.value, event.message].filter((part) => part !== undefined).join('  ')];
    case 'analysis': return [`${event.run} analysis ends`, `${event.phase}${event.message === '' ? '' : `: ${event.message}`}`];
    // A pause of the steps shows as a step.
    case 'pause': return event.reason === 'CanaryPauseStep' ? undefined : ['waits', event.reason];
    case 'abort': return [verdictTexts.aborted, event.message];
    case 'promotion': return [verdictTexts.promoted, event.reason];
    case 'gone': return [`last pod of the ${event.version} version gone`, ''];
  }
}

/** How it does over many traces, in words. */
export function ratesText(rates: Rates, fault: string | undefined): string {
  const lines = [`Healthy versions stopped: ${rateText(rates.falseAborts)}`];
  if (rates.missed !== undefined) lines.push(`Versions with ${fault ?? 'a fault'} let through: ${rateText(rates.missed)}`);
  if (rates.reached !== undefined) lines.push(`Requests that such a version reached: ${Math.round(rates.reached.median)} in half of the runs, ${Math.round(rates.reached.most)} in 95 % of them`);
  return `${lines.join('\n')}\n`;
}

function rateText({ count, of, share, low, high }: Rate): string {
  return `${count} of ${of} (${percent(share * 100)}; 95 % confidence: ${percent(low * 100)} to ${percent(high * 100)})`;
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) => row.map((cell, column) => (column < 2 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0))).join('  ').trimEnd()).join('\n');
}
