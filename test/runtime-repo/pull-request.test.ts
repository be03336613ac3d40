import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { publish } from '../../lib/runtime-repo/publish.ts';
import type { PublishOptions } from '../../lib/runtime-repo/options.ts';
import { appUnit, bareRepo, cleanEnv, commitFile, configRepo, filesOf, foreignCommit, git, publishOptions, tempFolder } from './fixture.ts';

const path = 'apps/prod/shop/web.yaml';

/** A config repo and a remote whose prod environment takes pull requests; every call of `propose` has a new source commit. */
async function approved() {
  const folder = configRepo();
  const url = bareRepo();
  let count = 0;
  const options = (text: string, more: Partial<PublishOptions> = {}) =>
    publishOptions(folder, [appUnit('shop', 'prod', { 'web.yaml': text })], { target: { url }, scope: { environments: ['prod'] }, ...more });
  await publish(options('one'));
  const propose = (text: string, more: Partial<PublishOptions> = {}) => {
    commitFile(folder, 'apps/shop.ts', `${text} ${count += 1}`);
    return publish(options(text, { pullRequest: {}, ...more }));
  };
  const branch = 'slipway/prod';
  const merge = (squash: boolean) => {
    const work = join(tempFolder(), 'work');
    git('/', 'clone', '--quiet', url, work);
    git(work, 'merge', '--quiet', ...(squash ? ['--squash'] : ['--no-ff']), `origin/${branch}`);
    if (squash) git(work, 'commit', '--quiet', '-m', 'Squashed');
    git(work, 'push', '--quiet', 'origin', 'main');
  };
  return { folder, url, propose, branch, merge, options };
}

test('a pull request changes its own branch only, and an update is a commit on top', async () => {
  const { url, propose, branch } = await approved();
  const first = await propose('two');
  expect(first).toMatchObject({ outcome: 'pull-request', branch, into: 'main', url: undefined });
  expect([filesOf(url)[path], filesOf(url, branch)[path]]).toEqual(['one', 'two']);
  const second = await propose('three');
  expect(git(url, 'rev-parse', `${branch}^`)).toBe(first.outcome === 'pull-request' ? first.commit : '');
  expect([second.outcome, filesOf(url, branch)[path], git(url, 'rev-list', '--count', `main..${branch}`)]).toEqual(['pull-request', 'three', '2']);
});

test('the same render again moves nothing, whatever the date and the source commit', async () => {
  const { url, propose, branch } = await approved();
  await propose('two');
  const head = git(url, 'rev-parse', branch);
  const again = await propose('two', { now: new Date('2026-05-01T00:00:00Z') });
  expect([again.outcome, git(url, 'rev-parse', branch)]).toEqual(['pull-request', head]);
});

test('a change and its revert on the way to approval end at the revert, whichever run comes first', async () => {
  const { folder, url, propose, branch, options } = await approved();
  await propose('two');
  const changed = commitFile(folder, 'apps/shop.ts', 'a change to three');
  expect(await propose('two')).toMatchObject({ outcome: 'pull-request' });
  const late = join(tempFolder(), 'late');
  git('/', 'clone', '--quiet', folder, late);
  git(late, 'reset', '--quiet', '--hard', changed);
  expect(await publish({ ...options('three', { pullRequest: {} }), folder: late })).toMatchObject({ outcome: 'superseded' });
  expect(filesOf(url, branch)[path]).toBe('two');
});

test('when the target moved on, it is merged in, and the branch only moves forward', async () => {
  const { url, propose, branch } = await approved();
  await propose('two');
  const head = git(url, 'rev-parse', branch);
  foreignCommit(url, { 'README.md': 'by hand' });
  await propose('three');
  expect(git(url, 'rev-list', '-1', '--parents', branch).split(' ').slice(1)).toEqual([head, git(url, 'rev-parse', 'main')]);
  expect(filesOf(url, branch)).toEqual({ 'README.md': 'by hand', [path]: 'three' });
  expect(git(url, 'diff', '--name-only', `main...${branch}`)).toContain(path);
});

test.each([['merged', false], ['squashed', true]])('after its pull request was %s, a branch goes on from the target', async (_, squash) => {
  const { url, propose, branch, merge } = await approved();
  await propose('two');
  merge(squash);
  expect(await propose('two')).toMatchObject({ outcome: 'unchanged' });
  expect(await propose('three')).toMatchObject({ outcome: 'pull-request' });
  expect(git(url, 'merge-base', branch, 'main')).toBe(git(url, 'rev-parse', 'main'));
  expect(git(url, 'diff', 'main', branch, '--', path)).toMatch(/-two[^]*\+three/);
});

test('what was proposed and undone before the merge is withdrawn, and a late run can\'t propose it again', async () => {
  const { folder, url, propose, branch, options } = await approved();
  await propose('two');
  const changed = git(folder, 'rev-parse', 'HEAD');
  expect(await propose('one')).toMatchObject({ outcome: 'unchanged' });
  expect(filesOf(url, branch)).toEqual(filesOf(url, 'main'));
  const late = join(tempFolder(), 'late');
  git('/', 'clone', '--quiet', folder, late);
  git(late, 'reset', '--quiet', '--hard', changed);
  expect(await publish({ ...options('two', { pullRequest: {} }), folder: late })).toMatchObject({ outcome: 'superseded' });
});

