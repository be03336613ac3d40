import { existsSync, readFileSync } from 'node:fs';
import { loadAll } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { argoCdWorkloads } from '../../../lib/controllers/argo-cd/install/components.ts';
import { usualHostKeys } from '../../../lib/controllers/argo-cd/install/host-keys.ts';
import { usualExclusions, usualIgnoredUpdates } from '../../../lib/controllers/argo-cd/install/usual-filters.ts';
import type { KubeObject } from '../../../lib/manifests/rendered.ts';
import type { ArgoCdOptions } from '../../../lib/model/argo-cd-options.ts';
import { root } from '../../source-files.ts';
import { clusterWith, richest, richestHa, smallest } from './richest.ts';
import { built, dataOf, workloadsOf, type WorkloadView } from './upstream.ts';

const vendored = (name: string): readonly KubeObject[] | undefined => {
  const path = `${root}.slipway/upstream/${name}/install.yaml`;
  return existsSync(path) ? loadAll(readFileSync(path, 'utf8')).filter((object) => object !== null) as KubeObject[] : undefined;
};
const cases: readonly (readonly [string, ArgoCdOptions])[] = [['plain', {}], ['with every option', richest], ['for high availability', { highAvailability: true }], ['for high availability, with every option', richestHa], ['with all parts removed that can be', smallest]];
const part = 'slipway.dev/parameters';

function checksums(objects: readonly KubeObject[]): Record<string, string | undefined> {
  return Object.fromEntries([...workloadsOf(objects)].map(([name, spec]) => [name, spec.template.metadata.annotations?.[part]]));
}

/** Every setting that is rendered and that a process reads at start stands in the checksum of its pods. */
function unnoticed(options: ArgoCdOptions, whole?: readonly KubeObject[]): string[] {
  const { objects } = built(options, whole);
  const rendered = new Set([...Object.keys(dataOf(objects, 'argocd-cm')), ...Object.keys(dataOf(objects, 'argocd-cmd-params-cm'))].filter((key) => key !== 'redis.server'));
  return [...workloadsOf(objects)].flatMap(([name, spec]) => {
    const read = spec.template.spec.containers.flatMap((container) => container.env ?? []).flatMap((variable) => variable.valueFrom?.configMapKeyRef?.key ?? []);
    return read.some((key) => rendered.has(key)) === (spec.template.metadata.annotations?.[part] !== undefined) ? [] : [name];
  });
}

