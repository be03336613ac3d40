import { describe, expect, it } from 'vitest';
import { imageUpdaters } from '../../lib/controllers/argo-cd/image-updater.ts';
import { secretsNamedBy } from '../../lib/synth/secret-references.ts';
import { hostedAfter } from '../controllers/hosted.ts';

describe('the Secrets that a rebuild has to have', () => {
  it('are found where Argo CD Image Updater names them in text', () => {
    const [object] = imageUpdaters(hostedAfter('staging', (draft) => {
      draft.fleet['configRepo'] = { url: 'https://github.com/acme/config.git', credential: { kind: 'secret', name: 'config-writer' } };
      draft.clusters['staging']!['controller'] = { kind: 'argo-cd', imageAutomation: true };
      draft.environments['staging']!['images'] = { digests: 'optional', automation: { registry: { secret: 'ghcr' } } };
    }));
    const found = object === undefined ? [] : secretsNamedBy(object, 'argocd').map(({ namespace, name }) => `${namespace}/${name}`);
    expect([...new Set(found)].sort()).toEqual(['argocd/config-writer', 'argocd/ghcr']);
  });
});
