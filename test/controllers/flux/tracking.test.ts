import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Hosted } from '../../../lib/controllers/controller.ts';
import { fluxController } from '../../../lib/controllers/flux/controller.ts';
import { partName, preName } from '../../../lib/controllers/flux/names.ts';
import { shardNames, shardOf } from '../../../lib/controllers/flux/shards.ts';
import type { Tracked } from '../../../lib/controllers/tracked.ts';
import type { KubeObject } from '../../../lib/manifests/rendered.ts';
import { labelValueProblem } from '../../../lib/values/names.ts';
import { appOf } from '../../conformance/fixture.ts';
import { at } from '../hosted.ts';
import { find, hostedWith, namesOf } from './upstream.ts';

const host = hostedWith();
const track = (fields: Partial<Tracked> = {}, input: Hosted = host): readonly KubeObject[] => fluxController.track(appOf(input, fields), input);
const own = (fields: Partial<Tracked> = {}, input?: Hosted): KubeObject => find(track(fields, input), 'Kustomization', fields.name ?? 'storefront-prod');
const pre = 'apps/prod/storefront/pre';

describe('an app under Flux', () => {
  it('is applied, pruned and healed in the name of its team, and taken along when it goes', () => {
    expect(own({ dependsOn: ['argo-rollouts', 'platform'] })).toMatchObject({
      metadata: { namespace: 'flux-system', labels: { 'slipway.dev/app': 'storefront', 'slipway.dev/environment': 'prod', 'slipway.dev/role': 'app', 'slipway.dev/team': 'shop' } },
      spec: {
        interval: '10m', retryInterval: '1m', timeout: '5m', path: './rendered/apps/prod/storefront', sourceRef: { kind: 'GitRepository', name: 'flux-system' }, serviceAccountName: 'team-shop',
        prune: true, deletionPolicy: 'Delete', wait: true, dependsOn: [{ name: 'argo-rollouts' }, { name: 'platform' }],
      },
    });
    for (const field of ['suspend', 'targetNamespace', 'decryption', 'healthCheckExprs', 'ignore']) expect(own()['spec']).not.toHaveProperty(field);
  });

  it('waits for its pre folder, which waits for what the app would wait for', () => {
    const objects = track({ pre, dependsOn: ['platform'], autoscaled: [{ group: 'apps', kind: 'Deployment', name: 'web' }] });
    expect(at(find(objects, 'Kustomization', 'storefront-prod'), 'spec', 'dependsOn')).toEqual([{ name: 'platform' }, { name: 'storefront-prod.pre' }]);
    expect(find(objects, 'Kustomization', 'storefront-prod.pre')).toMatchObject({
      metadata: { labels: { 'slipway.dev/role': 'pre', 'slipway.dev/app': 'storefront', 'slipway.dev/environment': 'prod' } },
      spec: { path: './rendered/apps/prod/storefront/pre', wait: true, deletionPolicy: 'Delete', dependsOn: [{ name: 'platform' }], serviceAccountName: 'team-shop' },
    });
    expect(find(objects, 'Kustomization', 'storefront-prod.pre')['spec']).not.toHaveProperty('ignore');
  });

  it('keeps an empty Kustomization in place of a pre folder, which lets go of what was there only after the app has taken it', () => {
    const objects = track({ encrypted: true, dependsOn: ['platform'] });
    expect(namesOf(objects)).toEqual(['Kustomization/storefront-prod', 'Kustomization/storefront-prod.pre']);
    const empty = find(objects, 'Kustomization', 'storefront-prod.pre');
    expect(at(empty, 'spec', 'dependsOn')).toEqual([{ name: 'storefront-prod' }]);
    expect(at(empty, 'spec', 'patches')).toEqual([{ target: { name: '.*' }, patch: '$patch: delete\napiVersion: v1\nkind: Any\nmetadata:\n  name: any\n' }]);
    expect(at(empty, 'spec', 'prune')).toBe(true);
    expect(empty['spec']).not.toHaveProperty('decryption');
    expect(empty.metadata?.labels).not.toHaveProperty('slipway.dev/app');
    expect(at(find(objects, 'Kustomization', 'storefront-prod'), 'spec', 'dependsOn')).toEqual([{ name: 'platform' }]);
  });

  it('leaves alone the replicas of autoscaled workloads and the fields that are named, each in its namespace', () => {
    const fields: Partial<Tracked> = {
      autoscaled: [{ group: 'apps', kind: 'Deployment', name: 'web', namespace: 'other' }, { group: 'argoproj.io', kind: 'Rollout', name: 'api' }],
      ignoreDifferences: [{ group: '', kind: 'Service', jsonPointers: ['/spec/clusterIP', '/spec/ports/0/nodePort'] }],
    };
    expect(at(own(fields), 'spec', 'ignore')).toEqual([
      { paths: ['/spec/replicas'], target: { group: 'apps', kind: 'Deployment', name: 'web', namespace: 'other' } },
      { paths: ['/spec/replicas'], target: { group: 'argoproj.io', kind: 'Rollout', name: 'api' } },
      { paths: ['/spec/clusterIP', '/spec/ports/0/nodePort'], target: { kind: 'Service' } },
    ]);
  });

  it('judges an Argo Rollout by its own generation, and a paused one as healthy', () => {
    const [expression] = at(own({ rollouts: [{ group: 'argoproj.io', kind: 'Rollout', name: 'web' }] }), 'spec', 'healthCheckExprs') as Record<string, string>[];
    expect(expression).toMatchObject({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout' });
    expect(expression?.['inProgress']).toContain('status.observedGeneration != string(metadata.generation)');
    expect(expression?.['current']).toContain("status.phase == 'Paused'");
    expect(expression?.['failed']).toBe("status.phase == 'Degraded'");
  });

  it('decrypts with the Secret that the cluster names', () => {
    expect(at(own({ encrypted: true }), 'spec', 'decryption')).toEqual({ provider: 'sops', secretRef: { name: 'sops-age' } });
    const input = hostedWith({ sops: { secret: 'own-keys' } });
    expect(at(own({ encrypted: true }, input), 'spec', 'decryption', 'secretRef', 'name')).toBe('own-keys');
  });

  it('is suspended, together with its pre folder, when it is not to be synced by itself', () => {
    for (const object of track({ sync: 'none', pre })) expect(at(object, 'spec', 'suspend')).toBe(true);
  });

  it('takes the times that the cluster says', () => {
    const input = hostedWith({ interval: '30m', timeout: '90s' });
    expect(own({}, input)).toMatchObject({ spec: { interval: '30m', timeout: '90s' } });
    expect(at(own({ role: 'add-on' }, input), 'spec', 'timeout')).toBe('180s');
  });
});

describe('what a cluster stands on, under Flux,', () => {
  it.each(['self', 'platform', 'add-on', 'observability', 'environment', 'member'] as const)('is %s, stays when its Kustomization goes, and is applied in Flux\'s own name', (role) => {
    const { team: _, ...tracked } = appOf(host, { role, name: 'it', from: { folder: 'clusters/prod-eu/it' } });
    const [object, another] = fluxController.track(tracked, host);
    expect(another).toBeUndefined();
    expect(object).toMatchObject({ spec: { deletionPolicy: 'Orphan', prune: true, serviceAccountName: 'kustomize-controller' } });
  });

  it('is ready when it is applied where apps wait for it: a webhook without its Secret must not hold up apps', () => {
    const waits = (role: Tracked['role']): unknown => at(own({ role }), 'spec', 'wait');
    expect((['self', 'platform', 'add-on', 'observability', 'environment', 'member', 'app'] as const).filter((role) => waits(role) === false)).toEqual(['platform', 'environment', 'member']);
  });
});

describe('names of Flux\'s objects', () => {
  const name = fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);

  it('fit into a label, belong to no other tracked thing, and differ where the things differ', () => {
    fc.assert(fc.property(name, name, (a, b) => {
      for (const made of [preName(a), partName(a, 2)]) {
        expect(labelValueProblem(made)).toBeUndefined();
        expect(made).toContain('.');
      }
      expect(preName(a) === preName(b)).toBe(a === b);
      expect(partName(a, 1)).toBe(a);
      expect(partName(a, 2)).not.toBe(preName(a));
    }));
  });

  it('put an app and its pre folder into one shard, and move no app but to the shard that is new', () => {
    fc.assert(fc.property(name, fc.integer({ min: 2, max: 20 }), (app, shards) => {
      const before = shardOf(app, shards);
      const after = shardOf(app, shards + 1);
      expect(shardNames(shards)).toContain(before);
      expect([before, shardNames(shards + 1).at(-1)]).toContain(after);
    }));
    const labels = track({ pre }, hostedWith({ shards: 3 })).map((object) => object.metadata?.labels?.['sharding.fluxcd.io/key']);
    expect(new Set(labels)).toEqual(new Set([shardOf('storefront-prod', 3)]));
    expect(track({ role: 'platform' }, hostedWith({ shards: 3 }))[0]?.metadata?.labels).not.toHaveProperty('sharding.fluxcd.io/key');
    expect(shardOf('storefront-prod', 1)).toBeUndefined();
  });
});
