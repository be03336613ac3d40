import { describe, expect, it } from 'vitest';
import { imageUpdaterInstall, imageUpdaters } from '../../../lib/controllers/argo-cd/image-updater.ts';
import { newestVersion } from '../../../lib/model/image-automation.ts';
import { held } from '../../../lib/model/pin-markers.ts';
import type { Draft } from '../../model/sources.ts';
import type { Hosted } from '../../../lib/controllers/controller.ts';
import { at, faultsOf, hostedAfter } from '../hosted.ts';

function hosted(automation: object | undefined, edit: (draft: Draft) => void = () => undefined): Hosted {
  return hostedAfter('staging', (draft) => {
    draft.fleet['configRepo'] = { url: 'https://github.com/acme/config.git', path: 'fleet', credential: { kind: 'secret', name: 'config-writer' } };
    draft.clusters['staging']!['controller'] = { kind: 'argo-cd', imageAutomation: true };
    draft.environments['staging']!['images'] = { digests: 'optional', ...(automation !== undefined && { automation }) };
    edit(draft);
  });
}

describe('Argo CD Image Updater', () => {
  it('is neither installed nor told anything where no environment asks for automation', () => {
    expect(imageUpdaterInstall(hosted(undefined))).toEqual({ upstream: [], patches: [] });
    expect(imageUpdaters(hosted(undefined))).toEqual([]);
  });

  it('stands on its locked upstream manifest, and commits as the environment says', () => {
    const { upstream, patches } = imageUpdaterInstall(hosted({ skipCi: true, interval: '1m' }));
    expect(upstream).toEqual([{ name: 'argocd-image-updater', version: '1.3.0' }]);
    expect(patches.map(({ patch }) => at(patch, 'data'))).toEqual([{
      'git.commit-message-template': expect.stringContaining('[skip ci]') as string, 'git.email': 'image-automation@slipway.invalid', 'git.user': 'image automation', interval: '1m',
    }]);
  });

  it('writes the same file as everybody: the environment\'s pins in the config repo, by an object that API servers take', () => {
    const objects = imageUpdaters(hosted({}));
    expect(objects.map((object) => at(object, 'spec', 'writeBackConfig'))).toEqual([{
      method: 'git:secret:config-writer',
      gitConfig: { repository: 'https://github.com/acme/config.git', branch: 'main', writeBackTarget: 'kustomization:/fleet/environments/images/staging' },
    }]);
    expect(faultsOf(objects)).toEqual([]);
  });

  it('pushes another branch when told so', () => {
    expect(at(imageUpdaters(hosted({ branch: 'images' }))[0], 'spec', 'writeBackConfig', 'gitConfig', 'branch')).toBe('main:images');
  });

  it('asks for each image at the Application that runs it, and writes it under its name in the pins', () => {
    const [first] = at(imageUpdaters(hosted({ registry: { secret: 'ghcr' } }))[0], 'spec', 'applicationRefs') as unknown[];
    expect(first).toEqual({
      namePattern: '*flask-api-staging',
      labelSelectors: { matchLabels: { 'slipway.dev/app': 'flask-api', 'slipway.dev/cluster': 'staging', 'slipway.dev/environment': 'staging' } },
      images: [{
        alias: 'flask-api',
        imageName: 'ghcr.io/acme/flask-api',
        commonUpdateSettings: { updateStrategy: 'newest-build', allowTags: 'regexp:^main-[0-9a-f]{7,40}-(?P<seconds>[0-9]{10})$', pullSecret: 'pullsecret:argocd/ghcr' },
        manifestTargets: { kustomize: { name: 'flask-api' } },
      }],
    });
  });

  it('follows a range of versions', () => {
    const images = at(imageUpdaters(hosted({ newest: newestVersion('~1.2') }))[0], 'spec', 'applicationRefs', 0, 'images', 0);
    expect(images).toMatchObject({ imageName: 'ghcr.io/acme/flask-api:~1.2', commonUpdateSettings: { updateStrategy: 'semver' } });
  });

  it('isn\'t told of an image that is held', () => {
    const path = 'environments/images/staging/kustomization.yaml';
    const objects = imageUpdaters(hosted({}, (draft) => { draft.pins['staging'] = held(path, draft.pins['staging']!, 'storefront', 'bad'); }));
    expect((at(objects[0], 'spec', 'applicationRefs') as { namePattern: string }[]).map(({ namePattern }) => namePattern)).toEqual(['*flask-api-staging', '*hello-tornado-staging']);
  });

  it('lists an image that two apps run once: the pin is one', () => {
    const objects = imageUpdaters(hosted({}, (draft) => { draft.apps['storefront']!['images'] = { main: 'flask-api' }; }));
    const images = (at(objects[0], 'spec', 'applicationRefs') as { images: { alias: string }[] }[]).flatMap(({ images: its }) => its.map(({ alias }) => alias));
    expect(images).toEqual(['flask-api', 'hello-tornado']);
  });
});
