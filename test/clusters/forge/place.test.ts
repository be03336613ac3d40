import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deployKeyProblems } from '../../../lib/clusters/deploy-key.ts';
import { pageFor, placeOf, type ForgeSettings } from '../../../lib/clusters/forge/place.ts';
import type { Repository } from '../../../lib/model/repository.ts';
import { describeProblem } from '../../../lib/values/errors.ts';

const place = (url: string, settings: ForgeSettings = {}) => placeOf({ url }, settings).place;
const problem = (url: string, settings: ForgeSettings = {}): string => placeOf({ url }, settings).problems.map(describeProblem).join('\n');

describe('the forge of a runtime repo', () => {
  it.each([
    ['git@github.com:acme/runtime.git', 'github', 'https://api.github.com', 'acme/runtime', 'https://github.com/acme/runtime/settings/keys/new'],
    ['ssh://git@ssh.github.com:443/acme/runtime.git', 'github', 'https://api.github.com', 'acme/runtime', 'https://github.com/acme/runtime/settings/keys/new'],
    ['git@gitlab.com:acme/platform/runtime.git', 'gitlab', 'https://gitlab.com/api/v4', 'acme/platform/runtime', 'https://gitlab.com/acme/platform/runtime/-/settings/repository#js-deploy-keys-settings'],
    ['https://Codeberg.org/acme/runtime/', 'gitea', 'https://codeberg.org/api/v1', 'acme/runtime', 'https://codeberg.org/acme/runtime/settings/keys'],
  ])('is known by its host: %s', (url, forge, api, repository, page) => {
    expect(place(url)).toEqual({ forge, api, repository, page });
  });

  it.each([
    ['ssh://git@git.acme.example:2222/acme/runtime.git', { forge: 'gitea' }, 'https://git.acme.example/api/v1'],
    ['https://git.acme.example:8443/acme/runtime.git', { forge: 'gitlab' }, 'https://git.acme.example:8443/api/v4'],
    ['git@git.acme.example:acme/runtime.git', { forge: 'github' }, 'https://git.acme.example/api/v3'],
    ['git@acme.ghe.com:acme/runtime.git', { forge: 'github' }, 'https://api.acme.ghe.com'],
    ['git@ssh.acme.example:acme/runtime.git', { forge: 'gitlab', forgeApi: 'https://code.acme.example/git/api/v4/' }, 'https://code.acme.example/git/api/v4'],
    ['git@git.acme.example:acme/runtime.git', { forge: 'gitea', forgeApi: 'http://localhost:3000/api/v1' }, 'http://localhost:3000/api/v1'],
  ])('is what the config says on a server of one\'s own: %s', (url, settings, api) => {
    expect(place(url, settings)).toMatchObject({ forge: settings.forge, api });
  });

  it('is asked for when its host doesn\'t tell', () => {
    expect(problem('git@git.acme.example:acme/runtime.git')).toBe('slipway:forge: expected which kind of forge git.acme.example is (gitea, github, gitlab), got nothing\n    fix: pulumi config set slipway:forge KIND; and slipway:forgeApi, where its API isn\'t where it commonly is');
    expect(problem('git@gitlab.acme.example:acme/runtime.git')).toContain('pulumi config set slipway:forge gitlab;');
  });

  it.each([
    ['git@github.com:acme/runtime.git', { forge: 'gitlabs' }, /^slipway:forge: expected a kind of forge, got "gitlabs"\. Did you mean "gitlab"\? Known: gitea, github, gitlab\.$/],
    ['git@github.com:acme/platform/runtime.git', {}, /^the runtime repo: expected the path of a repository at GitHub, owner\/name, got acme\/platform\/runtime/],
    ['git@gitlab.com:runtime.git', {}, /^the runtime repo: expected the path of a repository at GitLab, group\/…\/name, got runtime/],
    ['/srv/git/runtime.git', { forge: 'gitea' }, /^slipway:forgeToken: expected a runtime repo at a forge, which has a host, got \/srv/],
    ['git@github.com:acme/runtime.git', { forgeApi: 'http://github.acme.example/api/v3' }, /^slipway:forgeApi: expected the https URL of an API.*got "http:\/\/github/],
    ['git@github.com:acme/runtime.git', { forgeApi: 'api.github.com' }, /^slipway:forgeApi: expected the https URL/],
  ])('is refused where it can\'t be right: %s %o', (url, settings, message) => {
    expect(problem(url, settings)).toMatch(message);
    expect(place(url, settings)).toBeUndefined();
  });

  it('shows no password that stands in the address of an API', () => {
    expect(problem('git@github.com:acme/runtime.git', { forgeApi: 'https://me:hunter2@api.github.com' })).toMatch(/^slipway:forgeApi: .*…@api\.github\.com/);
    expect(problem('git@github.com:acme/runtime.git', { forgeApi: 'https://me:hunter2@api.github.com' })).not.toContain('hunter2');
  });

  it('is the same for every way of writing the URL', () => {
    const part = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
    fc.assert(fc.property(part, part, fc.constantFrom('', '.git'), (owner, name, end) => {
      const forms = [`git@github.com:${owner}/${name}${end}`, `ssh://git@github.com/${owner}/${name}${end}`, `https://github.com/${owner}/${name}${end}`, `https://github.com/${owner}/${name}${end}/`];
      expect(new Set(forms.map((url) => JSON.stringify(place(url))))).toEqual(new Set([JSON.stringify(place(`git@github.com:${owner}/${name}`))]));
    }));
  });

  it('has a page where a person pastes a key, guessed by the host\'s name too, because nothing secret goes there', () => {
    expect(pageFor({ url: 'git@gitlab.acme.example:acme/runtime.git' }, {})).toBe('https://gitlab.acme.example/acme/runtime/-/settings/repository#js-deploy-keys-settings');
    expect(pageFor({ url: 'git@git.acme.example:acme/runtime.git' }, {})).toBeUndefined();
    expect(pageFor({ url: 'git@bitbucket.org:acme/runtime.git' }, {})).toBeUndefined();
    expect(pageFor({ url: '/srv/git/runtime.git' }, {})).toBeUndefined();
  });
});

describe('a token of the forge', () => {
  const token = { forgeToken: {} } as unknown as Parameters<typeof deployKeyProblems>[0]['settings'];
  const from = (credential: Repository['credential']): Repository => ({ url: 'git@git.acme.example:acme/runtime.git', branch: 'main', path: '', ...(credential !== undefined && { credential }) });

  it('is refused where no deploy key opens the runtime repo', () => {
    expect(deployKeyProblems({ repository: from({ kind: 'secret', name: 'x' }), settings: token }).map(describeProblem)).toEqual(['slipway:forgeToken: expected none, because no deploy key opens the runtime repo (its credential is secret), got one\n    fix: pulumi config rm slipway:forgeToken']);
    expect(deployKeyProblems({ repository: from(undefined), settings: token })[0]?.message).toContain('its credential is none');
  });

  it('needs a forge that is known, and nothing does without a token', () => {
    expect(deployKeyProblems({ repository: from({ kind: 'deploy-key' }), settings: token }).map(({ where }) => where)).toEqual(['slipway:forge']);
    expect(deployKeyProblems({ repository: from({ kind: 'deploy-key' }), settings: {} })).toEqual([]);
  });
});
