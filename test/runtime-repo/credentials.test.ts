import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { publish } from '../../lib/runtime-repo/publish.ts';
import { isSameRepository, repositoryUrlProblem, withoutCredentials } from '../../lib/runtime-repo/url.ts';
import { appUnit, bareRepo, cleanEnv, commitFile, configRepo, filesOf, git, publishOptions, tempFolder } from './fixture.ts';
import { gitServer } from './git-server.ts';

const password = 'hunter2-hunter2';
const units = [appUnit('shop', 'prod', { 'web.yaml': 'one' })];

async function server() {
  const bare = bareRepo();
  git(bare, 'config', 'http.receivepack', 'true');
  const { url, requests } = await gitServer(dirname(bare), 'bot', password);
  return { bare, url: `${url}/runtime.git`, requests };
}

/** A stand-in for `git` that notes every argument and the arguments of every process that Git itself starts. */
function watchedGit() {
  const folder = tempFolder();
  const binary = join(folder, 'git');
  const log = join(folder, 'log');
  writeFileSync(log, '');
  writeFileSync(binary, `#!/bin/sh\nprintf '%s\\n' "$@" >> '${log}'\nGIT_TRACE='${log}' exec git "$@"\n`);
  chmodSync(binary, 0o755);
  return { binary, said: () => readFileSync(log, 'utf8') };
}

/** Every byte that lies in a folder, for looking after secrets. */
function everything(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1')).join('\n');
}

test('a credential helper opens an HTTP remote, and the password stands in no argument and no file', async () => {
  const { bare, url } = await server();
  const folder = configRepo();
  const watched = watchedGit();
  const helper = `!f() { test "$1" = get && printf 'username=bot\\npassword=%s\\n' "$TOKEN"; }; f`;
  const env = { ...cleanEnv, TOKEN: password, GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'credential.helper', GIT_CONFIG_VALUE_0: helper };
  for (const text of ['one', 'two']) {
    commitFile(folder, 'apps/shop.ts', `${text} render`);
    const result = await publish(publishOptions(folder, [appUnit('shop', 'prod', { 'web.yaml': text })], { target: { url }, git: { env, binary: watched.binary } }));
    expect(result).toMatchObject({ outcome: 'published', repository: url });
    expect(JSON.stringify(result)).not.toContain(password);
  }
  expect(filesOf(bare)['apps/prod/shop/web.yaml']).toBe('two');
  expect(watched.said()).toContain('push');
  expect(watched.said()).not.toContain(password);
  expect(everything(join(folder, '.slipway'))).not.toContain(password);
});

test('a token that the checkout keeps in the config repo\'s own settings is used for the runtime repo', async () => {
  const { bare, url } = await server();
  const folder = configRepo();
  const watched = watchedGit();
  git(folder, 'config', `http.${new URL(url).origin}/.extraheader`, `Authorization: Basic ${Buffer.from(`bot:${password}`).toString('base64')}`);
  await publish(publishOptions(folder, units, { target: { url }, git: { env: cleanEnv, binary: watched.binary } }));
  expect(filesOf(bare)).toHaveProperty(['apps/prod/shop/web.yaml']);
  expect(watched.said()).not.toContain(Buffer.from(`bot:${password}`).toString('base64'));
});

test('without a credential it fails at once and says how to give one', async () => {
  const { url } = await server();
  await expect(publish(publishOptions(configRepo(), units, { target: { url } }))).rejects.toThrow(/terminal prompts disabled[^]*credential helper/);
});

const failing = async (url: string, env: Record<string, string> = cleanEnv): Promise<string> => {
  try {
    await publish(publishOptions(configRepo(), units, { target: { url }, git: { env } }));
  } catch (error) {
    return String(error) + JSON.stringify(error);
  }
  return expect.unreachable();
};

test.each([`https://bot:${password}@example.invalid/r.git`, `https://${password}@example.invalid/r.git`, `ssh://git:${password}@example.invalid/r.git`, `http://bot:p@${password}@example.invalid/r`])('a URL that carries a credential is refused without showing it (%#)', async (url) => {
  const said = await failing(url);
  expect(said).toMatch(/expected a URL without user name and password, got one that carries them[^]*example\.invalid/);
  expect(said).not.toContain(password);
});

test('a password that Git\'s configuration would put into the URL is refused without showing it', async () => {
  const env = { ...cleanEnv, GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: `url.https://bot:${password}@example.invalid/.insteadOf`, GIT_CONFIG_VALUE_0: 'https://example.invalid/' };
  const said = await failing('https://example.invalid/r.git', env);
  expect(said).toMatch(/expected no password in a rewriting rule, but url\.https:\/\/example\.invalid\/\.insteadof applies/);
  expect(said).not.toContain(password);
});

test('what Git says is shown without credentials', async () => {
  const folder = tempFolder();
  const binary = join(folder, 'git');
  writeFileSync(binary, `#!/bin/sh\ncase "$*" in *"fetch --quiet"*) echo "fatal: unable to access 'https://bot:${password}@example.invalid/r.git/': 403. Authorization: Basic ${password}" >&2; exit 128;; esac\nexec git "$@"\n`);
  chmodSync(binary, 0o755);
  const error = await publish(publishOptions(configRepo(), units, { target: { url: 'https://example.invalid/r.git' }, git: { env: cleanEnv, binary } })).then(() => '', String);
  expect(error).toMatch(/unable to access 'https:\/\/example\.invalid\/r\.git\/': 403/);
  expect(error).not.toContain(password);
});

test.each(['https://example.com/r.git', 'ssh://git@example.com:22/r.git', 'git@example.com:acme/r.git', 'file:///srv/r.git', '/srv/r.git', '../r.git', 'host:r.git'])('%s is a URL', (url) => {
  expect(repositoryUrlProblem(url)).toBeUndefined();
});

test.each(['', '-upload-pack=x', '--upload-pack=x', 'ext::sh -c x', 'https://', 'a b', 'https://example.com/a\nb', 'r.git'])('%j is none', (url) => {
  expect(repositoryUrlProblem(url)?.message).toMatch(/expected a Git URL/);
});

test('credentials go from any URL in a text, and nothing else', () => {
  expect(withoutCredentials("fetch https://a:b@h/x and 'ssh://git@h/y' of git@h:z, mail a@b")).toBe("fetch https://h/x and 'ssh://h/y' of git@h:z, mail a@b");
});

test('one repository is recognised by every kind of URL', () => {
  const same = ['https://github.com/acme/runtime.git', 'git@github.com:acme/runtime.git', 'ssh://git@GitHub.com:22/acme/runtime', 'https://github.com/acme/runtime/'];
  for (const url of same) expect(isSameRepository(url, same[0] ?? '')).toBe(true);
  for (const url of ['https://github.com/acme/other', 'https://gitlab.com/acme/runtime', '/acme/runtime.git']) expect(isSameRepository(url, same[0] ?? '')).toBe(false);
  expect(isSameRepository('/srv/a.git', 'file:///srv/a.git')).toBe(true);
});
