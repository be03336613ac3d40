import { readdirSync, readFileSync, writeFileSync, existsSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { publish } from '../../lib/runtime-repo/publish.ts';
import { appUnit, bareRepo, commitFile, configRepo, filesOf, git, publishOptions } from './fixture.ts';
import { killingGit, runPublisher } from './processes.ts';

/** Enough files that blobs go to a pack, and folders enough for several trees. */
const units = (text: string) => Array.from({ length: 12 }, (_, i) => appUnit(`app${i}`, 'prod', Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`f${n}.yaml`, `${text} ${i} ${n}`]))));
const rendered = (text: string) => Object.fromEntries(units(text).flatMap(({ files }) => files.map((file) => [file.path, file.text])).sort());

type Place = { readonly folder: string; readonly bare: string; readonly target: { readonly url?: string } };

const places: Record<string, () => Place> = {
  embedded: () => {
    const folder = configRepo();
    return { folder, bare: join(folder, '.slipway/runtime.git'), target: {} };
  },
  remote: () => {
    const bare = bareRepo();
    return { folder: configRepo(), bare, target: { url: bare } };
  },
};

/** The branch holds nothing, the old render or the new one, whole; nothing is damaged. */
function expectWhole({ bare }: Place, allowed: readonly string[]) {
  if (!existsSync(join(bare, 'HEAD'))) return expect(allowed).toContain('nothing');
  expect(git(bare, 'fsck', '--strict', '--no-dangling')).toBe('');
  if (git(bare, 'branch', '--list', 'main') === '') return expect(allowed).toContain('nothing');
  const texts = allowed.filter((text) => text !== 'nothing').map((text) => rendered(text));
  expect(texts).toContainEqual(filesOf(bare));
}

async function expectNextRunWorks(place: Place, text: string) {
  await publish(publishOptions(place.folder, units(text), { target: place.target }));
  expect(filesOf(place.bare)).toEqual(rendered(text));
  expect(git(place.bare, 'fsck', '--strict', '--no-dangling')).toBe('');
  expect(readdirSync(join(place.folder, '.slipway/cache'))).toEqual([]);
}

test.each(Object.keys(places))('killed before any of its calls of Git or after the last, a publish to the %s repo leaves the old state or the new, and the next run works', async (name) => {
  const place = places[name]?.() ?? expect.unreachable();
  await publish(publishOptions(place.folder, units('first'), { target: place.target }));
  const counting = killingGit();
  commitFile(place.folder, 'apps/shop.ts', 'counted');
  await runPublisher({ folder: place.folder, target: place.target, units: units('counted'), git: { binary: counting.binary } });
  const calls = readFileSync(counting.counter, 'utf8').trim().split('\n').length;
  expect(calls).toBeGreaterThan(12);
  let live = 'counted';
  for (let point = 1; point <= calls + 1; point += 1) {
    const [at, when] = point <= calls ? [point, 'before'] : [calls, 'after'];
    const text = `${at} ${when}`;
    commitFile(place.folder, 'apps/shop.ts', text);
    const wrapper = killingGit();
    const ended = await runPublisher({ folder: place.folder, target: place.target, units: units(text), git: { binary: wrapper.binary } }, { env: { KILL_AT: String(at), KILL_WHEN: when } });
    expect(ended.signal).toBe('SIGKILL');
    expectWhole(place, [live, text]);
    if (at % 4 === 0) await expectNextRunWorks(place, text);
    live = filesOf(place.bare)['apps/prod/app0/f0.yaml']?.replace(/ 0 0$/, '') ?? '';
  }
}, 300_000);

test('killed on its first run, at any time and with every Git that it started, it leaves nothing or the first commit, and the next run works', async () => {
  for (const [name, make] of Object.entries(places)) {
    for (let after = 250; after < 850; after += 120) {
      const place = make();
      await runPublisher({ folder: place.folder, target: place.target, units: units('one') }, { killAfter: after });
      expectWhole(place, ['nothing', 'one']);
      await expectNextRunWorks(place, 'one').catch((error: unknown) => { throw new Error(`${name} killed after ${after} ms`, { cause: error }); });
    }
  }
}, 300_000);

test('a lock on the branch that a killed process left is cleared once it is old', async () => {
  const { folder, bare } = places['embedded']?.() ?? expect.unreachable();
  await publish(publishOptions(folder, units('one')));
  commitFile(folder, 'apps/shop.ts', 'two');
  const lock = join(bare, 'refs/heads/main.lock');
  writeFileSync(lock, '');
  await expect(publish(publishOptions(folder, units('two'), { tries: 2, random: () => 0 }))).rejects.toThrow(/others moved it first 2 times/);
  utimesSync(lock, new Date(0), new Date(0));
  await publish(publishOptions(folder, units('two')));
  expect(filesOf(bare)).toEqual(rendered('two'));
});
