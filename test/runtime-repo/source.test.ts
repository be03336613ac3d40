import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { publish } from '../../lib/runtime-repo/publish.ts';
import type { PublishOptions } from '../../lib/runtime-repo/options.ts';
import { appUnit, bareRepo, commitFile, configRepo, filesOf, git, publishOptions, tempFolder } from './fixture.ts';

const shop = (text: string) => appUnit('shop', 'prod', { 'web.yaml': text });

/** A fleet whose render is the text of apps/shop.ts; every commit can be published from a clone of its own, in any order. */
function fleet() {
  const origin = configRepo();
  const url = bareRepo();
  const commits = [git(origin, 'rev-parse', 'HEAD')];
  const change = (text: string, path = 'apps/shop.ts') => commits.push(commitFile(origin, path, text));
  const run = (index: number, more: Partial<PublishOptions> = {}, depth: readonly string[] = []) => {
    const clone = join(tempFolder(), 'clone');
    git('/', 'clone', '--quiet', ...depth, `file://${origin}`, clone);
    if (depth.length === 0) git(clone, 'reset', '--quiet', '--hard', commits[index] ?? 'HEAD');
    return publish(publishOptions(clone, [shop(git(clone, 'show', 'HEAD:apps/shop.ts'))], { target: { url }, ...more }));
  };
  const live = () => filesOf(url)['apps/prod/shop/web.yaml'];
  return { origin, url, commits, change, run, live };
}

test('a late run of an earlier commit is superseded and writes nothing', async () => {
  const { change, run, live, url } = fleet();
  change('two');
  await run(1);
  const head = git(url, 'rev-parse', 'main');
  expect(await run(0)).toMatchObject({ outcome: 'superseded' });
  expect([live(), git(url, 'rev-parse', 'main')]).toEqual(['two', head]);
});

test('a change and its revert end at the revert, whichever run comes first', async () => {
  for (const order of [[1, 2], [2, 1]]) {
    const { change, run, live } = fleet();
    await run(0);
    change('two');
    change('one');
    for (const index of order) await run(index);
    expect(live()).toBe('one');
  }
});

test('the revert\'s run records its commit only where a change lies in between, and only once', async () => {
  const { change, run, url } = fleet();
  await run(0);
  const count = () => git(url, 'rev-list', '--count', 'main');
  change('# About', 'README.md');
  change('more', 'docs/guide.ts');
  change('same render', 'lib/refactored.ts');
  expect([(await run(3)).outcome, count()]).toEqual(['unchanged', '1']);
  change('two');
  change('one');
  expect(await run(5)).toMatchObject({ outcome: 'unchanged', plan: { kind: 'record' } });
  expect(git(url, 'diff', '--name-only', 'main~1', 'main')).toBe('.slipway/sources/all.json');
  expect([(await run(5)).outcome, count()]).toEqual(['unchanged', '2']);
  expect([(await run(4)).outcome, count()]).toEqual(['superseded', '2']);
});

test('a late run brings back neither an app that was removed, nor one app of a publish of only some', async () => {
  const { change, run, live, url } = fleet();
  await run(0);
  change('two');
  await run(1, { units: [], scope: { environments: ['prod'] } });
  expect([(await run(0, { scope: { environments: ['prod'] } })).outcome, live()]).toEqual(['superseded', undefined]);
  change('three');
  await run(2, { scope: { apps: ['shop'] } });
  change('four');
  await run(3, { units: [], scope: { apps: ['shop'] } });
  expect([(await run(2)).outcome, live()]).toEqual(['superseded', undefined]);
  change('five');
  await run(4, { units: [] });
  expect(Object.keys(filesOf(url, 'main', true)).filter((path) => path.includes('shop'))).toEqual([]);
});

test('a newer publish of one environment doesn\'t keep an older one of everything from the others', async () => {
  const { change, run, url } = fleet();
  const both = (text: string) => [shop(text), appUnit('shop', 'dev', { 'web.yaml': text })];
  await run(0, { units: both('one') });
  change('two');
  change('three');
  await run(2, { units: [shop('three')], scope: { environments: ['prod'] } });
  const result = await run(1, { units: both('two') });
  expect(result.plan.units.map(({ id, change: what }) => [id, what])).toEqual([['apps/dev/shop', 'changed'], ['apps/prod/shop', 'superseded']]);
  expect(filesOf(url)).toEqual({ 'apps/dev/shop/web.yaml': 'two', 'apps/prod/shop/web.yaml': 'three' });
});