test('a branch with somebody else\'s commits, and one that proposes another scope, are refused with what to do', async () => {
  const { url, propose, branch } = await approved();
  await propose('two');
  await expect(propose('two', { pullRequest: { branch }, scope: { environments: ['staging'] } })).rejects.toThrow(/proposes environments=prod, which this publish would withdraw[^]*--branch NAME/);
  foreignCommit(url, { [path]: 'mended by hand' }, branch, 'Mend it');
  await expect(propose('three')).rejects.toThrow(/expected only commits of Slipway on this branch, got \w{12} Mend it[^]*--branch NAME/);
  expect(await propose('three', { pullRequest: { branch: 'another' } })).toMatchObject({ outcome: 'pull-request', branch: 'another' });
});

test('an empty remote gets a branch to propose to; the embedded repo is written directly', async () => {
  const folder = configRepo();
  const url = bareRepo();
  const units = [appUnit('shop', 'prod', { 'web.yaml': 'one' })];
  expect(await publish(publishOptions(folder, units, { target: { url }, pullRequest: {} }))).toMatchObject({ outcome: 'pull-request', branch: 'slipway/publish' });
  expect([filesOf(url), filesOf(url, 'slipway/publish')]).toEqual([{}, { [path]: 'one' }]);
  expect(await publish(publishOptions(folder, units, { pullRequest: {} }))).toMatchObject({ outcome: 'published', branch: 'main' });
});

/** A program on PATH that writes down how it was called and answers. */
function fakeProgram(name: string, answer: string) {
  const folder = tempFolder();
  writeFileSync(join(folder, name), `#!/bin/sh\nprintf '%s\\n' "$@" ---- >> '${folder}/calls'\ncat >> '${folder}/input'\n${answer}\n`);
  chmodSync(join(folder, name), 0o755);
  const read = (file: string) => existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : '';
  return { path: `${folder}${delimiter}${cleanEnv['PATH'] ?? ''}`, calls: () => read('calls').split('----\n').filter((call) => call !== '').map((call) => call.trim().split('\n')), input: () => read('input') };
}

/** A remote that Git knows by the address of a hosting service. */
function hosted(host: string, url: string, path: string): Record<string, string> {
  return { ...cleanEnv, PATH: path, GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: `url.file://${url}.insteadOf`, GIT_CONFIG_VALUE_0: `https://${host}/acme/runtime.git` };
}

test('gh opens the pull request, and brings an open one up to date', async () => {
  const { url, propose } = await approved();
  const create = fakeProgram('gh', 'case "$2" in create) echo https://github.com/acme/runtime/pull/7;; list) echo "[]";; esac');
  const target = { url: 'https://github.com/acme/runtime.git' };
  const first = await propose('two', { target, git: { env: hosted('github.com', url, create.path) } });
  expect(first).toMatchObject({ url: 'https://github.com/acme/runtime/pull/7', opened: true });
  const repo = ['--repo', 'github.com/acme/runtime', '--head', 'slipway/prod', '--base', 'main'];
  expect(create.calls()).toEqual([['pr', 'list', ...repo, '--state', 'open', '--json', 'url', '--limit', '1'], ['pr', 'create', ...repo, '--title', 'prod: shop configuration', '--body-file', '-']]);
  expect(create.input()).toContain('apps/prod/shop: changed, 1 file written');
  const edit = fakeProgram('gh', 'case "$2" in list) echo \'[{"url":"https://github.com/acme/runtime/pull/7"}]\';; esac');
  expect(await propose('three', { target, git: { env: hosted('github.com', url, edit.path) } })).toMatchObject({ url: 'https://github.com/acme/runtime/pull/7', opened: true });
  expect(edit.calls()[1]?.slice(0, 3)).toEqual(['pr', 'edit', 'https://github.com/acme/runtime/pull/7']);
});

test('a failing glab is reported without its password, the push stands, and the page to open it by hand is given', async () => {
  const { url, propose, branch } = await approved();
  const failing = fakeProgram('glab', 'echo "no access to https://bot:s3cret@gitlab.com/acme" >&2; exit 1');
  const result = await propose('two', { target: { url: 'https://gitlab.com/acme/runtime.git' }, git: { env: hosted('gitlab.com', url, failing.path) } });
  expect(result).toMatchObject({ opened: false, url: 'https://gitlab.com/acme/runtime/-/merge_requests/new?merge_request%5Bsource_branch%5D=slipway%2Fprod&merge_request%5Btarget_branch%5D=main' });
  expect(JSON.stringify(result)).toMatch(/glab mr list.*no access to https:\/\/gitlab\.com\/acme/);
  expect(JSON.stringify(result)).not.toContain('s3cret');
  expect(filesOf(url, branch)[path]).toBe('two');
});

test('without gh, the compare page is given', async () => {
  const { url, propose } = await approved();
  const folder = tempFolder();
  const gitAlone = join(folder, 'git');
  writeFileSync(gitAlone, `#!/bin/sh\nPATH='${cleanEnv['PATH'] ?? ''}' exec git "$@"\n`);
  chmodSync(gitAlone, 0o755);
  const result = await propose('two', { target: { url: 'https://github.com/acme/runtime.git' }, git: { env: hosted('github.com', url, folder) } });
  expect(result).toMatchObject({ opened: false, problem: undefined, url: 'https://github.com/acme/runtime/compare/main...slipway%2Fprod?expand=1' });
});
