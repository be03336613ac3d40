import { createTwoFilesPatch } from 'diff';
import type { ImageVersion } from '../manifests/rendered.ts';
import type { PublishPlan, PublishResult } from '../runtime-repo/options.ts';
import type { ImageChange, UnitSummary } from '../runtime-repo/plan-types.ts';
import { isUpstream } from '../runtime-repo/unit.ts';
import { sha256Hex } from '../values/content-hash.ts';

/** What a publish came to, for a person: what changed where, and what to do next. */
export function describeResult(result: PublishResult): string {
  const lines = [...changedUnits(result.plan.units), ...leftOut(result.plan.units)];
  switch (result.outcome) {
    case 'published':
      return [...lines, `published ${short(result.commit)} to ${result.branch} of ${result.repository}`].join('\n');
    case 'unchanged':
      return [...leftOut(result.plan.units), `nothing changes in ${result.branch} of ${result.repository}${result.commit === undefined ? '' : ` (source ${short(result.source)} recorded as ${short(result.commit)})`}`].join('\n');
    case 'superseded':
      return `superseded: a newer commit than ${short(result.source)} is published in ${result.repository} already`;
    case 'pull-request': {
      const next = result.url === undefined ? `open a pull request from ${result.branch} into ${result.into}` : result.opened ? `pull request: ${result.url}` : `open the pull request: ${result.url}`;
      const problem = result.problem === undefined ? [] : [`${result.problem.where}: ${result.problem.message}`];
      return [...lines, `pushed ${short(result.commit)} to ${result.branch} of ${result.repository}`, ...problem, next].join('\n');
    }
    default:
      return unknownOutcome(result);
  }
}

/** What a publish would change: units, versions, and the difference of every file. */
export function describePlan(plan: PublishPlan): string {
  const place = `${plan.branch} of ${plan.repository}`;
  if (plan.plan.kind === 'superseded') return `superseded: a newer commit than ${short(plan.source)} is published in ${plan.repository} already`;
  if (plan.plan.kind !== 'changes') return [...leftOut(plan.plan.units), `nothing would change in ${place}`].join('\n');
  const files = plan.plan.files;
  const count = (change: string): number => files.filter((file) => file.change === change).length;
  return [
    ...changedUnits(plan.plan.units),
    ...leftOut(plan.plan.units),
    '',
    ...files.map((file) => difference(file.path, plan.texts.get(file.path))),
    `${place}: ${count('added')} files to add, ${count('changed')} to change, ${count('removed')} to remove`,
  ].join('\n');
}

/** A plan as data, for machines. */
export function planData(plan: PublishPlan): object {
  const { repository, branch, source, base } = plan;
  return { repository, branch, source, base: base ?? null, kind: plan.plan.kind, units: plan.plan.units.filter((unit) => isChange(unit) || unit.change === 'left-out'), files: plan.plan.files };
}

function changedUnits(units: readonly UnitSummary[]): string[] {
  return units.filter(isChange).map((unit) => `${signs[unit.change]} ${unit.id}${unit.images.map((image) => `  ${versions(image)}`).join('')}`);
}

/** Units that wait for upstream manifests, and the command after which they don't. */
function leftOut(units: readonly UnitSummary[]): string[] {
  return units.filter((unit) => unit.change === 'left-out').map((unit) => `! ${unit.id}  left out: ${(unit.missing ?? []).join(', ')} ${unit.missing?.length === 1 ? 'is' : 'are'} neither vendored here nor in the runtime repo: slipway vendor (slipway pins update where unpinned)`);
}

function isChange(unit: UnitSummary): unit is UnitSummary & { readonly change: keyof typeof signs } {
  return Object.hasOwn(signs, unit.change);
}

const signs = { added: '+', changed: '~', removed: '-' } as const;

function versions({ name, from, to }: ImageChange): string {
  const both = from !== undefined && to !== undefined && from.tag === to.tag;
  return [name, from === undefined ? undefined : version(from, both), '->', to === undefined ? 'removed' : version(to, both)].filter((part) => part !== undefined && !(part === '->' && from === undefined)).join(' ');
}

function version(image: ImageVersion, digest: boolean): string {
  const pinned = image.digest?.slice('sha256:'.length, 'sha256:'.length + 12);
  return (digest ? pinned ?? image.tag : image.tag ?? pinned) ?? 'unversioned';
}

function difference(path: string, texts: { readonly before: string | undefined; readonly after: string | undefined } | undefined): string {
  // Nobody reads the difference of megabytes that upstream wrote: the lock says which bytes they are.
  if (isUpstream(path) && !path.endsWith('/kustomization.yaml')) return `${path}: ${bytes(texts?.before)} -> ${bytes(texts?.after)}\n`;
  const patch = createTwoFilesPatch(texts?.before === undefined ? '/dev/null' : path, texts?.after === undefined ? '/dev/null' : path, texts?.before ?? '', texts?.after ?? '', undefined, undefined, { context: 2 });
  return patch.split('\n').filter((line) => !line.startsWith('=====')).join('\n');
}

function bytes(text: string | undefined): string {
  return text === undefined ? 'nothing' : `${Buffer.byteLength(text)} bytes (sha256 ${sha256Hex(text).slice(0, 12)})`;
}

function short(commit: string): string {
  return commit.slice(0, 12);
}

function unknownOutcome(result: never): never {
  throw new TypeError(`unknown outcome ${JSON.stringify(result)}`);
}
