import type { ImageVersion } from '../manifests/rendered.ts';
import { compareText } from '../values/errors.ts';
import type { ImageChange, Plan, UnitSummary } from './plan-types.ts';

/** Width of a line of a commit message, in characters. */
const width = 72;
/** How many units the body lists one by one. */
const listed = 100;

/** Options of a commit message. */
export interface MessageOptions {
  /** The commit of the config repo. */
  readonly source: string;
  /** What the publish speaks for, as `scopeText` says it. */
  readonly scope: string;
  /** Whether CI shall skip the commit. @default false */
  readonly skipCi?: boolean;
  /** What a person has to say to it, such as why a freeze was overridden. @default - nothing */
  readonly note?: string;
}

/** A commit message in its parts; `text` is the whole. */
export interface CommitMessage {
  readonly subject: string;
  readonly body: string;
  readonly text: string;
}

/** The message of a publish: which apps go from which version to which, for people; the same as trailers, for machines. */
export function commitMessage(plan: Pick<Plan, 'kind' | 'units'>, options: MessageOptions): CommitMessage {
  const touched = plan.units.filter(({ change }) => change === 'added' || change === 'changed' || change === 'removed');
  const subject = subjectOf(touched);
  const lines = touched.slice(0, listed).flatMap(describeUnit);
  if (touched.length > listed) lines.push(`… and ${touched.length - listed} more`);
  if (touched.length === 0) lines.push(...wrap('Nothing that is deployed changes: this records that the config repo went on, so that a late run of an earlier commit cannot undo it.', ''));
  const note = options.note === undefined ? [] : ['', ...wrap(clean(options.note), '')];
  const body = [...lines, ...note, '', `Rendered from ${options.source}.`, ...(options.skipCi === true ? ['[skip ci]'] : [])].join('\n');
  return { subject, body, text: `${subject}\n\n${body}\n\n${trailers(touched, options).join('\n')}\n` };
}

function subjectOf(touched: readonly UnitSummary[]): string {
  if (touched.length === 0) return 'Record the source commit';
  const environments = distinct(touched, ({ environment }) => environment);
  const clusters = distinct(touched, ({ environment, cluster }) => environment === undefined ? cluster : undefined);
  const places = environments.length > 0 ? environments : clusters;
  const where = places.join(', ') || 'shared';
  const named = touched.filter((unit) => unit.app !== undefined && unit.cluster === undefined);
  const shown = named.length > 0 ? named : touched;
  const parts = [...new Set(shown.map(describeShort))];
  const prefix = where.length <= width / 2 ? where : `${places.length} ${environments.length > 0 ? 'environments' : 'clusters'}`;
  for (let count = parts.length; count > 0; count -= 1) {
    const rest = parts.length - count;
    const subject = `${prefix}: ${parts.slice(0, count).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
    if (subject.length <= width) return subject;
  }
  return cut(`${prefix}: ${parts.length} ${parts.length === 1 ? 'change' : 'changes'}`);
}

function describeShort(unit: UnitSummary): string {
  const name = clean(unit.app !== undefined && unit.cluster === undefined ? unit.app : unit.id);
  if (unit.change === 'removed') return `remove ${name}`;
  const main = unit.images[0];
  const versions = main === undefined ? '' : ` ${versionChange(main, unit.change === 'added')}`;
  return unit.change === 'added' ? `add ${name}${versions}` : `${name}${versions || ' configuration'}`;
}

function describeUnit(unit: UnitSummary): string[] {
  const counts = [
    unit.change,
    ...(unit.written > 0 ? [`${unit.written} ${unit.written === 1 ? 'file' : 'files'} written`] : []),
    ...(unit.deleted > 0 ? [`${unit.deleted} removed`] : []),
    ...(unit.kept > 0 ? [`${unit.kept} kept for rollbacks`] : []),
  ];
  return [...wrap(`${clean(unit.id)}: ${counts.join(', ')}`, '  '), ...unit.images.flatMap((image) => wrap(`${clean(image.name)} ${versionChange(image, unit.change === 'added')}`, '    ').map((line) => `  ${line}`))];
}

/** `1.4.2 -> 1.5.0`, `1.5.0` for one that is new, `1.4.2 -> removed`. Where the tag stays, the digests. */
function versionChange({ from, to }: ImageChange, added: boolean): string {
  const digests = from !== undefined && to !== undefined && from.tag === to.tag;
  if (added || from === undefined) return version(to, false);
  return `${version(from, digests)} -> ${to === undefined ? 'removed' : version(to, digests)}`;
}

function version(image: ImageVersion | undefined, digest: boolean): string {
  const short = image?.digest?.replace(/^sha256:/, '').slice(0, 12);
  return clean((digest ? short ?? image?.tag : image?.tag ?? short) ?? 'unversioned');
}

function trailers(touched: readonly UnitSummary[], { source, scope }: MessageOptions): string[] {
  return [
    `Slipway-Source: ${source}`,
    `Slipway-Scope: ${clean(scope)}`,
    ...distinct(touched, ({ environment }) => environment).map((name) => `Slipway-Environment: ${name}`),
    ...distinct(touched, ({ cluster }) => cluster).map((name) => `Slipway-Cluster: ${name}`),
    ...distinct(touched, ({ app }) => app).map((name) => `Slipway-App: ${name}`),
  ];
}

function distinct(units: readonly UnitSummary[], of: (unit: UnitSummary) => string | undefined): string[] {
  return [...new Set(units.flatMap((unit) => of(unit) ?? []))].map(clean).sort(compareText);
}

/** One line, whatever came: nothing that is rendered can add a trailer of its own. */
function clean(text: string): string {
  return text.replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]+/g, ' ').trim();
}

function cut(text: string): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}

function wrap(text: string, indent: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(lines.length === 0 ? word : indent + word);
  }
  return lines;
}
