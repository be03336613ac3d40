import { join } from 'node:path';
import { expect, test } from 'vitest';
import { planPublish } from '../../lib/runtime-repo/publish.ts';
import { appUnit, bareRepo, commitFile, configRepo, filesOf, foreignCommit, git, publishOptions } from './fixture.ts';
import { runPublisher } from './processes.ts';
import type { PublisherInput } from './publisher.ts';

const ten = Array.from({ length: 10 }, (_, i) => i);

async function race(inputs: readonly PublisherInput[]) {
  const ended = await Promise.all(inputs.map((input) => runPublisher(input)));
  expect(ended.map(({ err }) => err).join('')).toBe('');
  expect(ended.map(({ out }) => (JSON.parse(out) as { outcome: string }).outcome)).toEqual(inputs.map(() => 'published'));
}

function expectLinear(bare: string, commits: number) {
  expect(git(bare, 'rev-list', '--count', 'main')).toBe(String(commits));
  expect(git(bare, 'rev-list', '--min-parents=2', 'main')).toBe('');
  expect(git(bare, 'fsck', '--strict', '--no-dangling')).toBe('');
}

test('ten publishers of different environments to one empty remote branch all land', async () => {
  const bare = bareRepo();
  const folders = ten.map(() => configRepo());
  await race(ten.map((i) => ({ folder: folders[i] ?? '', target: { url: bare }, scope: { environments: [`env${i}`] }, units: [appUnit('shop', `env${i}`, { 'web.yaml': String(i) })] })));
  expect(filesOf(bare)).toEqual(Object.fromEntries(ten.map((i) => [`apps/env${i}/shop/web.yaml`, String(i)])));
  expectLinear(bare, 10);
});

test('ten publishers of different apps on one machine all land in the embedded repo that they make at once', async () => {
  const folder = configRepo();
  const unit = (i: number) => appUnit(`app${i}`, 'prod', { 'web.yaml': String(i) });
  await race(ten.map((i) => ({ folder, scope: { environments: ['prod'], apps: [`app${i}`] }, units: [unit(i)] })));
  const bare = join(folder, '.slipway/runtime.git');
  expect(filesOf(bare)).toEqual(Object.fromEntries(ten.map((i) => [`apps/prod/app${i}/web.yaml`, String(i)])));
  expectLinear(bare, 10);
  expect((await planPublish(publishOptions(folder, ten.map(unit)))).plan.deletes).toEqual([]);
});

test('publishers and a person who edits beside them all land', async () => {
  const bare = bareRepo();
  foreignCommit(bare, { 'README.md': '0' });
  const folder = configRepo();
  commitFile(folder, 'apps/shop.ts', 'two');
  const publishers = race(ten.slice(0, 4).map((i) => ({ folder, target: { url: bare }, scope: { environments: [`env${i}`] }, units: [appUnit('shop', `env${i}`, { 'web.yaml': String(i) })] })));
  let landed = 1;
  for (let i = 1; i <= 5; i += 1) {
    try {
      foreignCommit(bare, { 'README.md': String(i) });
      landed += 1;
    } catch (error) {
      expect(String(error)).toMatch(/rejected/);
    }
    await new Promise((resolve) => { setTimeout(resolve, 150); });
  }
  await publishers;
  expect(Object.keys(filesOf(bare))).toEqual(['README.md', ...ten.slice(0, 4).map((i) => `apps/env${i}/shop/web.yaml`)]);
  expectLinear(bare, 4 + landed);
});
