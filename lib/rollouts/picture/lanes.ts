import type { Phase } from '../analysis/phase.ts';
import type { RolloutPlan } from '../plan/rollout-plan.ts';
import { runName } from '../simulate/recorder.ts';
import type { Simulation } from '../simulate/simulation.ts';
import { clock } from '../simulate/text.ts';
import { element, fitted, hint, label } from './elements.ts';
import { xOf, type Frame } from './scale.ts';
import { marks } from './style.ts';

/** A stretch of time in a lane. */
export interface Bar {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  /** What it came to. @default - nothing: it only takes its time */
  readonly phase?: Phase;
}

/** Bars beside each other, under a name. */
export interface Lane {
  readonly name: string;
  readonly bars: readonly Bar[];
}

/** The lanes of a simulation: its steps, and the analyses that aren't one of them. */
export function lanesOf(plan: RolloutPlan, simulation: Simulation): Lane[] {
  const steps = stepBars(plan, simulation);
  const runs = simulation.runs.flatMap((started) => (started.origin === 'step' ? [] : [{ name: runName(started), bar: runBar(simulation, runName(started), started.run.startedAt, started.run.phase) }]));
  return [...(steps.length === 0 ? [] : [{ name: 'steps', bars: steps }]), ...[...new Set(runs.map(({ name }) => name))].map((name) => ({ name, bars: runs.filter((each) => each.name === name).map(({ bar }) => bar) }))];
}

function stepBars({ strategy }: RolloutPlan, simulation: Simulation): Bar[] {
  const begun = simulation.events.flatMap((event) => (event.kind === 'step' ? [event] : []));
  return begun.map(({ at, step, label: text }, index) => {
    const run = simulation.runs.find((each) => each.origin === 'step' && each.step === step);
    const isLast = strategy.kind === 'canary' && step === strategy.steps.length;
    return { label: isLast ? text : `${step + 1} ${text}`, from: at, to: begun[index + 1]?.at ?? simulation.at, ...(run !== undefined && { phase: run.run.phase }) };
  });
}

function runBar(simulation: Simulation, name: string, from: number, phase: Phase): Bar {
  const end = simulation.events.find((event) => event.kind === 'analysis' && event.run === name && event.at >= from);
  return { label: phase === 'Running' || phase === 'Pending' ? '' : marks[phase].name, from, to: end?.at ?? simulation.at, phase };
}

/** How high a lane is. */
export const laneHeight = 24;

/** A lane at a height. */
export function drawnLane({ name, bars }: Lane, frame: Frame, top: number): string[] {
  return [label(16, top + 15, name, 'faint'), ...bars.map((bar) => drawnBar(bar, frame, top))];
}

function drawnBar({ label: text, from, to, phase }: Bar, frame: Frame, top: number): string {
  const [x, end] = [xOf(frame, from), xOf(frame, to)];
  const width = Math.max(end - x - 1, 1.5);
  const mark = phase === undefined ? undefined : marks[phase];
  const parts = [
    element('rect', { x, y: top + 2, width, height: laneHeight - 6, rx: 3, class: 'lane' }),
    ...(mark === undefined ? [] : [element('rect', { x, y: top + laneHeight - 7, width, height: 3, rx: 1.5, class: mark.colour })]),
    label(x + 5, top + 15, fitted(text, width - 8) || fitted(text.split(' ')[0] ?? '', width - 6), 'ink'),
    hint(`${clock(from)} to ${clock(to)}: ${text}${mark === undefined ? '' : ` (${mark.name})`}`),
  ];
  return element('g', {}, parts.join(''));
}
