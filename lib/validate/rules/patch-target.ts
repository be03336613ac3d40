import { parse } from 'yaml';
import type { KeptObject } from '../kept-object.ts';
import type { FleetRule } from '../rule.ts';
import { dig, list, text } from '../schemas/plain.ts';
import { splitImage } from '../scope/images.ts';
import type { StandingUnit, TreeIndex } from '../tree/tree-index.ts';
import { patchesOf, targets } from '../tree/upstream-objects.ts';

/** What is changed of an upstream manifest is there: a new version may have renamed it. */
export const patchTarget: FleetRule = {
  id: 'patch-target',
  scope: 'fleet',
  severity: 'error',
  title: 'Every patch and image of a folder that stands on upstream manifests finds what it changes there',
  fix: 'look at what this version of the manifest holds, or go back to the version before',
  check(index, report) {
    const done = new Set<string>();
    for (const unit of index.trees.standing) {
      const key = JSON.stringify([unit.needs, unit.kustomization]);
      // What isn't vendored here can't be looked at; units that stand alike are told once.
      if (done.has(key) || unit.needs.length === 0 || !unit.needs.every((need) => index.trees.upstream.has(need))) continue;
      done.add(key);
      for (const { field, message } of missesOf(unit, index.trees)) report(asObject(unit), { field, message });
    }
  },
};

function* missesOf(unit: StandingUnit, trees: TreeIndex): Generator<{ readonly field: string; readonly message: string }, void, void> {
  const objects = [...unit.own, ...unit.needs.flatMap((need) => trees.upstream.get(need)?.objects ?? [])];
  const from = unit.needs.join(', ');
  for (const [at, { target, text: patch }] of patchesOf(unit.kustomization).entries()) {
    const named = target === undefined ? nameOf(parse(patch)) : target;
    const name = text(named, 'name');
    if (name === undefined || objects.some((object) => targets(named, object))) continue;
    yield { field: `patches[${at}]`, message: `expected a ${text(named, 'kind') ?? 'object'} ${name} in ${from}, got none` };
  }
  const images = new Set(objects.flatMap((object) => Object.values('containers' in object ? object.containers ?? {} : {})).map((image) => splitImage(image).name));
  for (const [at, image] of list(unit.kustomization, 'images').entries()) {
    const name = text(image, 'name') ?? '';
    if (!images.has(name) && unit.own.length === 0) yield { field: `images[${at}].name`, message: `no container of ${from} runs the image ${name}; it has ${[...images].sort().join(', ') || 'none'}` };
  }
}

/** What a patch without a target is for: the object that it names itself. */
function nameOf(patch: unknown): Readonly<Record<string, unknown>> {
  const apiVersion = text(patch, 'apiVersion') ?? '';
  const slash = apiVersion.indexOf('/');
  const namespace = text(dig(patch, 'metadata'), 'namespace');
  return {
    ...(slash > 0 && { group: apiVersion.slice(0, slash) }), version: apiVersion.slice(slash + 1), kind: text(patch, 'kind'),
    name: escaped(text(dig(patch, 'metadata'), 'name')), ...(namespace !== undefined && { namespace }),
  };
}

function escaped(name: string | undefined): string | undefined {
  return name?.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function asObject(unit: StandingUnit): KeptObject {
  return {
    landed: { clusterScoped: true, file: unit.file, kind: 'kustomize.config.k8s.io/Kustomization', name: unit.unit, namespace: '' },
    apiVersion: 'kustomize.config.k8s.io/v1beta1', ownNamespace: undefined, construct: unit.unit, unit: unit.unit, clusters: unit.clusters,
  };
}
