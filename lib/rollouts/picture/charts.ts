import type { Metric } from '../analysis/metric.ts';
import type { Simulation } from '../simulate/simulation.ts';
import { clock, percent } from '../simulate/text.ts';
import { element, fitted, hint, label, widthOf } from './elements.ts';
import { stairs, ticks, xOf, type Frame } from './scale.ts';
import { marks } from './style.ts';

/** The new version's share of the traffic as an area, with an axis. */
export function trafficChart({ weights }: Simulation, frame: Frame, top: number, height: number): string[] {
  const y = (weight: number): number => top + height - (weight / 100) * height;
  const line = stairs(weights.map(({ at, weight }) => ({ at, value: weight })), frame, y);
  const levels = [0, 25, 50, 75, 100].flatMap((weight) => [
    element('line', { x1: frame.left, x2: frame.width - frame.right, y1: y(weight), y2: y(weight), class: 'grid-line' }),
    label(frame.left - 8, y(weight) + 4, `${weight} %`, 'faint', { 'text-anchor': 'end' }),
  ]);
  return [
    label(16, top + 4, 'traffic of the', 'faint'), label(16, top + 18, 'new version', 'faint'), ...levels,
    element('path', { 'd': `${line} L${xOf(frame, frame.end)} ${y(0)} L${frame.left} ${y(0)} Z`, 'class': 'new', 'fill-opacity': '0.16' }),
    element('path', { 'd': line, 'class': 'new-line', 'stroke-width': 2 }),
    ...levelLabels(weights, frame, y),
  ];
}

/** Says the weights that last long enough to be read. */
function levelLabels(weights: Simulation['weights'], frame: Frame, y: (weight: number) => number): string[] {
  return weights.flatMap(({ at, weight }, index) => {
    const from = xOf(frame, at);
    const text = percent(weight);
    if (weight === 0 || xOf(frame, weights[index + 1]?.at ?? frame.end) - from < widthOf(text) + 10) return [];
    return [label(from + 5, weight > 88 ? y(weight) + 14 : y(weight) - 5, text, 'new strong clear')];
  });
}

/** Pods of both versions that serve. */
export function podsChart({ pods }: Simulation, frame: Frame, top: number, height: number): string[] {
  const most = Math.max(1, ...pods.flatMap((each) => [each.new, each.old]));
  const y = (count: number): number => top + height - (count / most) * height;
  return [
    label(16, top + 10, 'pods', 'faint'), element('circle', { cx: 18, cy: top + 20, r: 3, class: 'new' }), label(25, top + 24, 'new', 'faint'), element('circle', { cx: 54, cy: top + 20, r: 3, class: 'old' }), label(61, top + 24, 'old', 'faint'),
    label(frame.left - 8, top + 8, String(most), 'faint', { 'text-anchor': 'end' }), label(frame.left - 8, top + height + 3, '0', 'faint', { 'text-anchor': 'end' }),
    element('line', { x1: frame.left, x2: frame.width - frame.right, y1: y(0), y2: y(0), class: 'grid-line' }),
    element('path', { 'd': stairs(pods.map((each) => ({ at: each.at, value: each.old })), frame, y), 'class': 'old-line', 'stroke-width': 1.5 }),
    element('path', { 'd': stairs(pods.map((each) => ({ at: each.at, value: each.new })), frame, y), 'class': 'new-line', 'stroke-width': 1.5 }),
  ];
}

/** How high a metric's row is. */
export const rowHeight = 34;

/** What a metric measured: a mark for each measurement, and its value where there is room. */
export function metricRow(metric: Metric, { events }: Simulation, frame: Frame, top: number): string[] {
  const taken = events.flatMap((event) => (event.kind === 'measurement' && event.metric === metric.name ? [event] : []));
  const name = fitted(metric.name, frame.left - 26);
  let free = frame.left - 20;
  const values = taken.flatMap((each) => {
    const [x, text] = [xOf(frame, each.at), fitted(each.value ?? '', 60, 10)];
    const half = widthOf(text, 10) / 2;
    if (text === '' || x - half < free || x + half > frame.width - 4) return [];
    free = x + half + 6;
    return [label(x, top + 20, text, `${each.phase === 'Successful' ? 'faint' : marks[each.phase].colour} clear`, { 'text-anchor': 'middle', 'font-size': 10 })];
  });
  return [
    element('g', {}, [label(16, top + 4, name, 'ink'), ...(metric.dryRun ? [label(16, top + 17, 'dry run', 'faint')] : []), hint(metric.name)].join('')),
    element('line', { x1: frame.left, x2: frame.width - frame.right, y1: top, y2: top, class: 'grid-line' }),
    ...taken.map((each) => element('path', { 'transform': `translate(${Math.round(xOf(frame, each.at) * 10) / 10} ${top})`, 'd': marks[each.phase].shape, 'class': `${marks[each.phase].colour}-line`, 'stroke-width': 2 }, hint([clock(each.at), each.phase, each.value, each.message].filter((part) => part !== undefined).join(' ')))),
    ...values,
  ];
}

/** Times under everything. */
export function timeAxis(frame: Frame, top: number, bottom: number): string[] {
  return ticks(frame.end).flatMap((at) => [
    element('line', { x1: xOf(frame, at), x2: xOf(frame, at), y1: top, y2: bottom, class: 'grid-line' }),
    label(xOf(frame, at), bottom + 15, clock(at), 'faint', { 'text-anchor': 'middle' }),
  ]);
}

/** What the marks mean that are used, up to a place on the right. */
export function legend({ events }: Simulation, right: number, y: number): string[] {
  const used = [...new Set(events.flatMap((event) => (event.kind === 'measurement' ? [event.phase] : [])))].sort();
  let at = right - used.reduce((width, phase) => width + 28 + widthOf(marks[phase].name), 0);
  return used.flatMap((phase) => {
    const { shape, colour, name } = marks[phase];
    at += 28 + widthOf(name);
    const x = at - widthOf(name) - 14;
    return [element('path', { 'transform': `translate(${Math.round(x)} ${y - 4})`, 'd': shape, 'class': `${colour}-line`, 'stroke-width': 2 }), label(x + 10, y, name, 'faint')];
  });
}
