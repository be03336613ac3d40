import { expect, test } from 'vitest';
import { announcedUrl, compareUrl, forgeOf } from '../../lib/runtime-repo/forge.ts';

test.each([
  ['https://github.com/acme/runtime.git', 'https://github.com/acme/runtime/compare/main...slipway%2Fprod?expand=1'],
  ['git@github.com:acme/runtime.git', 'https://github.com/acme/runtime/compare/main...slipway%2Fprod?expand=1'],
  ['ssh://git@ssh.github.com:443/acme/runtime', 'https://github.com/acme/runtime/compare/main...slipway%2Fprod?expand=1'],
  ['https://github.acme.com/acme/runtime/', 'https://github.acme.com/acme/runtime/compare/main...slipway%2Fprod?expand=1'],
  ['ssh://git@gitlab.acme.com:2222/platform/gitops/runtime.git', 'https://gitlab.acme.com/platform/gitops/runtime/-/merge_requests/new?merge_request%5Bsource_branch%5D=slipway%2Fprod&merge_request%5Btarget_branch%5D=main'],
  ['https://codeberg.org/acme/runtime', 'https://codeberg.org/acme/runtime/compare/main...slipway%2Fprod'],
  ['https://gitea.acme.com:3000/acme/runtime.git', 'https://gitea.acme.com:3000/acme/runtime/compare/main...slipway%2Fprod'],
  ['git@bitbucket.org:acme/runtime.git', 'https://bitbucket.org/acme/runtime/pull-requests/new?source=slipway%2Fprod&dest=main'],
])('%s has its page to open a pull request', (url, page) => {
  const forge = forgeOf(url);
  expect(forge && compareUrl(forge, 'slipway/prod', 'main')).toBe(page);
});

test.each(['https://git.example.com/acme/runtime.git', '/srv/github/runtime.git', 'file:///srv/gitlab.git', '../github', 'https://notgithub.com/a/b'])('%s says nothing of a hosting service', (url) => {
  expect(forgeOf(url)).toBeUndefined();
});

test('the address that a server prints after a push is found, and no other', () => {
  expect(announcedUrl('To https://x.example/a\nremote: \nremote: To create a merge request, visit:\nremote:   https://git.example.com/a/-/new?x=1\n')).toBe('https://git.example.com/a/-/new?x=1');
  expect(announcedUrl('To https://x.example/a\n')).toBeUndefined();
});
