import type { Phase } from '../analysis/phase.ts';
import type { Verdict } from '../simulate/simulation.ts';

/** Colours by what they mean, on a light and on a dark page. */
const colours: Readonly<Record<string, readonly [light: string, dark: string]>> = {
  back: ['#ffffff', '#0d1117'], frame: ['#d1d9e0', '#3d444d'], ink: ['#1f2328', '#f0f6fc'], faint: ['#59636e', '#9198a1'], grid: ['#e6eaef', '#262c36'],
  lane: ['#eff2f5', '#1d232b'], new: ['#0969da', '#4493f8'], old: ['#818b98', '#656c76'],
  good: ['#1a7f37', '#3fb950'], bad: ['#cf222e', '#f85149'], unclear: ['#9a6700', '#d29922'], error: ['#8250df', '#ab7df8'],
};

/** The picture's style sheet: a card of its own that is legible on any page, and follows the reader's light or dark scheme. */
export function styleSheet(): string {
  const rules = (index: 0 | 1): string => Object.entries(colours).map(([name, pair]) => `--${name}:${pair[index]}`).join(';');
  const fills = [...Object.keys(colours)].map((name) => `.${name}{fill:var(--${name})}.${name}-line{stroke:var(--${name});fill:none}`).join('');
  return `svg{${rules(0)}}@media(prefers-color-scheme:dark){svg{${rules(1)}}}${fills}text{font:11px -apple-system,"Segoe UI",Helvetica,Arial,sans-serif}.title{font-size:15px;font-weight:600}.strong{font-weight:600}.badge{fill:var(--back);font-weight:600}.clear{paint-order:stroke;stroke:var(--back);stroke-width:3px}`;
}

/** What a phase looks like: a colour, and a shape so that colour isn't all that tells phases apart. */
export const marks: Readonly<Record<Phase, { readonly colour: string; readonly shape: string; readonly name: string }>> = {
  Successful: { colour: 'good', shape: 'M-4 0 L-1 3.5 L5 -4', name: 'successful' },
  Failed: { colour: 'bad', shape: 'M-4 -4 L4 4 M4 -4 L-4 4', name: 'failed' },
  Inconclusive: { colour: 'unclear', shape: 'M-5 0 L5 0', name: 'inconclusive' },
  Error: { colour: 'error', shape: 'M0 -5 L5 4 L-5 4 Z', name: 'error' },
  Running: { colour: 'faint', shape: 'M-1 0 L1 0', name: 'running' },
  Pending: { colour: 'faint', shape: 'M-1 0 L1 0', name: 'pending' },
};

/** Colour and word of a verdict. */
export const verdicts: Readonly<Record<Verdict, { readonly colour: string; readonly word: string }>> = {
  promoted: { colour: 'good', word: 'PROMOTED' }, aborted: { colour: 'bad', word: 'ABORTED' }, paused: { colour: 'unclear', word: 'PAUSED' },
  stuck: { colour: 'unclear', word: 'STUCK' }, waiting: { colour: 'new', word: 'WAITING' },
};
