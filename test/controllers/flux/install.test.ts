import { describe, expect, it } from 'vitest';
import { fluxInstall } from '../../../lib/controllers/flux/install/install.ts';
import type { FluxOptions } from '../../../lib/model/flux-options.ts';
import { at } from '../hosted.ts';
import { built, find, hostedWith, namesOf } from './upstream.ts';

const install = (options: FluxOptions = {}) => built(hostedWith(options));
const pod = (options: FluxOptions, name: string): unknown => at(find(install(options), 'Deployment', name), 'spec', 'template', 'spec');
const args = (options: FluxOptions, name: string): unknown => at(pod(options, name), 'containers', 0, 'args');

describe('the install of Flux', () => {
  it('stands on the pinned upstream manifest and nothing else', () => {
    expect(fluxInstall(hostedWith()).upstream).toEqual([{ name: 'flux', version: '2.9.4' }]);
    expect(fluxInstall(hostedWith({ version: '2.10.0' })).upstream).toEqual([{ name: 'flux', version: '2.10.0' }]);
  });

  it('has the controllers that are wanted, and of the others neither accounts nor custom resources', () => {
    expect(namesOf(install(), 'Deployment')).toEqual(['Deployment/helm-controller', 'Deployment/kustomize-controller', 'Deployment/notification-controller', 'Deployment/source-controller']);
    expect(namesOf(install({ imageAutomation: true }), 'Deployment')).toHaveLength(6);
    const small = namesOf(install({ components: { helm: false, notifications: false } }));
    expect(small.filter((name) => /helm|notification|receiver|image|watcher|artifactgen/.test(name))).toEqual([]);
    expect(small).toContain('CustomResourceDefinition/kustomizations.kustomize.toolkit.fluxcd.io');
  });

  it('keeps tenants apart: no reference across namespaces, no remote base, nothing applied without an account of its own', () => {
    expect(args({}, 'kustomize-controller')).toEqual([
      '--events-addr=http://notification-controller', '--enable-leader-election', '--no-cross-namespace-refs=true', '--no-remote-bases=true', '--default-service-account=default',
      '--requeue-dependency=5s', '--feature-gates=CancelHealthCheckOnNewRevision=true,DirectSourceFetch=true',
    ]);
    for (const name of ['helm-controller', 'image-automation-controller', 'image-reflector-controller', 'notification-controller']) expect(args({ imageAutomation: true }, name)).toContain('--no-cross-namespace-refs=true');
    expect(args({}, 'helm-controller')).toContain('--default-service-account=default');
    expect(args({}, 'source-controller')).toEqual(['--events-addr=http://notification-controller', '--enable-leader-election']);
  });

  it('enforces the restricted standard in its namespace, and never removes the namespace or a definition', () => {
    const objects = install();
    const namespace = find(objects, 'Namespace', 'flux-system');
    expect(namespace.metadata?.labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'restricted', 'pod-security.kubernetes.io/enforce-version': 'v1.35' });
    const kept = objects.filter((object) => object.metadata?.annotations?.['kustomize.toolkit.fluxcd.io/prune'] === 'disabled');
    expect(kept).toEqual(objects.filter(({ kind }) => kind === 'CustomResourceDefinition' || kind === 'Namespace'));
  });

  it('puts replicas, resources, work at once and placement where the options say', () => {
    const options: FluxOptions = {
      components: { kustomize: { replicas: 2, concurrent: 20, resources: { cpu: '500m', memory: '2Gi' }, tolerations: [{ key: 'gitops', operator: 'Exists' }] }, source: { priorityClass: 'own', nodeSelector: { disk: 'ssd' } } },
      placement: { nodeSelector: { pool: 'system' }, tolerations: [{ key: 'system', operator: 'Exists' }] },
      images: { pullSecrets: ['registry'] },
    };
    expect(at(find(install(options), 'Deployment', 'kustomize-controller'), 'spec', 'replicas')).toBe(2);
    expect(args(options, 'kustomize-controller')).toContain('--concurrent=20');
    expect(pod(options, 'kustomize-controller')).toMatchObject({
      containers: [{ resources: { requests: { cpu: '500m', memory: '2Gi' }, limits: { memory: '2Gi' } } }], nodeSelector: { pool: 'system' },
      tolerations: [{ key: 'gitops', operator: 'Exists' }, { key: 'system', operator: 'Exists' }], imagePullSecrets: [{ name: 'registry' }],
    });
    expect(at(pod(options, 'kustomize-controller'), 'containers', 0, 'resources', 'limits', 'cpu')).toBeUndefined();
    expect(pod(options, 'source-controller')).toMatchObject({ priorityClassName: 'own', nodeSelector: { disk: 'ssd', pool: 'system' } });
    expect(at(pod(options, 'source-controller'), 'containers', 0, 'resources')).toEqual({ limits: { cpu: '1000m', memory: '1Gi' }, requests: { cpu: '100m', memory: '64Mi' } });
  });

  it('takes every image from a mirror under its own path, with the tag of the manifest', () => {
    const images = install({ images: { mirror: 'registry.acme.example/mirror' }, shards: 2 }).filter(({ kind }) => kind === 'Deployment').map((object) => at(object, 'spec', 'template', 'spec', 'containers', 0, 'image'));
    expect(images).toHaveLength(6);
    for (const image of images) expect(image).toMatch(/^registry\.acme\.example\/mirror\/fluxcd\/[a-z]+-controller:v1\.[0-9.]+$/);
  });

  it('tells nobody of events when the notification controller is removed', () => {
    expect(args({ components: { notifications: false } }, 'kustomize-controller')).toEqual(expect.arrayContaining(['--events-addr=']));
    expect(args({}, 'kustomize-controller')).not.toContain('--events-addr=');
  });

  it('has upstream\'s network policies unless they are switched off', () => {
    expect(namesOf(install(), 'NetworkPolicy')).toHaveLength(3);
    expect(namesOf(install({ networkPolicies: false }), 'NetworkPolicy')).toEqual([]);
  });

  it('reads CodeCommit by the cloud role that the credential names', () => {
    const role = 'arn:aws:iam::1:role/flux';
    const input = hostedWith({}, (drafted) => { drafted.fleet['runtimeRepo'] = { url: 'https://git-codecommit.eu-central-1.amazonaws.com/v1/repos/runtime', credential: { kind: 'codecommit', role } }; });
    expect(find(built(input), 'ServiceAccount', 'source-controller').metadata?.annotations).toEqual({ 'eks.amazonaws.com/role-arn': role });
  });
});

