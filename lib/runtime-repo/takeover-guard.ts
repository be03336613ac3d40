import { compareText, type Problem } from '../values/errors.ts';
import { textAt } from '../values/fields.ts';
import { isAllowed } from './guarded.ts';
import type { Ledger } from './ledger.ts';
import { objectsIn } from './objects-in.ts';
import { variantOf, type PublishUnit } from './unit.ts';
import { imageChanges } from './unit-summary.ts';
import { isWorkloadFile, workloadName, workloadsIn, type Workload } from './workloads.ts';

/** A unit whose workloads come or go: its files before and after a publish, by path. */
export interface TakeoverSubject {
  readonly id: string;
  /** @default - it belongs to no app */
  readonly app?: string | undefined;
  /** Names of the images whose version the publish changes. */
  readonly images: readonly string[];
  /** Every file that is published; the text at least of workloads. */
  readonly before: ReadonlyMap<string, string>;
  /** Every file that would be; the text at least of workloads and Services. */
  readonly after: ReadonlyMap<string, string>;
}

/** What a subject is made from. */
export interface TakeoverInput {
  readonly id: string;
  readonly unit: PublishUnit;
  readonly before: Ledger;
  readonly after: Ledger;
  /** Published texts of workloads, by path. */
  readonly workloads: ReadonlyMap<string, string>;
}

/** The subject of a unit's change; none where its workloads are the same files as before. */
export function takeoverSubject({ id, unit, before, after, workloads }: TakeoverInput): TakeoverSubject[] {
  const paths = { before: Object.keys(before.files), after: Object.keys(after.files) };
  if (!changesWorkloads(paths.before, paths.after)) return [];
  const rendered = new Map(unit.files.map(({ path, text }) => [path, text]));
  return [{
    id, app: unit.app, images: imageChanges(before.images, after.images).map(({ name }) => name),
    before: new Map(paths.before.map((path) => [path, workloads.get(path) ?? ''])),
    after: new Map(paths.after.map((path) => [path, rendered.get(path) ?? workloads.get(path) ?? ''])),
  }];
}

/**
 * Refuses to take away a workload in the change in which one of another kind takes its place: a controller deletes the pods of the first
 * while those of the second are still starting. Both have to be published first; what is published says whether they were.
 */
export function takeoverProblems(subjects: readonly TakeoverSubject[], allowed: readonly string[] = []): Problem[] {
  return subjects.flatMap((subject) => {
    const problems = new Map<string, Problem>();
    for (const variant of variantsOf(subject)) {
      for (const problem of folderProblems(subject, variant, allowed)) problems.set(`${problem.where}\n${problem.message}`, problem);
    }
    return [...problems.values()];
  });
}

/** Whether a unit's workloads come or go, so that their published texts have to be read. */
export function changesWorkloads(before: readonly string[], after: readonly string[]): boolean {
  const files = (paths: readonly string[]): string => paths.filter(isWorkloadFile).sort(compareText).join('\n');
  return files(before) !== files(after);
}

/** The folders of a unit from which a cluster may have read, or will: its shared one, and those of single clusters. */
function variantsOf({ id, before, after }: TakeoverSubject): string[] {
  return [...new Set(['', ...[...before.keys(), ...after.keys()].flatMap((path) => variantOf(id, path) ?? [])])].sort(compareText);
}

/** The texts that a cluster reads: those of its own folder, or of the shared one where it has none. */
function readBy({ id }: TakeoverSubject, texts: ReadonlyMap<string, string>, variant: string): string[] {
  const of = (wanted: string): string[] => [...texts].filter(([path]) => variantOf(id, path) === wanted).map(([, text]) => text);
  const own = of(variant);
  return own.length > 0 ? own : of('');
}

