import { FleetMap } from '../../lib/charts/delivery/fleet-map.ts';
import { hostedOn } from '../../lib/charts/delivery/hosted.ts';
import type { Hosted } from '../../lib/controllers/controller.ts';
import type { KubeObject } from '../../lib/manifests/rendered.ts';
import { assembleFleet } from '../../lib/model/assemble.ts';
import { describeProblem } from '../../lib/values/errors.ts';
import { validateUnit } from '../../lib/validate/fleet-validator.ts';
import { draft, sourcesOf, type Draft } from '../model/sources.ts';

/** All that is wrong with the draft fleet after an edit, a line each. */
export function problemsAfter(edit: (draft: Draft) => void): string[] {
  const edited = draft();
  edit(edited);
  return assembleFleet(sourcesOf(edited)).problems.map(describeProblem);
}

/** What a controller of the draft fleet gets after an edit in which nothing may be wrong. */
export function hostedAfter(cluster: string, edit: (draft: Draft) => void): Hosted {
  const edited = draft();
  edit(edited);
  const { fleet, problems } = assembleFleet(sourcesOf(edited));
  if (problems.length > 0) throw new Error(problems.map(describeProblem).join('\n'));
  const found = fleet.clusters.find((each) => each.name === cluster);
  if (found === undefined) throw new Error(`no cluster ${cluster}`);
  return hostedOn(new FleetMap(fleet), found);
}

/** What schemas and rules find wrong with objects; what they refer to may be elsewhere. */
export function faultsOf(objects: readonly KubeObject[]): string[] {
  const files = objects.map((value, index) => ({ path: `all/${String(index).padStart(3, '0')}.yaml`, source: 'test', objects: [{ value, construct: `${value.kind}/${value.metadata?.name ?? ''}` }] }));
  return validateUnit({ id: 'all', cluster: 'any', clusters: ['any'], files, images: [] }, { minors: ['1.32', '1.36'] })
    .filter(({ rule, severity }) => severity === 'error' && !['missing-namespace', 'missing-reference'].includes(rule))
    .map((finding) => `${finding.construct}: ${finding.rule}: ${finding.field ?? ''}: ${finding.message}`);
}

/** A field of any object, by its path. */
export function at(value: unknown, ...path: readonly (number | string)[]): unknown {
  return path.reduce<unknown>((inner, part) => (typeof inner === 'object' && inner !== null ? (inner as Readonly<Record<string | number, unknown>>)[part] : undefined), value);
}