describe('shards of Flux', () => {
  it('are Deployments like upstream\'s that watch one key each, while upstream\'s own leaves those alone', () => {
    const options: FluxOptions = { shards: 2, components: { kustomize: { replicas: 2, resources: { cpu: '1', memory: '2Gi', cpuLimit: '2' } } }, placement: { nodeSelector: { pool: 'system' } } };
    expect(args(options, 'kustomize-controller')).toContain('--watch-label-selector=!sharding.fluxcd.io/key');
    for (const shard of ['shard-1', 'shard-2']) {
      const deployment = find(install(options), 'Deployment', `kustomize-controller-${shard}`);
      expect(args(options, `kustomize-controller-${shard}`)).toEqual(expect.arrayContaining([`--watch-label-selector=sharding.fluxcd.io/key=${shard}`, '--no-remote-bases=true', '--default-service-account=default']));
      expect(deployment).toMatchObject({ spec: { replicas: 2, selector: { matchLabels: { app: `kustomize-controller-${shard}` } }, template: { metadata: { labels: { app: `kustomize-controller-${shard}` } } } } });
      expect(pod(options, `kustomize-controller-${shard}`)).toMatchObject({ serviceAccountName: 'kustomize-controller', nodeSelector: { pool: 'system' }, containers: [{ image: 'ghcr.io/fluxcd/kustomize-controller:v1.9.4', resources: { requests: { cpu: '1', memory: '2Gi' }, limits: { cpu: '2', memory: '2Gi' } } }] });
    }
  });

  it('are none where one controller is enough', () => {
    expect(fluxInstall(hostedWith()).objects).toEqual([]);
  });
});
