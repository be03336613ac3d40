import type { Rate, Rates } from './rates.ts';
import type { RolloutPlan } from './plan.ts';
import type { Simulation, TimelineEvent } from './simulate.ts';

/** A time in minutes and seconds: `12:05`. */
export function clock(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

const verdictTexts: Readonly<Record<Simulation['verdict'], string>> = {
  promoted: 'PROMOTED', aborted: 'ABORTED', paused: 'PAUSED (inconclusive: a person has to decide)', waiting: 'WAITING for a person, as its steps say',
};

/** The course of a rollout as a table for people. */
export function simulationText(plan: RolloutPlan, simulation: Simulation, reached: number): string {
  const rows = simulation.events.map((event) => [clock(event.at), `${Math.round(event.weight * 10) / 10} %`, ...cells(event)]);
  const table = aligned([['time', 'weight', 'what', 'result'], ...rows, [clock(simulation.at), '', verdictTexts[simulation.verdict], simulation.reason]]);
  return `${plan.name}: ${plan.strategy}, ${plan.steps.length} steps, ${plan.metrics.length} ${plan.metrics.length === 1 ? 'metric' : 'metrics'}\n\n${table}\n\n${Math.round(reached)} requests reached the new version until then.\n`;
}

function cells(event: TimelineEvent): [string, string] {
  switch (event.kind) {
    case 'step': return [event.label, ''];
    case 'analysis': return [`${event.run} analysis ends`, `${event.phase}${event.why === undefined ? '' : `: ${event.why}`}`];
    case 'measurement': return [`  ${event.metric}${event.dryRun ? ' (dry run)' : ''}`, [event.phase, event.value, event.message].filter((part) => part !== undefined).join('  ')];
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
  return `${count} of ${of} (${percent(share)}; 95 % confidence: ${percent(low)} to ${percent(high)})`;
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) => row.map((cell, column) => (column < 2 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0))).join('  ').trimEnd()).join('\n');
}
