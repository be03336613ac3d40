import { describe, expect, it } from 'vitest';
import { argoCdController } from '../../../lib/controllers/argo-cd/controller.ts';
import { fluxController } from '../../../lib/controllers/flux/controller.ts';
import type { KubeObject } from '../../../lib/manifests/rendered.ts';
import { argoCd } from '../../../lib/model/argo-cd-options.ts';
import { defineExternalApp, git, helm, type ExternalSourceInput } from '../../../lib/model/external-app.ts';
import type { FluxOptions } from '../../../lib/model/flux-options.ts';
import { faultsOf, hostedAfter, problemsAfter } from '../hosted.ts';
import { find, hostedWith, namesOf } from './upstream.ts';

type Edit = Parameters<typeof hostedAfter>[1];

const withApp = (source: ExternalSourceInput | readonly ExternalSourceInput[], name = 'redis', sync: 'automated' | 'none' = 'automated'): Edit => (drafted) => {
  drafted.apps[name] = { ...defineExternalApp(name, { team: 'data', sync, source, to: { cluster: 'prod-eu', namespace: 'data' } }) };
};

function objectsOf(source: ExternalSourceInput | readonly ExternalSourceInput[], options: FluxOptions = {}, name = 'redis', sync?: 'none'): readonly KubeObject[] {
  const input = hostedWith(options, withApp(source, name, sync));
  const tracked = input.tracked.find((each) => each.name === name);
  if (tracked === undefined) throw new Error(`${name} is not tracked`);
  return fluxController.track(tracked, input);
}

const chart = helm({ repo: 'https://charts.acme.example', chart: 'redis', version: '20.6.1', values: { replicas: 2 } });
const registry = helm({ repo: 'oci://ghcr.io/acme/charts', chart: 'podinfo', version: '6.7.0+build.1' });
const folder = git({ url: 'git@github.com:acme/tools.git', revision: 'main', path: 'deploy' });
const chartInGit = git({ url: 'https://github.com/acme/tools.git', revision: 'v1.4.2', path: 'charts/web', helm: { values: { host: 'x' } } });

