import { didYouMean } from '../../values/suggest.ts';
import type { ObjectRule } from '../rule.ts';
import { dig, list, text } from '../schemas/plain.ts';
import { workloadKinds } from '../scope/workload.ts';

/** What a container mounts is a volume of its pod. */
export const volumeMissing: ObjectRule = {
  id: 'volume-missing',
  scope: 'object',
  severity: 'error',
  kinds: workloadKinds,
  title: 'Every mounted volume exists in the pod',
  fix: 'add the volume to the pod, or mount one that is there',
  check(object, report) {
    const { workload } = object;
    if (workload === undefined) return;
    const claims = object.kind === 'apps/StatefulSet' ? list(dig(object.value, 'spec'), 'volumeClaimTemplates').map((claim) => text(dig(claim, 'metadata'), 'name')) : [];
    const volumes = new Set([...list(workload.spec, 'volumes').map((volume) => text(volume, 'name')), ...claims].filter((name) => name !== undefined));
    for (const [index, volume] of list(workload.spec, 'volumes').entries()) {
      const paths = new Set<string>();
      for (const [at, source] of list(dig(volume, 'projected'), 'sources').entries()) {
        for (const path of projectedPaths(source)) {
          if (paths.has(path)) report(object, { field: `${workload.specField}.volumes[${index}].projected.sources[${at}]`, message: `expected each path of the volume once, got ${JSON.stringify(path)} again`, fix: 'give the item another path' });
          paths.add(path);
        }
      }
    }
    for (const container of workload.containers) {
      for (const kind of ['volumeMounts', 'volumeDevices'] as const) {
        for (const [index, mount] of list(container.value, kind).entries()) {
          const name = text(mount, 'name');
          if (name === undefined || volumes.has(name)) continue;
          report(object, { field: `${container.field}.${kind}[${index}].name`, message: `the pod has no volume ${JSON.stringify(name)}.${didYouMean(name, volumes)}` });
        }
      }
    }
  },
};

/** The paths that one source of a projected volume names. */
function projectedPaths(source: unknown): string[] {
  const items = ['configMap', 'downwardAPI', 'secret'].flatMap((kind) => list(dig(source, kind), 'items')).map((item) => text(item, 'path'));
  return [...items, text(dig(source, 'serviceAccountToken'), 'path')].filter((path) => path !== undefined);
}
