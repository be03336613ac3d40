import { describe, expect, it } from 'vitest';
import { argoCdController } from '../../../lib/controllers/argo-cd/controller.ts';
import type { Tracked } from '../../../lib/controllers/tracked.ts';
import type { IgnoredFields } from '../../../lib/manifests/rendered.ts';
import { toYaml } from '../../../lib/manifests/yaml.ts';
import { at, fieldsAt, listAt } from '../../../lib/values/fields.ts';
import { appOf, hostedIn, withExternalApps } from '../../conformance/fixture.ts';
import { argoCdSubject } from '../../conformance/subjects.ts';

const input = hostedIn(argoCdSubject, 'prod-eu', withExternalApps('prod-eu'));

function track(fields: Partial<Tracked> = {}): unknown {
  return argoCdController.track(appOf(input, fields), input)[0];
}

function external(name: string): unknown {
  const tracked = input.tracked.find((each) => each.name === name);
  if (tracked === undefined) throw new Error(`${name} is not tracked`);
  return argoCdController.track(tracked, input)[0];
}

describe('an Application', () => {
  it('of an app with a migration and an autoscaler reads, whole, like this', () => {
    expect(toYaml(track({ pre: 'apps/prod/storefront/pre', autoscaled: [{ group: 'apps', kind: 'Deployment', name: 'storefront-web' }], dependsOn: ['platform'] }))).toBe(`apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: storefront-prod
  namespace: argocd
  labels:
    app.kubernetes.io/managed-by: slipway
    slipway.dev/role: app
    slipway.dev/cluster: prod-eu
    slipway.dev/team: shop
    slipway.dev/environment: prod
    slipway.dev/app: storefront
  annotations:
    argocd.argoproj.io/manifest-generate-paths: "/rendered/apps/prod/storefront/pre;/rendered/apps/prod/storefront"
  finalizers:
  - resources-finalizer.argocd.argoproj.io
spec:
  project: shop
  sources:
  - repoURL: git@github.com:acme/runtime.git
    targetRevision: main
    path: rendered/apps/prod/storefront/pre
  - repoURL: git@github.com:acme/runtime.git
    targetRevision: main
    path: rendered/apps/prod/storefront
  destination:
    server: https://kubernetes.default.svc
    namespace: storefront-prod
  syncPolicy:
    automated:
      prune: true
      selfHeal: true
    retry:
      limit: -1
      refresh: true
      backoff:
        duration: "10s"
        factor: 2
        maxDuration: "3m"
    syncOptions:
    - RespectIgnoreDifferences=true
    - SkipDryRunOnMissingResource=true
  ignoreDifferences:
  - group: apps
    kind: Deployment
    name: storefront-web
    namespace: storefront-prod
    jsonPointers:
    - /spec/replicas
  revisionHistoryLimit: 10
`);
  });

  it('without a migration has one source, and without an autoscaler ignores nothing', () => {
    const application = track();
    expect([at(application, 'spec', 'source', 'path'), at(application, 'spec', 'sources'), at(application, 'spec', 'ignoreDifferences')]).toEqual(['rendered/apps/prod/storefront', undefined, undefined]);
    expect(listAt(application, 'spec', 'syncPolicy', 'syncOptions')).toEqual(['SkipDryRunOnMissingResource=true']);
  });

  it('ignores the fields that its definition names, too', () => {
    const ignoreDifferences = [{ group: 'admissionregistration.k8s.io', kind: 'ValidatingWebhookConfiguration', jsonPointers: ['/webhooks/0/clientConfig/caBundle'] }];
    expect(listAt(track({ ignoreDifferences }), 'spec', 'ignoreDifferences')).toEqual(ignoreDifferences);
  });

  describe('beside a canary', () => {
    const weights: IgnoredFields = { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: 'web', namespace: 'shop', jsonPointers: ['/spec/rules/0/backendRefs/0/weight'], jq: ['.every'], jqWhereChanged: ['.changed'] };
    const autoscaled = [{ group: 'argoproj.io', kind: 'Rollout', name: 'web' }];
    const rules = (fields: Partial<Tracked>) => [listAt(track(fields), 'spec', 'syncPolicy', 'syncOptions'), listAt(track(fields), 'spec', 'ignoreDifferences').map((each) => listAt(each, 'jqPathExpressions'))];

    it('applies an object only when something else in it differs, by paths that find list items by name', () => {
      expect(rules({ ignoreDifferences: [weights] })).toEqual([['ApplyOutOfSyncOnly=true', 'SkipDryRunOnMissingResource=true'], [['.every']]]);
      expect(listAt(track({ ignoreDifferences: [weights] }), 'spec', 'ignoreDifferences')).toEqual([{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: 'web', namespace: 'shop', jqPathExpressions: ['.every'] }]);
    });

    it('and an autoscaler applies live values, of lists only while they differ', () => {
      expect(rules({ ignoreDifferences: [weights], autoscaled })).toEqual([['ApplyOutOfSyncOnly=true', 'RespectIgnoreDifferences=true', 'SkipDryRunOnMissingResource=true'], [[], ['.changed']]]);
    });

    it('and a Deployment that is scaled down does so, too', () => {
      expect(rules({ ignoreDifferences: [weights, { group: 'apps', kind: 'Deployment', jsonPointers: ['/spec/replicas'], liveWins: true }] })[0]).toContain('RespectIgnoreDifferences=true');
    });
  });

  it('of a repository without a path reads its folders from the top', () => {
    const [application] = argoCdController.track(appOf(input), { ...input, runtimeRepo: { ...input.runtimeRepo, path: '' } });
    expect([at(application, 'spec', 'source', 'path'), at(application, 'metadata', 'annotations', 'argocd.argoproj.io/manifest-generate-paths')]).toEqual(['apps/prod/storefront', '/apps/prod/storefront']);
  });

  it.each([['self', true], ['add-on', true], ['platform', false], ['app', false]] as const)('of %s is rendered again when upstream manifests change: %s', (role, watches) => {
    expect(String(at(track({ role }), 'metadata', 'annotations', 'argocd.argoproj.io/manifest-generate-paths')).split(';').some((path) => path.endsWith('/upstream'))).toBe(watches);
  });

  it.each([['self', undefined], ['platform', true], ['add-on', undefined], ['observability', true], ['environment', true], ['member', true], ['app', undefined]] as const)('of %s may lose its last object: %s', (role, allowEmpty) => {
    expect(at(track({ role }), 'spec', 'syncPolicy', 'automated', 'allowEmpty')).toBe(allowEmpty);
  });

  it.each(['self', 'platform', 'add-on', 'observability', 'environment', 'app'] as const)('of %s is in no wave: an install or a platform that isn\'t well would hold up the root, and with it the add-on that it waits for', (role) => {
    expect(at(track({ role }), 'metadata', 'annotations', 'argocd.argoproj.io/sync-wave')).toBeUndefined();
  });

  it.each([['self', true], ['add-on', true], ['observability', true], ['platform', false], ['app', false], ['environment', false]] as const)('of %s is applied by the server where an annotation would be too small (%s)', (role, server) => {
    expect(listAt(track({ role }), 'spec', 'syncPolicy', 'syncOptions').includes('ServerSideApply=true')).toBe(server);
  });

  it('never makes a namespace, and never orders anything after the rest', () => {
    for (const role of ['app', 'external', 'self', 'platform', 'add-on', 'observability', 'environment', 'member'] as const) {
      expect(JSON.stringify(track({ role }))).not.toMatch(/CreateNamespace|PruneLast/);
    }
  });

  it('is tried again without end, at the newest commit, whether it syncs by itself or not', () => {
    for (const sync of ['automated', 'none'] as const) expect(fieldsAt(track({ sync }), 'spec', 'syncPolicy', 'retry')).toMatchObject({ limit: -1, refresh: true });
    expect(at(track({ sync: 'none' }), 'spec', 'syncPolicy', 'automated')).toBeUndefined();
  });

  it('of a chart has its exact version, its values and the app\'s name as release', () => {
    expect(fieldsAt(external('ext-chart'), 'spec', 'source')).toEqual({
      repoURL: 'https://charts.acme.example', chart: 'redis', targetRevision: '20.6.1', helm: { releaseName: 'ext-chart', valuesObject: { replica: { replicaCount: 2 } } },
    });
    expect(fieldsAt(external('ext-oci'), 'spec', 'source')).toEqual({ repoURL: 'ghcr.io/acme/charts', chart: 'podinfo', targetRevision: '6.7.0', helm: { releaseName: 'ext-oci' } });
  });

  it('of an external folder leaves it to Argo CD whether it is a chart, a kustomization or plain YAML', () => {
    expect(fieldsAt(external('ext-folder'), 'spec', 'source')).toEqual({ repoURL: 'https://github.com/acme/grafana.git', targetRevision: 'main', path: 'deploy' });
    expect(at(external('ext-tag'), 'spec', 'source', 'path')).toBe('.');
    expect(at(external('ext-folder'), 'metadata', 'annotations', 'argocd.argoproj.io/manifest-generate-paths')).toBeUndefined();
  });
});

describe('a hub', () => {
  const hub = hostedIn(argoCdSubject, 'prod-eu', (drafted) => { Object.assign(drafted.clusters['prod-onprem'] ?? {}, { managedBy: 'prod-eu', server: 'https://onprem.acme.example:6443' }); });
  const destination = (name: string): unknown => {
    const tracked = hub.tracked.find((each) => each.name === name);
    if (tracked === undefined) throw new Error(`${name} is not tracked`);
    return at(argoCdController.track(tracked, hub)[0], 'spec', 'destination');
  };

  it('names a member by its name alone, and itself by its server alone: a project\'s destinations match by either', () => {
    expect(destination('prod-onprem-platform')).toEqual({ name: 'prod-onprem' });
    expect(destination('platform')).toEqual({ server: 'https://kubernetes.default.svc' });
  });

  it('keeps the tracking objects of its members on itself', () => {
    for (const name of ['prod-onprem', 'prod-onprem-prod', 'prod']) expect(destination(name)).toEqual({ server: 'https://kubernetes.default.svc', namespace: 'argocd' });
  });
});