describe('an external app under Flux', () => {
  it('of a folder in Git lands in its namespace, in the name of its team', () => {
    const objects = objectsOf(folder);
    expect(find(objects, 'GitRepository', 'redis')).toMatchObject({ spec: { url: 'ssh://git@github.com/acme/tools.git', ref: { branch: 'main' }, interval: '1m' } });
    expect(find(objects, 'Kustomization', 'redis')).toMatchObject({ spec: { path: './deploy', sourceRef: { name: 'redis' }, targetNamespace: 'data', serviceAccountName: 'team-data', deletionPolicy: 'Delete', prune: true } });
  });

  it('of a chart is a release of exactly that version, tried again without end, healed, with its values', () => {
    const objects = objectsOf(chart);
    expect(find(objects, 'HelmRepository', 'redis')).toMatchObject({ spec: { url: 'https://charts.acme.example' } });
    expect(find(objects, 'HelmRelease', 'redis')).toMatchObject({
      spec: {
        chart: { spec: { chart: 'redis', version: '20.6.1', sourceRef: { kind: 'HelmRepository', name: 'redis' } } }, releaseName: 'redis', targetNamespace: 'data', storageNamespace: 'data',
        serviceAccountName: 'team-data', driftDetection: { mode: 'enabled' }, values: { replicas: 2 },
        install: { crds: 'CreateReplace', strategy: { name: 'RetryOnFailure' } }, upgrade: { crds: 'CreateReplace', strategy: { name: 'RetryOnFailure' } },
      },
    });
  });

  it('of a chart in a registry is read by its tag, in which Helm writes "_" for "+"', () => {
    const objects = objectsOf(registry);
    expect(find(objects, 'OCIRepository', 'redis')).toMatchObject({ spec: { url: 'oci://ghcr.io/acme/charts/podinfo', ref: { tag: '6.7.0_build.1' } } });
    expect(find(objects, 'HelmRelease', 'redis')).toMatchObject({ spec: { chartRef: { kind: 'OCIRepository', name: 'redis' } } });
    expect(find(objects, 'HelmRelease', 'redis')['spec']).not.toHaveProperty('values');
  });

  it('of a chart in Git follows the commit, whatever the chart calls its version', () => {
    const objects = objectsOf(chartInGit);
    expect(find(objects, 'GitRepository', 'redis')).toMatchObject({ spec: { ref: { tag: 'v1.4.2' }, interval: '10m' } });
    expect(find(objects, 'HelmRelease', 'redis')).toMatchObject({ spec: { chart: { spec: { chart: './charts/web', reconcileStrategy: 'Revision', sourceRef: { kind: 'GitRepository', name: 'redis' } } }, values: { host: 'x' } } });
  });

  it('of several sources has objects for each, and all are accepted by the schemas', () => {
    const objects = objectsOf([folder, chart, registry, chartInGit]);
    expect(namesOf(objects)).toEqual([
      'GitRepository/redis', 'GitRepository/redis.4', 'HelmRelease/redis.2', 'HelmRelease/redis.3', 'HelmRelease/redis.4', 'HelmRepository/redis.2', 'Kustomization/redis', 'OCIRepository/redis.3',
    ]);
    expect(faultsOf(objects)).toEqual([]);
  });

  it.each([['main', { branch: 'main' }], ['v1.4.2', { tag: 'v1.4.2' }], ['1.4.2-rc.1', { tag: '1.4.2-rc.1' }], ['refs/tags/stable', { name: 'refs/tags/stable' }], ['a'.repeat(40), { commit: 'a'.repeat(40) }], ['v1', { branch: 'v1' }]])('takes revision %s as %o', (revision, ref) => {
    expect(find(objectsOf(git({ url: 'https://github.com/acme/tools.git', revision })), 'GitRepository', 'redis')).toMatchObject({ spec: { ref } });
  });

  it('is suspended when it is not to be synced by itself', () => {
    for (const object of objectsOf([folder, chart], {}, 'redis', 'none').filter(({ kind }) => ['HelmRelease', 'Kustomization'].includes(kind))) expect(object).toMatchObject({ spec: { suspend: true } });
  });

  it('leaves the sources of Flux itself alone, whatever its name', () => {
    const objects = objectsOf(folder, {}, 'flux-system');
    expect(find(objects, 'Kustomization', 'flux-system')).toMatchObject({ spec: { sourceRef: { name: 'flux-system.source' } } });
    expect(namesOf(objects, 'GitRepository')).toEqual(['GitRepository/flux-system.source']);
  });

  it('has a release name that Helm takes', () => {
    const name = 'a'.repeat(60);
    const release = find(objectsOf(chart, {}, name), 'HelmRelease', name)['spec'] as { readonly releaseName: string };
    expect(release.releaseName).toMatch(/^a{42}-[0-9a-f]{10}$/);
  });

  it('of a chart needs the helm controller', () => {
    expect(() => objectsOf(chart, { components: { helm: false } })).toThrow('expected Flux\'s helm controller for the chart of redis, got components.helm: false');
    expect(() => objectsOf(folder, { components: { helm: false } })).not.toThrow();
  });
});

describe('a chart in a Git folder', () => {
  it('gets the same values under Argo CD', () => {
    const input = hostedAfter('prod-eu', (drafted) => {
      Object.assign(drafted.clusters['prod-eu'] ?? {}, { controller: argoCd() });
      delete drafted.environments['prod']?.['runtimeRepo'];
      withApp(chartInGit)(drafted);
    });
    const tracked = input.tracked.find((each) => each.name === 'redis');
    expect(tracked === undefined ? [] : argoCdController.track(tracked, input)).toMatchObject([{ spec: { source: { path: 'charts/web', helm: { releaseName: 'redis', valuesObject: { host: 'x' } } } } }]);
  });

  it('takes values and nothing else', () => {
    expect(problemsAfter((drafted) => {
      delete drafted.environments['prod']?.['runtimeRepo'];
      withApp({ ...chartInGit, helm: { vals: {} } } as never)(drafted);
    })).toEqual([expect.stringContaining('source.helm.vals: unknown field.')]);
  });
});
