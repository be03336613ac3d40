import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { planPublish, publish } from '../../lib/runtime-repo/publish.ts';
import { appUnit, bareRepo, commitFile, configRepo, filesOf, foreignCommit, git, publishOptions } from './fixture.ts';

const shop = (tag: string) => appUnit('shop', 'prod', { 'deployment-web.yaml': `image: shop:${tag}`, 'service-web.yaml': 'kind: Service' }, tag);

test('the first publish makes the embedded repo, a second with the same render does nothing', async () => {
  const folder = configRepo();
  const first = await publish(publishOptions(folder, [shop('1.0.0')]));
  expect(first.outcome).toBe('published');
  const bare = join(folder, '.slipway/runtime.git');
  expect(filesOf(bare)).toEqual({ 'apps/prod/shop/deployment-web.yaml': 'image: shop:1.0.0', 'apps/prod/shop/service-web.yaml': 'kind: Service' });
  expect(git(folder, 'status', '--porcelain')).toBe('');
  expect(readdirSync(join(folder, '.slipway/cache'))).toEqual([]);
  const second = await publish(publishOptions(folder, [shop('1.0.0')]));
  expect(second).toMatchObject({ outcome: 'unchanged', commit: undefined });
  expect(git(bare, 'rev-list', '--count', 'main')).toBe('1');
});

test.each([['a server that leaves file contents out', 'true'], ['a server that cannot', 'false']])('publishes to an empty remote and on top of what is there, by %s', async (_, filter) => {
  const folder = configRepo();
  const bare = bareRepo();
  git(bare, 'config', 'uploadpack.allowFilter', filter);
  const target = { url: `file://${bare}` };
  expect(await publish(publishOptions(folder, [shop('1.0.0')], { target }))).toMatchObject({ outcome: 'published', before: undefined });
  const before = foreignCommit(bare, { 'README.md': 'ours', 'apps/prod/shop/notes.txt': 'a neighbour' });
  commitFile(folder, 'apps/shop.ts', 'two');
  const result = await publish(publishOptions(folder, [shop('1.1.0')], { target }));
  expect(result).toMatchObject({ outcome: 'published', before });
  expect(filesOf(bare)).toEqual({
    'README.md': 'ours', 'apps/prod/shop/notes.txt': 'a neighbour', 'apps/prod/shop/deployment-web.yaml': 'image: shop:1.1.0', 'apps/prod/shop/service-web.yaml': 'kind: Service',
  });
  expect(git(bare, 'fsck', '--strict')).toBe('');
  expect(existsSync(join(folder, '.slipway/runtime.git'))).toBe(false);
});

test('everything lies below the path of the target, and nothing beside it is touched', async () => {
  const folder = configRepo();
  const bare = bareRepo();
  foreignCommit(bare, { 'apps/prod/shop/deployment-web.yaml': 'not ours', 'deploy/another/apps/prod/shop/service-web.yaml': 'a neighbour' });
  await publish(publishOptions(folder, [shop('1.0.0')], { target: { url: bare, path: 'deploy/runtime' } }));
  const files = filesOf(bare, 'main', true);
  expect(files['apps/prod/shop/deployment-web.yaml']).toBe('not ours');
  expect(Object.keys(files).filter((path) => !path.startsWith('deploy/runtime/'))).toEqual(['apps/prod/shop/deployment-web.yaml', 'deploy/another/apps/prod/shop/service-web.yaml']);
  expect(files).toHaveProperty(['deploy/runtime/.slipway/apps/prod/shop.json']);
});

test('the message says for people and machines what went from which version to which', async () => {
  const folder = configRepo();
  await publish(publishOptions(folder, [shop('1.0.0'), appUnit('api', 'prod', { 'a.yaml': '1' })]));
  const source = commitFile(folder, 'apps/shop.ts', 'two');
  const result = await publish(publishOptions(folder, [shop('1.1.0'), appUnit('api', 'prod', { 'a.yaml': '1' })]));
  expect(result).toMatchObject({ message: { subject: 'prod: shop 1.0.0 -> 1.1.0' } });
  const bare = join(folder, '.slipway/runtime.git');
  expect(git(bare, 'log', '-1', '--format=%(trailers:unfold)', 'main').trim().split('\n')).toEqual([`Slipway-Source: ${source}`, 'Slipway-Scope: all', 'Slipway-Environment: prod', 'Slipway-App: shop']);
  expect(git(bare, 'log', '-1', '--format=%an <%ae> %ct', 'main')).toBe(`Slipway <slipway@localhost> ${Date.UTC(2026, 2, 1, 12) / 1000}`);
});

test('the plan shows the texts before and after, and writes nothing', async () => {
  const folder = configRepo();
  await publish(publishOptions(folder, [shop('1.0.0')]));
  commitFile(folder, 'apps/shop.ts', 'two');
  const plan = await planPublish(publishOptions(folder, [shop('2.0.0')]));
  expect(plan.plan.files).toEqual([{ path: 'apps/prod/shop/deployment-web.yaml', unit: 'apps/prod/shop', change: 'changed' }]);
  expect(plan.texts.get('apps/prod/shop/deployment-web.yaml')).toEqual({ before: 'image: shop:1.0.0', after: 'image: shop:2.0.0' });
  expect(git(join(folder, '.slipway/runtime.git'), 'rev-list', '--count', 'main')).toBe('1');
});