test('a diverged source is refused, and accepted by name', async () => {
  const { origin, change, run, commits, live } = fleet();
  change('two');
  await run(1);
  git(origin, 'reset', '--quiet', '--hard', commits[0] ?? '');
  git(origin, 'tag', 'kept', commits[1] ?? '');
  change('other');
  const diverged = new RegExp(`source commit ${commits[1]}: expected an ancestor of ${commits[2]}.*diverged[^]*--accept-source ${commits[1]}`);
  await expect(run(2)).rejects.toThrow(diverged);
  expect(await run(2, { acceptSources: [commits[1]?.slice(0, 10) ?? ''] })).toMatchObject({ outcome: 'published' });
  expect([(await run(2)).outcome, live()]).toEqual(['unchanged', 'other']);
});

test('a shallow clone is refused with how to fetch the history, unless it knows enough', async () => {
  const { change, run } = fleet();
  await run(0);
  change('two');
  await expect(run(1, {}, ['--depth=1'])).rejects.toThrow(/shallow[^]*fetch-depth: 0/);
  expect(await run(1)).toMatchObject({ outcome: 'published' });
  expect(await run(1, {}, ['--depth=1'])).toMatchObject({ outcome: 'unchanged' });
});

test.each([['whole', []], ['shallow', ['--depth=1']]])('a %s checkout that was made before a newer commit was pushed and published learns that it is superseded', async (_, depth) => {
  const { origin, url, change, run } = fleet();
  git(origin, 'config', 'uploadpack.allowFilter', 'true');
  const early = join(tempFolder(), 'early');
  git('/', 'clone', '--quiet', ...depth, `file://${origin}`, early);
  change('two');
  await run(1);
  const heads = git(early, 'for-each-ref');
  expect(await publish(publishOptions(early, [shop('one')], { target: { url } }))).toMatchObject({ outcome: 'superseded' });
  expect([git(early, 'for-each-ref'), git(early, 'status', '--porcelain')]).toEqual([heads, '']);
});

test('a recorded commit that isn\'t here is refused with what to do', async () => {
  const { run, url } = fleet();
  await run(0);
  const elsewhere = tempFolder();
  git(elsewhere, 'init', '--quiet');
  commitFile(elsewhere, 'a', 'another history');
  await expect(publish(publishOptions(elsewhere, [shop('x')], { target: { url } }))).rejects.toThrow(/but it isn't here \(recorded for apps\/prod\/shop\)[^]*git fetch/);
});

test('no repository, no commit and a dirty work tree are refused with what to do', async () => {
  await expect(publish(publishOptions(tempFolder(), []))).rejects.toThrow(/expected a work tree of a Git repository[^]*git init/);
  const fresh = tempFolder();
  git(fresh, 'init', '--quiet');
  await expect(publish(publishOptions(fresh, []))).rejects.toThrow(/has none yet[^]*git commit/);
  const dirty = configRepo();
  mkdirSync(join(dirty, '.slipway'));
  writeFileSync(join(dirty, '.slipway/.gitignore-half-made'), '');
  writeFileSync(join(dirty, 'apps/shop.ts'), 'edited');
  writeFileSync(join(dirty, 'new.ts'), 'new');
  await expect(publish(publishOptions(dirty, []))).rejects.toThrow(/got 2 changed or new: apps\/shop\.ts, new\.ts/);
  writeFileSync(join(dirty, '.gitignore'), 'new.ts\n');
  git(dirty, 'add', '--all');
  git(dirty, 'commit', '--quiet', '-m', 'x');
  expect(await publish(publishOptions(dirty, []))).toMatchObject({ outcome: 'unchanged' });
});

test('where config and runtime are one repository, a machine\'s commit isn\'t a change, and CI skips it', async () => {
  const origin = configRepo();
  git(origin, 'config', 'receive.denyCurrentBranch', 'updateInstead');
  const target = { url: `file://${origin}`, path: 'runtime' };
  const clone = join(tempFolder(), 'clone');
  git('/', 'clone', '--quiet', origin, clone);
  for (const text of ['one', 'two']) {
    expect(await publish(publishOptions(clone, [shop(text)], { target }))).toMatchObject({ outcome: 'published' });
    git(clone, 'pull', '--quiet', '--ff-only');
  }
  expect(git(origin, 'log', '-1', '--format=%b')).toContain('[skip ci]');
  commitFile(clone, 'README.md', 'words');
  expect(await publish(publishOptions(clone, [shop('two')], { target }))).toMatchObject({ outcome: 'unchanged', commit: undefined });
});
