import type { Phase } from '../analysis/phase.ts';
import type { RolloutPlan } from '../plan/rollout-plan.ts';
import type { Simulation } from './simulation.ts';
import { clock } from './text.ts';

const width = 900;
const margin = { left: 120, right: 24, top: 56, bottom: 36 };
const weightHeight = 160;
const rowHeight = 34;

const colours: Readonly<Record<Phase, string>> = { Successful: '#1a7f37', Failed: '#cf222e', Inconclusive: '#9a6700', Error: '#8250df', Running: '#57606a', Pending: '#57606a' };
/** A shape for each verdict, so that colour isn't all that tells them apart. */
const marks: Readonly<Record<Phase, string>> = { Successful: 'M-4 0 L-1 4 L5 -4', Failed: 'M-4 -4 L4 4 M4 -4 L-4 4', Inconclusive: 'M-4 0 L4 0', Error: 'M0 -5 L5 4 L-5 4 Z', Running: 'M-1 0 L1 0', Pending: 'M-1 0 L1 0' };
const verdictColours: Readonly<Record<Simulation['verdict'], string>> = { promoted: '#1a7f37', aborted: '#cf222e', paused: '#9a6700', stuck: '#9a6700', waiting: '#0969da' };

/** The course of a rollout as a picture: weights above, a line of measurements for each metric below, and how it ended. */
export function simulationSvg(plan: RolloutPlan, simulation: Simulation): string {
  const end = Math.max(simulation.at, 1);
  const x = (at: number): number => round(margin.left + (at / end) * (width - margin.left - margin.right));
  const y = (weight: number): number => round(margin.top + weightHeight - (weight / 100) * weightHeight);
  const metricsTop = margin.top + weightHeight + 40;
  const height = metricsTop + plan.metrics.length * rowHeight + margin.bottom;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="12" role="img" aria-label="${escaped(`${plan.name}: ${simulation.verdict} after ${clock(simulation.at)}`)}">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    `<text x="16" y="24" font-size="15" font-weight="600" fill="#1f2328">${escaped(plan.name)}</text>`,
    `<text x="16" y="42" fill="${verdictColours[simulation.verdict]}">${escaped(`${simulation.verdict} after ${clock(simulation.at)}: ${simulation.reason}`)}</text>`,
    ...axes(x, y, end),
    `<path d="${weightPath(simulation, x, y)}" fill="none" stroke="#0969da" stroke-width="2"/>`,
    ...simulation.events.flatMap((event) => (event.kind === 'step' ? [`<line x1="${x(event.at)}" x2="${x(event.at)}" y1="${y(100)}" y2="${y(0)}" stroke="#d0d7de" stroke-dasharray="2 3"><title>${escaped(`${clock(event.at)} ${event.label}`)}</title></line>`] : [])),
    ...plan.metrics.flatMap((metric, row) => measurementRow(metric.name, simulation, x, metricsTop + row * rowHeight)),
    `<line x1="${x(simulation.at)}" x2="${x(simulation.at)}" y1="${margin.top}" y2="${height - margin.bottom}" stroke="${verdictColours[simulation.verdict]}" stroke-width="2"/>`,
    '</svg>',
  ].join('\n')}\n`;
}

function axes(x: (at: number) => number, y: (weight: number) => number, end: number): string[] {
  const horizontal = [0, 25, 50, 75, 100].map((weight) => `<line x1="${margin.left}" x2="${width - margin.right}" y1="${y(weight)}" y2="${y(weight)}" stroke="#eaeef2"/><text x="${margin.left - 8}" y="${y(weight) + 4}" text-anchor="end" fill="#57606a">${weight} %</text>`);
  const ticks = Array.from({ length: 6 }, (_, index) => (end * index) / 5);
  const vertical = ticks.map((at) => `<text x="${x(at)}" y="${y(0) + 18}" text-anchor="middle" fill="#57606a">${clock(at)}</text>`);
  return [...horizontal, ...vertical];
}

function weightPath({ weights, at: end }: Simulation, x: (at: number) => number, y: (weight: number) => number): string {
  return weights.map(({ at, weight }, index) => {
    const next = weights[index + 1]?.at ?? end;
    return `${index === 0 ? 'M' : 'L'}${x(at)} ${y(weight)} L${x(next)} ${y(weight)}`;
  }).join(' ');
}

function measurementRow(name: string, simulation: Simulation, x: (at: number) => number, top: number): string[] {
  const taken = simulation.events.flatMap((event) => (event.kind === 'measurement' && event.metric === name ? [event] : []));
  return [
    `<text x="16" y="${top + 4}" fill="#1f2328">${escaped(name.length > 16 ? `${name.slice(0, 15)}…` : name)}<title>${escaped(name)}</title></text>`,
    `<line x1="${margin.left}" x2="${width - margin.right}" y1="${top}" y2="${top}" stroke="#eaeef2"/>`,
    ...taken.map((each) => `<path transform="translate(${x(each.at)} ${top})" d="${marks[each.phase]}" fill="none" stroke="${colours[each.phase]}" stroke-width="2"><title>${escaped([clock(each.at), each.phase, each.value, each.message].filter((part) => part !== undefined).join(' '))}</title></path>`),
  ];
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