describe('an install of Argo CD', () => {
  it.each(cases)('%s: every patch fits an object, and each object is there once', (_, options) => {
    const { objects, folder } = built(options);
    const names = objects.map((object) => `${object.kind} ${object.metadata?.namespace ?? ''}/${object.metadata?.name ?? ''}`);
    expect(new Set(names).size).toBe(names.length);
    expect(folder.upstream).toEqual([{ name: options.highAvailability === true ? 'argo-cd-ha' : 'argo-cd', version: '3.5.1' }]);
    expect(workloadsOf(objects).size).toBe(argoCdWorkloads(clusterOptions(options)).length);
  });

  it.each(cases)('%s: renders the same twice', (_, options) => {
    expect(JSON.stringify(built(options))).toBe(JSON.stringify(built(options)));
  });

  it.each(cases)('%s: restarts whoever reads a setting at start, and nobody else', (_, options) => {
    expect(unnoticed(options)).toEqual([]);
  });

  it('restarts the repo server alone when only its parallelism changes', () => {
    const [four, eight] = [4, 8].map((parallelism) => checksums(built({ ...richest, repoServer: { ...richest.repoServer, parallelism } }).objects));
    expect(Object.keys(four ?? {}).filter((name) => four?.[name] !== eight?.[name])).toEqual(['argocd-repo-server']);
  });

  it('keeps definitions and its namespace whatever else is removed from Git', () => {
    const { objects } = built({});
    const kept = objects.filter((object) => ['CustomResourceDefinition', 'Namespace'].includes(object.kind));
    expect(kept).toHaveLength(4);
    for (const object of kept) expect(object.metadata?.annotations).toMatchObject({ 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' });
  });

  it('shares the clusters among shards that know how many they are', () => {
    const spec = workloadsOf(built(richest).objects).get('argocd-application-controller');
    expect(spec?.replicas).toBe(3);
    expect(containerOf(spec, 'argocd-application-controller').env).toContainEqual({ name: 'ARGOCD_CONTROLLER_REPLICAS', value: '3' });
    expect(dataOf(built(richest).objects, 'argocd-cmd-params-cm')['controller.sharding.algorithm']).toBe('consistent-hashing');
  });

  it('gives resources to the main container and a place to the pods', () => {
    const spec = workloadsOf(built(richest).objects).get('argocd-repo-server');
    expect(containerOf(spec, 'argocd-repo-server').resources).toEqual({ requests: { cpu: '500m', memory: '1Gi', 'ephemeral-storage': '5Gi' }, limits: { memory: '1Gi', 'ephemeral-storage': '5Gi' } });
    expect(spec?.template.spec.nodeSelector).toEqual({ 'kubernetes.io/os': 'linux', 'acme.example/pool': 'platform' });
    expect(spec?.template.spec.tolerations).toEqual([{ key: 'heavy', operator: 'Exists' }, { key: 'dedicated', operator: 'Equal', value: 'platform', effect: 'NoSchedule' }]);
    expect(spec?.template.spec.priorityClassName).toBe('platform');
    expect(workloadsOf(built(richest).objects).get('argocd-application-controller')?.template.spec.priorityClassName).toBe('platform-critical');
  });

  it('takes every image from the mirror, and those with a name of their own from there', () => {
    for (const options of [richest, richestHa]) {
      const images = [...workloadsOf(built(options).objects).values()].flatMap((spec) => spec.template.spec.containers.map((container) => container.image));
      expect(images.filter((image) => !image.startsWith('registry.acme.example/'))).toEqual([]);
      expect(images).toContain('registry.acme.example/own/dex:v1');
      expect(images).toContain('registry.acme.example/mirror/argoproj/argocd:v1');
    }
  });

  it('has a disruption budget for each part with several pods, and for no other', () => {
    const budgets = (options: ArgoCdOptions): string[] => built(options).objects.filter((object) => object.kind === 'PodDisruptionBudget').map((object) => object.metadata?.name ?? '');
    expect(budgets({})).toEqual([]);
    expect(budgets({ highAvailability: true })).toEqual(['argocd-redis-ha-haproxy', 'argocd-redis-ha-server', 'argocd-repo-server', 'argocd-server']);
    expect(budgets(richest)).toEqual(['argocd-application-controller', 'argocd-applicationset-controller', 'argocd-repo-server', 'argocd-server']);
    expect(budgets({ ...richest, disruptionBudgets: false })).toEqual([]);
  });

  it('removes a part with everything that belongs to it, but no definition', () => {
    const left = built(smallest).objects.filter((object) => /applicationset|dex|notifications/.test(object.metadata?.name ?? ''));
    expect(left.map((object) => object.metadata?.name)).toEqual(['applicationsets.argoproj.io']);
  });

  it('keeps what upstream has in its ConfigMaps', () => {
    expect(dataOf(built({}).objects, 'argocd-cm')).toMatchObject({ 'resource.exclusions': 'upstream' });
    expect(dataOf(built(richestHa).objects, 'argocd-cmd-params-cm')).toMatchObject({ 'redis.server': 'argocd-redis-ha-haproxy:6379' });
    const cm = dataOf(built(richest).objects, 'argocd-cm');
    expect(cm['resource.customizations.ignoreResourceUpdates.all']).toBe('jsonPointers:\n- /status\n- /metadata/generation\n');
    for (const { kinds } of usualExclusions) for (const kind of kinds) expect(cm['resource.exclusions']).toContain(kind);
  });

  const wholes = ['argo-cd-3.5.1', 'argo-cd-ha-3.5.1'].map((name) => [name, vendored(name)] as const);
  it.skipIf(wholes.every(([, whole]) => whole === undefined))('fits the whole manifests too, where they are vendored (skipped: none is)', { timeout: 60_000 }, () => {
    for (const [name, whole] of wholes) {
      for (const [, options] of cases) {
        if (whole === undefined || (options.highAvailability === true) !== name.includes('-ha-')) continue;
        expect(workloadsOf(built(options, whole).objects).size).toBe(argoCdWorkloads(clusterOptions(options)).length);
        expect(unnoticed(options, whole)).toEqual([]);
      }
      if (whole === undefined) continue;
      const keys = dataOf(whole, 'argocd-ssh-known-hosts-cm')['ssh_known_hosts'] ?? '';
      const known = usualHostKeys.flatMap(([hosts, kind, key]) => hosts.split(',').map((host) => `${host} ${kind} ${key}`));
      expect(known.sort()).toEqual(keys.split('\n').filter((line) => line !== '' && !line.startsWith('#')).sort());
      expect(loadAll(dataOf(whole, 'argocd-cm')['resource.exclusions'] ?? '')).toEqual([usualExclusions]);
      const updates = Object.entries(dataOf(whole, 'argocd-cm')).flatMap(([key, text]) => (key.startsWith('resource.customizations.ignoreResourceUpdates.') ? [[key.split('.').slice(3).join('.'), loadAll(text)[0]]] : []));
      expect(Object.fromEntries(updates)).toEqual(usualIgnoredUpdates);
    }
  });
});

function clusterOptions(options: ArgoCdOptions): Parameters<typeof argoCdWorkloads>[0] {
  const { controller } = clusterWith(options);
  if (controller.kind !== 'argo-cd') throw new Error('expected Argo CD');
  return controller;
}

function containerOf(spec: WorkloadView | undefined, name: string): WorkloadView['template']['spec']['containers'][number] {
  const found = spec?.template.spec.containers.find((container) => container.name === name);
  if (found === undefined) throw new Error(`expected a container ${name}`);
  return found;
}