function folderProblems(subject: TakeoverSubject, variant: string, allowed: readonly string[]): Problem[] {
  const before = readBy(subject, subject.before, variant).flatMap(workloadsIn);
  const texts = readBy(subject, subject.after, variant);
  const after = texts.flatMap(workloadsIn);
  const services = new Set(texts.filter((text) => /\bkind["']?\s*:\s*["']?Service\b/.test(text)).flatMap(objectsIn).flatMap((object) => (object['kind'] === 'Service' ? textAt(object, 'metadata', 'name') ?? [] : [])));
  const starts = startProblems(subject, before, after);
  return [...starts, ...before.filter((gone) => !gone.empty && !after.some((other) => isSame(gone, other))).flatMap((gone) => {
    const heirs = after.filter((other) => takesPlace(other, gone));
    const reasons = heirs.map((heir) => whyNotYet(heir, gone, before, services));
    const [heir] = heirs;
    const [reason] = reasons;
    if (heir === undefined || reason === undefined || reasons.includes(undefined) || isAllowed(workloadName(gone), allowed)) return [];
    return [problem(subject, gone, heir, reason)];
  })];
}

/**
 * Refuses to start a Rollout from a Deployment whose pods change in the same publish: the Rollouts controller may look at the former
 * template first, take that for the running version, and lead the Service to the few pods it has when it turns to the other.
 */
function startProblems({ id, images }: TakeoverSubject, before: readonly Workload[], after: readonly Workload[]): Problem[] {
  return after.flatMap((rollout) => {
    const { refersTo } = rollout;
    const source = ({ kind, namespace, name }: Workload): boolean => kind === refersTo?.kind && name === refersTo.name && namespace === rollout.namespace;
    const [old, next] = [before.find(source), after.find(source)];
    if (old === undefined || next === undefined || old.empty || before.some((other) => isSame(other, rollout) && other.refersTo !== undefined)) return [];
    const changed = next.images.filter((image) => images.includes(image));
    if (old.template === next.template && changed.length === 0) return [];
    return [{
      where: id,
      message: `would start ${workloadName(rollout)} from the pods of ${workloadName(old)} while ${changed.length > 0 ? `the version of ${changed.join(' and ')} changes` : 'their template changes'}: Argo Rollouts may begin with the former ones, and lead the Service to too few of them`,
      fix: `publish the change of the pods first, without fromDeployment(), and fromDeployment() alone when ${workloadName(next)} has all its pods; docs/rollout-migration.md says every step.`,
    }];
  });
}

function isSame(a: Workload, b: Workload): boolean {
  return a.kind === b.kind && a.namespace === b.namespace && a.name === b.name;
}

/** Whether a workload's pods are meant to stand in for those of another: by its name, or because the same labels find them. */
function takesPlace(heir: Workload, gone: Workload): boolean {
  return heir.kind !== gone.kind && heir.namespace === gone.namespace && (heir.name === gone.name || (heir.selector !== undefined && heir.selector === gone.selector));
}

/** Why an heir doesn't serve yet, as far as what is published tells; undefined where it does. */
function whyNotYet(heir: Workload, gone: Workload, before: readonly Workload[], services: ReadonlySet<string>): string | undefined {
  const published = before.find((other) => isSame(other, heir));
  if (published === undefined || published.empty) return `so that nothing serves it until the pods of the ${heir.kind} are ready`;
  if (gone.refersTo?.scalesDown === true && gone.refersTo.kind === heir.kind && gone.refersTo.name === heir.name) return `but the ${gone.kind} as published takes the pods of the ${heir.kind} away (workloadRef.scaleDown), so that it has none`;
  const steered = gone.steers.filter((service) => services.has(service));
  if (steered.length > 0) return `but the ${gone.kind} as published lets ${steered.join(' and ')} lead to its own pods alone, so that nothing serves it until the ${gone.kind} is gone altogether`;
  if (heir.refersTo !== undefined && heir.refersTo.kind === gone.kind && heir.refersTo.name === gone.name) return `but the ${heir.kind} would still take its pods from it (workloadRef)`;
  return undefined;
}

function problem({ id, app }: TakeoverSubject, gone: Workload, heir: Workload, reason: string): Problem {
  return {
    where: id,
    message: `would delete ${workloadName(gone)}, whose place ${workloadName(heir)} takes, ${reason}`,
    fix: `${wayOf(gone, heir, app)} If an outage is meant: --allow-removal ${workloadName(gone)}`,
  };
}

/** What to publish first. */
function wayOf(gone: Workload, heir: Workload, app: string | undefined): string {
  const status = app === undefined ? '' : ` (slipway status ${app} exits 0)`;
  if (gone.kind === 'Deployment' && heir.kind === 'Rollout') return `publish both first (rollout: fromDeployment(canary({ … }))), wait until the Rollout is Healthy${status}, then the Rollout alone; docs/rollout-migration.md says every step.`;
  if (gone.kind === 'Rollout' && heir.kind === 'Deployment') return `publish both first (rollout: toDeployment(canary({ … }))), wait until all pods of the Deployment are ready${status}, then the Deployment alone; docs/rollout-migration.md says every step.`;
  return `let the new one run beside it first, under a name and a selector of its own (another construct), wait until it is ready${status}, lead the traffic there, and take the old one away then.`;
}
