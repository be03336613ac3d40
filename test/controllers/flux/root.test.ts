import { describe, expect, it } from 'vitest';
import { fluxController } from '../../../lib/controllers/flux/controller.ts';
import { fluxUrl } from '../../../lib/controllers/flux/source.ts';
import type { RepositoryInput } from '../../../lib/model/repository.ts';
import type { FluxOptions } from '../../../lib/model/flux-options.ts';
import { at } from '../hosted.ts';
import { find, hostedWith, namesOf } from './upstream.ts';

const source = (options: FluxOptions = {}, repository?: RepositoryInput): unknown => find(fluxController.root(hostedWith(options, (drafted) => {
  if (repository !== undefined) drafted.fleet['runtimeRepo'] = repository;
})), 'GitRepository', 'flux-system')['spec'];

describe('the root of a cluster under Flux', () => {
  it('is the runtime repo and the folder in which both lie', () => {
    const objects = fluxController.root(hostedWith());
    expect(namesOf(objects)).toEqual(['GitRepository/flux-system', 'Kustomization/root']);
    expect(find(objects, 'Kustomization', 'root')).toMatchObject({ spec: { path: './rendered/clusters/prod-eu', deletionPolicy: 'Orphan', serviceAccountName: 'kustomize-controller' } });
  });

  it('looks for commits as often as the cluster says', () => {
    expect(source()).toMatchObject({ interval: '1m', url: 'ssh://git@github.com/acme/runtime.git', ref: { branch: 'main' } });
    expect(source({ poll: '20m' })).toMatchObject({ interval: '20m' });
  });

  it('leaves out other clusters and environments, without naming any folder that has to be there', () => {
    expect(at(source(), 'ignore')).toBe('/*\n!/rendered/apps/prod/\n!/rendered/clusters/prod-eu/\n!/rendered/upstream/\n');
    expect(source()).not.toHaveProperty('sparseCheckout');
    expect(at(source({}, { url: 'https://git.acme.example/r.git' }), 'ignore')).toBe('/*\n!/apps/prod/\n!/clusters/prod-eu/\n!/upstream/\n');
  });

  it('trusts signed commits alone when told so', () => {
    expect(source()).not.toHaveProperty('verify');
    expect(source({ verify: { secret: 'signers' } })).toMatchObject({ verify: { mode: 'HEAD', secretRef: { name: 'signers' } } });
  });

  it.each([
    [{ kind: 'deploy-key' }, 'git@git.acme.example:runtime.git', { secretRef: { name: 'flux-system' } }],
    [{ kind: 'secret', name: 'token' }, 'https://git.acme.example/r.git', { secretRef: { name: 'token' } }],
    [{ kind: 'github-app', appId: 1, installationId: 2, privateKeySecret: 'app' }, 'https://github.com/acme/r.git', { provider: 'github', secretRef: { name: 'app' } }],
    [{ kind: 'codecommit' }, 'https://git-codecommit.eu-central-1.amazonaws.com/v1/repos/r', { provider: 'aws' }],
  ] as const)('names the credential %o and holds none', (credential, url, expected) => {
    expect(source({}, { url, credential })).toMatchObject(expected);
  });

  it.each([
    [{ url: '/srv/runtime.git' }, 'expected a URL that Flux can read (https://… or ssh://…), got "/srv/runtime.git"'],
    [{ url: 'file:///srv/runtime.git' }, 'expected a URL that Flux can read'],
    [{ url: 'https://git.acme.example/r.git', credential: { kind: 'deploy-key' } }, 'expected a URL of ssh beside credential deploy-key'],
    [{ url: 'git@github.com:acme/r.git', credential: { kind: 'github-app', appId: 1, installationId: 2, privateKeySecret: 'app' } }, 'expected a URL of https beside credential github-app'],
    [{ url: 'ssh://git@x.example/r.git', credential: { kind: 'codecommit' } }, 'expected a URL of https beside credential codecommit'],
  ] as const)('refuses the runtime repo %o', (repository, message) => {
    expect(() => source({}, repository)).toThrow(message);
  });

  it('writes out the short spelling of ssh', () => {
    expect(['git@github.com:acme/r.git', 'git@host:/srv/r.git', 'ssh://git@host:22/r.git', 'https://host/r.git'].map(fluxUrl)).toEqual(['ssh://git@github.com/acme/r.git', 'ssh://git@host/srv/r.git', 'ssh://git@host:22/r.git', 'https://host/r.git']);
  });
});
