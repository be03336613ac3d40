import { compareText, type Problem } from '../../values/errors.ts';
import type { Fleet, FleetSources, Sourced } from '../fleet.ts';
import { nameOf, type Outline } from '../outline.ts';
import { describeValue, parseWith } from '../schema.ts';
import { betweenProblems, type LocatedDelivery } from './between.ts';
import { deliverySchema, type Delivery, type DeliveryInput } from './delivery.ts';
import { resolveDelivery } from './resolve.ts';

/** The deliveries of a fleet, or everything that is wrong with them. */
export interface AssembledDeliveries {
  /** Sorted by name. */
  readonly deliveries: readonly Delivery[];
  /** The file of each, by `delivery/<name>`. */
  readonly files: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

/** Checks what the fleet says of deliveries against its apps, environments, pins and clusters. */
export function assembleDeliveries(sources: FleetSources, fleet: Pick<Fleet, 'apps' | 'environments' | 'pins'>, outline: Outline): AssembledDeliveries {
  const problems: Problem[] = [];
  const listed = listedDeliveries(sources, problems);
  const located = withInline(sources.deliveries ?? [], listed, sources.fleet.file);
  for (const { file, value } of located) {
    if (!listed.includes(value)) problems.push({ where: file, message: `delivery ${describeValue(nameOf(value))} is not in the list of ${sources.fleet.file}`, fix: 'add it: defineFleet({ delivery: […] }), or remove the file' });
  }
  const files = claimNames(located, outline, problems);
  const appNames = outline.apps.map(({ name }) => name);
  const resolved = located.flatMap(({ file, value }): LocatedDelivery[] => {
    const parsed = parseWith(deliverySchema, value, file);
    problems.push(...parsed.problems);
    if (parsed.value === undefined) return [];
    const { delivery, problems: own } = resolveDelivery(parsed.value, { file, fleet, appNames });
    problems.push(...own);
    return [{ file, delivery }];
  });
  problems.push(...betweenProblems(resolved));
  return { deliveries: resolved.map(({ delivery }) => delivery).sort((a, b) => compareText(a.name, b.name)), files, problems };
}

function listedDeliveries(sources: FleetSources, problems: Problem[]): readonly DeliveryInput[] {
  const listed: unknown = sources.fleet.value?.delivery;
  if (listed === undefined) return [];
  if (Array.isArray(listed)) return listed as DeliveryInput[];
  problems.push({ where: `${sources.fleet.file}: delivery`, message: `expected a list of deliveries, got ${describeValue(listed)}`, fix: 'write delivery: [imagesEu]' });
  return [];
}

function withInline(sources: readonly Sourced<DeliveryInput>[], listed: readonly DeliveryInput[], file: string): Sourced<DeliveryInput>[] {
  const known = new Set<unknown>(sources.map(({ value }) => value));
  return [...sources, ...[...new Set(listed)].filter((value) => !known.has(value)).map((value) => ({ file, value }))];
}

/** The file of each name. A stack is looked up by its name among clusters and deliveries, so that no two of them share one. */
function claimNames(located: readonly Sourced<DeliveryInput>[], outline: Outline, problems: Problem[]): Map<string, string> {
  const files = new Map<string, string>();
  for (const { file, value } of located) {
    const name = nameOf(value);
    if (name === undefined) continue;
    const owner = files.get(`delivery/${name}`) ?? outline.clusters.find((cluster) => cluster.name === name)?.file;
    if (owner === undefined) files.set(`delivery/${name}`, file);
    else problems.push({ where: `${file}: name`, message: `${files.has(`delivery/${name}`) ? 'delivery' : 'cluster'} ${JSON.stringify(name)} is defined by ${owner} already; a stack is named like one of them`, fix: 'give one of them another name' });
  }
  return files;
}
