import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ForgeKind } from '../../../lib/clusters/forge/forge.ts';
import { manageDeployKey, titleOf } from '../../../lib/clusters/forge/registration.ts';
import type { RegistrationInputs } from '../../../lib/clusters/forge/request.ts';
import { playedRepository, playForge, type Answered, type Heard, type PlayedForge } from './played-forge.ts';

const ours = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl slipway-prod-eu';
const next = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAfuCHKVTjquxvt6CM6tdG4SLp1Btn/nOeHHE5UOzRdf slipway-prod-eu';
const others = Array.from({ length: 250 }, (_, index) => ({ id: index + 1000, title: `slipway/other-${index}`, key: `ssh-ed25519 AAAAother${index}`, readOnly: true }));

describe.each(['gitea', 'github', 'gitlab'] as const)('a deploy key at %s', (kind: ForgeKind) => {
  let forge: PlayedForge;
  let inputs: RegistrationInputs;
  beforeEach(async () => {
    forge = await playForge(kind);
    forge.tokens = { 'the-token': 'manage', 'the-owners': 'own', 'a-reader': 'read' };
    forge.keys = [...others];
    inputs = { cluster: 'prod-eu', forge: kind, api: forge.api, repository: playedRepository[kind], publicKey: ours, token: 'the-token' };
  });
  afterEach(() => forge.stop());
  const register = async (more: Partial<RegistrationInputs> = {}): Promise<number> => (await manageDeployKey({ ...inputs, ...more, action: 'register' })).keyId ?? 0;
  const own = (): PlayedForge['keys'] => forge.keys.filter(({ title }) => title.startsWith('slipway/prod-eu'));

  it('is registered to read and no more, under the cluster\'s name', async () => {
    const outcome = await manageDeployKey({ ...inputs, action: 'register' });
    expect(own()).toEqual([{ id: outcome.keyId, title: 'slipway/prod-eu SHA256:+DiY3wvv', key: ours, readOnly: true }]);
    expect(outcome.title).toBe('slipway/prod-eu SHA256:+DiY3wvv');
  });

  it('is found among those of many clusters, and nothing is changed', async () => {
    const keyId = await register();
    const before = [...forge.keys];
    expect(await manageDeployKey({ ...inputs, action: 'look', keyId })).toEqual({ keyId, title: titleOf(inputs) });
    expect(await manageDeployKey({ ...inputs, action: 'ensure', keyId })).toEqual({ keyId, title: titleOf(inputs) });
    expect(forge.keys).toEqual(before);
  });

  it('stands beside the next one until it is removed, and only it is removed', async () => {
    const first = await register();
    const second = await register({ publicKey: next });
    expect(own().map(({ id }) => id)).toEqual([first, second]);
    await manageDeployKey({ ...inputs, action: 'remove', keyId: first });
    expect(forge.keys.map(({ id }) => id)).toEqual([...others.map(({ id }) => id), second]);
  });

  it('may be gone already when it is removed', async () => {
    expect(await manageDeployKey({ ...inputs, action: 'remove', keyId: 7 })).toEqual({ title: titleOf(inputs) });
    expect(forge.keys).toEqual(others);
  });

  it('is told to be gone when somebody removed it, and comes again', async () => {
    const keyId = await register();
    forge.keys = [...others];
    expect(await manageDeployKey({ ...inputs, action: 'look', keyId })).not.toHaveProperty('keyId');
    const again = await manageDeployKey({ ...inputs, action: 'ensure', keyId });
    expect(own().map(({ id }) => id)).toEqual([again.keyId]);
  });

  it('is registered anew when an earlier run\'s outcome was lost, so that removing the former number keeps it', async () => {
    const first = await register();
    const second = await register();
    expect(second).not.toBe(first);
    await manageDeployKey({ ...inputs, action: 'remove', keyId: first });
    expect(own()).toEqual([expect.objectContaining({ id: second, readOnly: true })]);
  });

  it('that may write by now is taken for gone, and may only read again', async () => {
    const keyId = await register();
    const owner = { ...inputs, token: 'the-owners' };
    expect(await manageDeployKey({ ...owner, action: 'look', keyId })).toHaveProperty('keyId');
    forge.keys = forge.keys.map((key) => (key.id === keyId ? { ...key, readOnly: false } : key));
    expect(await manageDeployKey({ ...owner, action: 'look', keyId })).not.toHaveProperty('keyId');
    await manageDeployKey({ ...owner, action: 'ensure', keyId });
    expect(own()).toEqual([expect.objectContaining({ readOnly: true })]);
  });

  it('that has another\'s number is not ours', async () => {
    expect(await manageDeployKey({ ...inputs, action: 'look', keyId: others[0]?.id ?? 0 })).not.toHaveProperty('keyId');
  });

  it.each([
    ['a wrong token', { token: 'stale' }, /expected a token that \w+ takes, got HTTP 401: .*Bad credentials[^]*slipway:forgeToken/],
    ['a token that may only read', { token: 'a-reader' }, /expected a token that may manage the deploy keys of acme\/.*, got HTTP 403: .*not accessible[^]*(Administration|"api"|write:repository)/],
    ['a repository that it doesn\'t show', { repository: 'acme/elsewhere' }, /expected the repository acme\/elsewhere at http.*, got HTTP 404: .*Not Found[^]*the token may not see it/],
    ['a token with a line break', { token: 'the-\ntoken' }, /expected a token of visible characters without spaces, got another text \(not shown\)/],
  ])('says what to do about %s, and never shows it', async (_, more, message) => {
    const failed = await register(more).catch(String) as string;
    expect(failed).toMatch(message);
    expect(failed).toMatch(/the deploy key of prod-eu at 127\.0\.0\.1:\d+, acme\//);
    expect(failed).not.toMatch(/stale|a-reader|the-\n?token/);
    expect(forge.keys).toEqual(others);
  });

  it('that is in use elsewhere is an error with the forge\'s own words', async () => {
    forge.elsewhere = [ours];
    await expect(register()).rejects.toThrow(/expected a key that is used nowhere else at \w+, got HTTP 4\d\d: .*(in use|taken|used)[^]*pulumi up --replace/);
  });

  it.each([301, 302, 307, 308])('follows a renamed repository on the same host by %i with the same method, and never to another host', async (status) => {
    const moved = ({ path }: Heard): Answered | undefined => (path.includes('renamed') ? { status, headers: { location: `${new URL(forge.api).pathname}${path.replace('renamed', 'runtime')}` } } : undefined);
    forge.instead = moved;
    const keyId = await register({ repository: inputs.repository.replace('runtime', 'renamed') });
    expect(own().map(({ id }) => id)).toEqual([keyId]);
    const thief = await playForge(kind);
    try {
      forge.instead = () => ({ status, headers: { location: `${thief.origin}/` } });
      await expect(register({ publicKey: next })).rejects.toThrow(/expected http:\/\/127\.0\.0\.1:\d+ to answer itself, got a redirect to http:\/\/127\.0\.0\.1:\d+, where the token isn't sent/);
      expect(thief.heard).toEqual([]);
    } finally {
      await thief.stop();
    }
  });

  it.each([
    ['a limit of requests', { status: 429, body: { message: 'Too many requests' } }, /it limits how often it is asked/],
    ['a limit told by 403', { status: 403, body: { message: 'API rate limit exceeded' }, headers: { 'x-ratelimit-remaining': '0' } }, /it limits how often it is asked/],
    ['a fault of the forge', { status: 502, body: '<html>Bad gateway</html>' }, /got HTTP 502: a web page[^]*run pulumi up again later/],
    ['a page for people in place of the API', { status: 200, body: '<!doctype html><title>Sign in</title>' }, /expected a list of deploy keys at .*, got a web page[^]*slipway:forgeApi/],
    ['another API', { status: 200, body: [{ name: 'x' }] }, /expected a list of deploy keys at .*, got a list of something else/],
    ['a forge that repeats the token', { status: 422, body: { message: 'bad header the-token' } }, /bad header \(hidden\)/],
    ['redirects without an end', { status: 302, headers: { location: '?again' } }, /got one redirect after the other/],
  ])('tells %s', async (_, answer, message) => {
    forge.instead = () => answer;
    const failed = await register().catch(String) as string;
    expect(failed).toMatch(message);
    expect(failed).not.toContain('the-token');
  });

  it('names a forge that can\'t be reached', async () => {
    await expect(register({ api: 'http://127.0.0.1:1' })).rejects.toThrow(/http:\/\/127\.0\.0\.1:1 can't be reached: /);
  });
});
