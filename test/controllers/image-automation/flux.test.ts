import { describe, expect, it } from 'vitest';
import { imageAutomation } from '../../../lib/controllers/flux/image-automation.ts';
import type { KubeObject } from '../../../lib/manifests/rendered.ts';
import { newestTag, newestVersion } from '../../../lib/model/image-automation.ts';
import { held, markersFor, withMarkers } from '../../../lib/model/pin-markers.ts';
import type { Draft } from '../../model/sources.ts';
import { at, faultsOf, hostedAfter } from '../hosted.ts';

const path = 'environments/images/dev/kustomization.yaml';

function objectsOf(automation: object | undefined, edit: (draft: Draft) => void = () => undefined): KubeObject[] {
  return imageAutomation(hostedAfter('dev', (draft) => {
    draft.fleet['configRepo'] = { url: 'git@github.com:acme/config.git', branch: 'trunk', path: 'fleet', credential: { kind: 'deploy-key' } };
    if (automation !== undefined) {
      draft.environments['dev']!['images'] = { automation };
      for (const image of ['flask-api', 'hello-tornado', 'storefront']) draft.pins['dev'] = withMarkers(path, draft.pins['dev']!, image, markersFor('dev', image));
    }
    edit(draft);
  }));
}

const named = (objects: readonly KubeObject[], kind: string, name: string): unknown => at(objects.find((object) => object.kind === kind && object.metadata?.name === name), 'spec');

describe('Flux\'s image automation', () => {
  it('is nothing where no environment asks for it', () => {
    expect(objectsOf(undefined)).toEqual([]);
  });

  it('is a repository and a policy for each image, an automation for each environment, and API servers take them', () => {
    const objects = objectsOf({});
    expect(objects.map((object) => `${object.kind}/${object.metadata?.name ?? ''}`)).toEqual([
      'GitRepository/config-repo',
      'ImageRepository/dev-flask-api', 'ImagePolicy/dev-flask-api', 'ImageRepository/dev-hello-tornado', 'ImagePolicy/dev-hello-tornado', 'ImageRepository/dev-storefront', 'ImagePolicy/dev-storefront',
      'ImageUpdateAutomation/dev',
    ]);
    expect(faultsOf(objects)).toEqual([]);
  });

  it('takes the newest build of main, with its digest, and names the policies that the markers name', () => {
    const objects = objectsOf({});
    expect(named(objects, 'ImagePolicy', 'dev-storefront')).toEqual({
      imageRepositoryRef: { name: 'dev-storefront' },
      digestReflectionPolicy: 'IfNotPresent',
      filterTags: { pattern: '^main-[0-9a-f]{7,40}-(?P<seconds>[0-9]{10})$', extract: '$seconds' },
      policy: { numerical: { order: 'asc' } },
    });
    expect(markersFor('dev', 'storefront').newTag).toBe('flux-system:dev-storefront:tag');
    expect(named(objects, 'ImageRepository', 'dev-storefront')).toEqual({ image: 'ghcr.io/acme/storefront', interval: '5m' });
  });

  it('writes the pins of the environment in the config repo, with the write credential by name', () => {
    const objects = objectsOf({ branch: 'images', skipCi: true, interval: '1m', author: { name: 'bot', email: 'bot@acme.example' } });
    expect(named(objects, 'GitRepository', 'config-repo')).toMatchObject({ url: 'ssh://git@github.com/acme/config.git', ref: { branch: 'trunk' }, secretRef: { name: 'config-repo' } });
    expect(named(objects, 'ImageUpdateAutomation', 'dev')).toMatchObject({
      interval: '1m',
      policySelector: { matchLabels: { 'slipway.dev/environment': 'dev' } },
      git: { checkout: { ref: { branch: 'trunk' } }, commit: { author: { name: 'bot', email: 'bot@acme.example' }, messageTemplate: expect.stringMatching(/^dev: newer images \[skip ci\]\n/) as string }, push: { branch: 'images' } },
      update: { strategy: 'Setters', path: './fleet/environments/images/dev' },
    });
    expect(faultsOf(objects)).toEqual([]);
    expect(at(named(objectsOf({}), 'ImageUpdateAutomation', 'dev'), 'git', 'commit', 'messageTemplate')).not.toContain('skip ci');
    expect(at(named(objectsOf({}), 'ImageUpdateAutomation', 'dev'), 'git', 'push', 'branch')).toBe('trunk');
  });

  it('orders by version, by the alphabet or by number as an image asks, another than its environment too', () => {
    const objects = objectsOf({
      newest: newestVersion('1.x'),
      images: { 'flask-api': newestTag({ pattern: '^[0-9-]+$', order: 'alphabetical', descending: true, samples: { wins: '2026-11-20', loses: ['2026-11-21'] } }) },
    });
    expect(at(named(objects, 'ImagePolicy', 'dev-storefront'), 'policy')).toEqual({ semver: { range: '1.x' } });
    expect(at(named(objects, 'ImagePolicy', 'dev-flask-api'), 'policy')).toEqual({ alphabetical: { order: 'desc' } });
    expect(faultsOf(objects)).toEqual([]);
  });

  it('has no policy for an image that is held or excluded: nothing can write it', () => {
    const names = objectsOf({ images: { 'flask-api': false } }, (draft) => {
      for (const image of ['flask-api', 'storefront']) draft.pins['dev'] = held(path, draft.pins['dev']!, image, '');
    }).filter(({ kind }) => kind === 'ImagePolicy').map(({ metadata }) => metadata?.name);
    expect(names).toEqual(['dev-hello-tornado']);
  });

  it.each<[string, string, object | undefined, object]>([
    ['ghcr.io', 'ghcr.io/acme', undefined, {}],
    ['a private registry', 'registry.gitlab.com/acme', { secret: 'gitlab' }, { secretRef: { name: 'gitlab' } }],
    ['Docker Hub', 'docker.io/acme', { secret: 'docker-hub' }, { secretRef: { name: 'docker-hub' } }],
    ['ECR', '123456789012.dkr.ecr.eu-central-1.amazonaws.com', undefined, { provider: 'aws' }],
    ['ECR by a secret', '123456789012.dkr.ecr.eu-central-1.amazonaws.com', { secret: 'ecr' }, { secretRef: { name: 'ecr' } }],
    ['Azure\'s ACR', 'acme.azurecr.io', undefined, { provider: 'azure' }],
    ['Alibaba\'s ACR', 'acme-registry.eu-central-1.cr.aliyuncs.com/acme', { secret: 'acr' }, { secretRef: { name: 'acr' } }],
    ['Google\'s Artifact Registry', 'europe-docker.pkg.dev/acme/images', undefined, { provider: 'gcp' }],
    ['a mirror of ECR', 'mirror.acme.example/ecr', { provider: 'aws' }, { provider: 'aws' }],
  ])('opens %s', (_, registry, settings, expected) => {
    const objects = objectsOf({ ...(settings !== undefined && { registry: settings }) }, (draft) => { draft.environments['dev']!['registry'] = registry; });
    const { image, interval, ...rest } = named(objects, 'ImageRepository', 'dev-storefront') as { image: string; interval: string };
    expect([image, interval, rest]).toEqual([`${registry}/storefront`, '5m', expected]);
    expect(faultsOf(objects)).toEqual([]);
  });
});
