import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registrationProvider } from '../../../lib/clusters/forge/provider.ts';
import { playForge, playedRepository, type PlayedForge } from '../../clusters/forge/played-forge.ts';
import { createRepository, type GitRepository } from '../harness/controllers/git-repository.ts';
import { startDynamicProvider, type DynamicProvider, type Properties } from '../harness/dynamic-provider.ts';
import { named, whyWithout } from '../harness/need.ts';
import { root } from '../harness/sample-fleet.ts';
import { startSshGit, type KeyPair, type SshGit } from '../harness/ssh-git.ts';

const reason = await whyWithout('sshgit');

describe.skipIf(reason).each(['gitea', 'github', 'gitlab'] as const)(named('a Git server that lets in whom %s lists', reason), { timeout: 180_000 }, (kind) => {
  const stops: (() => Promise<void>)[] = [];
  let runtime: GitRepository;
  let server: SshGit;
  let forge: PlayedForge;
  let provider: DynamicProvider;
  let keys: Record<'ours' | 'next' | 'other', KeyPair>;

  /** Whether a key opens the repository now. */
  const opens = async (key: KeyPair): Promise<boolean> => {
    await server.letIn(forge.keys);
    const { code, stdout, stderr } = await server.git(key, 'ls-remote', server.url(runtime.name), 'refs/heads/main');
    if (code !== 0) expect(stderr).toContain('Permission denied (publickey)');
    else expect(stdout).toContain(await runtime.head());
    return code === 0;
  };
  const inputs = (key: KeyPair): Properties => ({ cluster: 'prod-eu', forge: kind, api: forge.api, repository: playedRepository[kind], publicKey: key.publicKey, token: 'the-token' });

  beforeAll(async () => {
    runtime = await createRepository();
    await runtime.commit('First', { 'a.txt': 'a\n' });
    server = await startSshGit(runtime.folder);
    stops.push(() => server.stop());
    forge = await playForge(kind);
    stops.push(() => forge.stop());
    provider = await startDynamicProvider(registrationProvider, root, { PATH: process.env['PATH'], HOME: runtime.folder });
    stops.push(() => provider.stop());
    keys = { ours: await server.keyPair('slipway-prod-eu'), next: await server.keyPair('slipway-prod-eu'), other: await server.keyPair('slipway-prod-us') };
    forge.tokens = { 'the-token': 'manage' };
    forge.keys = [{ id: 7, title: 'slipway/prod-us', key: keys.other.publicKey, readOnly: true }];
  }, 180_000);
  afterAll(async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  });

  it('opens to the deploy key once it is registered, for reading alone, and never shuts while the next one takes its place', async () => {
    expect([await opens(keys.ours), await opens(keys.other)]).toEqual([false, true]);
    const first = await provider.create(inputs(keys.ours));
    expect([await opens(keys.ours), await opens(keys.other)]).toEqual([true, true]);
    const pushed = await server.git(keys.ours, '--git-dir', runtime.path, 'push', server.url(runtime.name), 'main:refs/heads/other');
    expect(pushed.code).not.toBe(0);
    expect(pushed.stderr).toContain('this key may only read');
    const second = await provider.create(inputs(keys.next));
    expect([await opens(keys.ours), await opens(keys.next)]).toEqual([true, true]);
    await provider.remove(first.id, first.properties);
    expect([await opens(keys.ours), await opens(keys.next)]).toEqual([false, true]);
    await provider.remove(second.id, second.properties);
    expect([await opens(keys.next), await opens(keys.other)]).toEqual([false, true]);
  });
});
