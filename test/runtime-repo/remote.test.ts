import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { publish, publishAll } from '../../lib/runtime-repo/publish.ts';
import { appUnit, bareRepo, cleanEnv, commitFile, configRepo, filesOf, foreignCommit, git, publishOptions, tempFolder } from './fixture.ts';

const shop = (text: string) => [appUnit('shop', 'prod', { 'web.yaml': text })];

/** A stand-in for `git` that does something of its own before the first pushes. */
function beforePush(times: number, script: string) {
  const folder = tempFolder();
  writeFileSync(join(folder, 'git'), `#!/bin/sh
case "$*" in *"push --porcelain"*)
  n=$(cat '${folder}/count' 2>/dev/null || echo 0); echo $((n + 1)) > '${folder}/count'
  if [ "$n" -lt ${times} ]; then (${script}) > /dev/null 2>&1; fi;;
esac
exec git "$@"
`);
  chmodSync(join(folder, 'git'), 0o755);
  return { binary: join(folder, 'git'), pushes: () => Number(readFileSync(join(folder, 'count'), 'utf8')) };
}

/** A shell line by which a person commits to the branch. */
const byHand = (bare: string) => `unset GIT_DIR; cd '${bare}' && c=$(git -c user.name=Pat -c user.email=p@x commit-tree 'main^{tree}' -p main -m "by hand $n") && git update-ref refs/heads/main "$c"`;

test('a rejected push is planned again on the new head, and nobody\'s commit is lost', async () => {
  const [folder, bare] = [configRepo(), bareRepo()];
  foreignCommit(bare, { 'README.md': 'ours' });
  const wrapper = beforePush(3, byHand(bare));
  expect(await publish(publishOptions(folder, shop('one'), { target: { url: bare }, git: { env: cleanEnv, binary: wrapper.binary } }))).toMatchObject({ outcome: 'published' });
  expect([wrapper.pushes(), git(bare, 'rev-list', '--count', 'main')]).toEqual([4, '5']);
  expect(filesOf(bare)).toEqual({ 'README.md': 'ours', 'apps/prod/shop/web.yaml': 'one' });
});

test('a branch that never stands still ends in an error after the given tries, with nothing written', async () => {
  const [folder, bare] = [configRepo(), bareRepo()];
  foreignCommit(bare, { 'README.md': 'ours' });
  const wrapper = beforePush(99, byHand(bare));
  await expect(publish(publishOptions(folder, shop('one'), { target: { url: bare }, tries: 3, random: () => 0, git: { env: cleanEnv, binary: wrapper.binary } }))).rejects.toThrow(/others moved it first 3 times in a row \(last: .*rejected/);
  expect([wrapper.pushes(), Object.keys(filesOf(bare, 'main', true))]).toEqual([3, ['README.md']]);
});

test('a server that refuses isn\'t asked again, and what it says is shown', async () => {
  const [folder, bare] = [configRepo(), bareRepo()];
  mkdirSync(join(bare, 'hooks'), { recursive: true });
  writeFileSync(join(bare, 'hooks/pre-receive'), '#!/bin/sh\necho "main is protected"\nexit 1\n');
  chmodSync(join(bare, 'hooks/pre-receive'), 0o755);
  const wrapper = beforePush(0, 'true');
  await expect(publish(publishOptions(folder, shop('one'), { target: { url: bare }, git: { env: cleanEnv, binary: wrapper.binary } }))).rejects.toThrow(/refused the push: .*pre-receive hook declined[^]*remote: main is protected[^]*--pull-request/);
  expect(wrapper.pushes()).toBe(1);
});

test('a user\'s hooks, signing and index stay out of it', async () => {
  const [folder, bare] = [configRepo(), bareRepo()];
  const home = tempFolder();
  mkdirSync(join(home, 'hooks'));
  for (const hook of ['pre-push', 'reference-transaction', 'post-index-change']) {
    writeFileSync(join(home, 'hooks', hook), `#!/bin/sh\n# The server reads the same configuration here: its own hooks are its own matter.\ntest "$(pwd -P)" = '${bare}'\n`);
    chmodSync(join(home, 'hooks', hook), 0o755);
  }
  writeFileSync(join(home, 'config'), `[core]\n  hooksPath = ${home}/hooks\n  autocrlf = true\n[commit]\n  gpgSign = true\n[push]\n  gpgSign = true\n  followTags = true\n[user]\n  name = Ada\n  email = ada@example.com\n[init]\n  defaultBranch = trunk\n[fetch]\n  prune = true\n`);
  const env = { ...cleanEnv, GIT_CONFIG_GLOBAL: join(home, 'config'), GIT_DIR: '/nowhere', GIT_INDEX_FILE: '/nowhere/index', GIT_WORK_TREE: '/nowhere' };
  for (const target of [{ url: bare }, {}]) expect(await publish(publishOptions(folder, shop('a\r\nb\n'), { target, git: { env } }))).toMatchObject({ outcome: 'published' });
  expect(filesOf(bare)['apps/prod/shop/web.yaml']).toBe('a\r\nb\n');
  expect(git(bare, 'log', '-1', '--format=%an <%ae> %cn <%ce>', 'main')).toBe('Ada <ada@example.com> Ada <ada@example.com>');
});

test('one repo that can\'t be reached doesn\'t keep the others from being published', async () => {
  const [folder, bare] = [configRepo(), bareRepo()];
  const outcomes = await publishAll([{ url: '/nowhere/runtime.git' }, { url: bare }].map((target) => publishOptions(folder, shop('one'), { target })));
  expect(outcomes[0]?.error?.message).toMatch(/^\/nowhere\/runtime\.git: git fetch failed/);
  expect(outcomes[1]?.result?.outcome).toBe('published');
});

test('the number of runs of Git doesn\'t grow with the number of files', async () => {
  const runs = async (files: number, apps: number) => {
    const [folder, bare] = [configRepo(), bareRepo()];
    const counter = join(tempFolder(), 'count');
    const binary = join(tempFolder(), 'git');
    writeFileSync(binary, `#!/bin/sh\necho x >> '${counter}'\nexec git "$@"\n`);
    chmodSync(binary, 0o755);
    const units = (text: string) => Array.from({ length: apps }, (_, app) => appUnit(`app${app}`, 'prod', Object.fromEntries(Array.from({ length: files }, (_, i) => [`f${i}.yaml`, `${text} ${i}`]))));
    await publish(publishOptions(folder, units('one'), { target: { url: bare } }));
    commitFile(folder, 'apps/shop.ts', 'two');
    await publish(publishOptions(folder, units('two'), { target: { url: bare }, git: { env: cleanEnv, binary } }));
    return readFileSync(counter, 'utf8').trim().split('\n').length;
  };
  expect(await runs(30, 30)).toBe(await runs(1, 1));
});

test('a ledger that is damaged, or of a newer version, stops the publish and stays as it is', async () => {
  const [folder, bare] = [configRepo(), bareRepo()];
  await publish(publishOptions(folder, shop('one'), { target: { url: bare } }));
  for (const [text, message] of [['{', /expected a ledger as publish writes it/], ['{"version": 2}', /newer Slipway/]] as const) {
    const head = foreignCommit(bare, { '.slipway/apps/prod/shop.json': text });
    await expect(publish(publishOptions(folder, shop('two'), { target: { url: bare } }))).rejects.toThrow(message);
    await expect(publish(publishOptions(folder, [], { target: { url: bare }, scope: { environments: ['dev'] } }))).resolves.toMatchObject({ outcome: 'unchanged' });
    expect(git(bare, 'rev-parse', 'main')).toBe(head);
  }
});
