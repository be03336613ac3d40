import type { RolloutPlan } from '../plan/rollout-plan.ts';
import type { Rates } from '../simulate/rates.ts';
import type { Simulation } from '../simulate/simulation.ts';
import { clock, percent, planText } from '../simulate/text.ts';
import { legend, metricRow, podsChart, rowHeight, timeAxis, trafficChart } from './charts.ts';
import { element, escaped, fitted, hint, label, widthOf } from './elements.ts';
import { drawnLane, laneHeight, lanesOf } from './lanes.ts';
import { xOf, type Frame } from './scale.ts';
import { styleSheet, verdicts } from './style.ts';

/** What a picture may say beside the simulation. */
export interface PictureOptions {
  /** Requests that reached the new version. @default - they aren't said */
  readonly reached?: number;
  /** At how many requests a second. @default - it isn't said */
  readonly requests?: number;
  /** The fault that is played, and since when. @default - none */
  readonly fault?: { readonly name: string; readonly at: number };
  /** @default - no runs were asked for */
  readonly rates?: Rates;
}

const width = 960;
const trafficTop = 76;
const trafficHeight = 130;
const podsHeight = 40;

/** The course of a rollout as a picture: traffic, pods, steps, analyses and measurements on one axis of time, and how it ended. */
export function simulationSvg(plan: RolloutPlan, simulation: Simulation, options: PictureOptions = {}): string {
  const frame: Frame = { width, left: 156, right: 28, end: Math.max(1000, simulation.endedAt, simulation.at) * 1.02 };
  const lanes = lanesOf(plan, simulation);
  const podsTop = trafficTop + trafficHeight + 22;
  const lanesTop = podsTop + podsHeight + 16;
  const rowsTop = lanesTop + lanes.length * laneHeight + 22;
  const bottom = rowsTop + plan.metrics.length * rowHeight - 6;
  const notes = noteLines(simulation, options);
  const height = bottom + 42 + notes.length * 16;
  const { colour, word } = verdicts[simulation.verdict];
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(`${plan.name}: ${word.toLowerCase()} after ${clock(simulation.at)}`)}">`,
    element('style', {}, styleSheet()),
    element('rect', { 'x': 0.5, 'y': 0.5, 'width': width - 1, 'height': height - 1, 'rx': 8, 'class': 'back', 'stroke': 'var(--frame)' }),
    ...heading(plan, simulation, colour, word),
    ...timeAxis(frame, trafficTop, bottom),
    ...trafficChart(simulation, frame, trafficTop, trafficHeight),
    ...podsChart(simulation, frame, podsTop, podsHeight),
    ...lanes.flatMap((lane, index) => drawnLane(lane, frame, lanesTop + index * laneHeight)),
    ...moments(simulation, options, frame, bottom, colour),
    ...plan.metrics.flatMap((metric, index) => metricRow(metric, simulation, frame, rowsTop + index * rowHeight)),
    ...notes.map((note, index) => label(16, bottom + 36 + index * 16, note, 'faint')),
    ...legend(simulation, width - 28, bottom + 36),
    '</svg>',
  ].join('\n')}\n`;
}

function heading(plan: RolloutPlan, { verdict, at, reason }: Simulation, colour: string, word: string): string[] {
  const badge = `${word} after ${clock(at)}`;
  const badgeWidth = widthOf(badge) + 22;
  return [
    label(16, 28, plan.name, 'ink title'),
    label(24 + widthOf(plan.name, 15), 28, planText(plan).slice(plan.name.length + 2), 'faint'),
    element('rect', { x: width - badgeWidth - 16, y: 13, width: badgeWidth, height: 22, rx: 11, class: colour }),
    label(width - badgeWidth / 2 - 16, 28, badge, 'badge', { 'text-anchor': 'middle' }),
    element('g', {}, `${label(16, 50, fitted(reason, width - 32), verdict === 'promoted' ? 'faint' : 'ink')}${hint(reason)}`),
  ];
}

/** The moments that count: the fault's beginning, and the verdict. */
function moments(simulation: Simulation, { fault }: PictureOptions, frame: Frame, bottom: number, colour: string): string[] {
  const decided = xOf(frame, simulation.at);
  const own = element('line', { 'x1': decided, 'x2': decided, 'y1': trafficTop - 4, 'y2': bottom, 'class': `${colour}-line`, 'stroke-width': 1.5 }, hint(`${clock(simulation.at)} ${verdicts[simulation.verdict].word.toLowerCase()}`));
  if (fault === undefined || fault.at > frame.end) return [own];
  const begun = xOf(frame, fault.at);
  const isLate = begun > frame.width / 2;
  return [
    element('line', { 'x1': begun, 'x2': begun, 'y1': trafficTop - 4, 'y2': bottom, 'class': 'bad-line', 'stroke-dasharray': '3 3' }),
    label(begun + (isLate ? -5 : 5), trafficTop - 8, `fault: ${fault.name}`, 'bad clear', { 'text-anchor': isLate ? 'end' : 'start' }), own,
  ];
}

function noteLines({ verdict }: Simulation, { reached, requests, rates }: PictureOptions): string[] {
  const until = verdict === 'aborted' ? 'until it had no traffic any more' : 'until then';
  const first = reached === undefined ? [''] : [`${Math.round(reached)} requests reached the new version ${until}${requests === undefined ? '' : `, at ${requests} a second`}`];
  if (rates === undefined) return first;
  const { falseAborts, missed } = rates;
  const spans = [`healthy versions stopped: ${percent(falseAborts.share * 100)} (${percent(falseAborts.low * 100)} to ${percent(falseAborts.high * 100)})`];
  if (missed !== undefined) spans.push(`faulty ones let through: ${percent(missed.share * 100)} (${percent(missed.low * 100)} to ${percent(missed.high * 100)})`);
  return [...first, `${falseAborts.of} runs, ${spans.join('; ')}, with 95 % confidence`];
}
