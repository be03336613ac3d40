import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { registrationProvider } from '../../../lib/clusters/forge/provider.ts';
import { titleOf } from '../../../lib/clusters/forge/registration.ts';
import { startDynamicProvider, type DynamicProvider, type Properties } from '../../e2e/harness/dynamic-provider.ts';
import { root } from '../../e2e/harness/sample-fleet.ts';
import { playedRepository, playForge, type PlayedForge } from './played-forge.ts';

const first = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl slipway-prod-eu';
const second = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAfuCHKVTjquxvt6CM6tdG4SLp1Btn/nOeHHE5UOzRdf slipway-prod-eu';
const other = { id: 7, title: 'slipway/prod-us', key: 'ssh-ed25519 AAAAother', readOnly: true };

describe('the registration of a deploy key in Pulumi\'s own process for dynamic resources', { timeout: 180_000 }, () => {
  let forge: PlayedForge;
  let provider: DynamicProvider;
  let inputs: Properties;
  beforeAll(async () => {
    forge = await playForge('gitea');
    provider = await startDynamicProvider(registrationProvider, root, { PATH: process.env['PATH'], HOME: root });
    inputs = { cluster: 'prod-eu', forge: 'gitea', api: forge.api, repository: playedRepository.gitea, publicKey: first, token: 'the-token' };
  });
  afterAll(async () => {
    await provider.stop();
    await forge.stop();
  });
  beforeEach(() => {
    forge.keys = [other];
    forge.tokens = { 'the-token': 'own' };
  });

  it('registers the key, finds nothing to do on the next run, and removes that key alone', async () => {
    const { id, properties } = await provider.create(inputs);
    expect(id).toBe(titleOf({ cluster: 'prod-eu', publicKey: first }));
    expect(forge.keys).toEqual([other, { id: properties['keyId'], title: id, key: first, readOnly: true }]);
    expect(await provider.diff(id, properties, inputs)).toEqual({ changes: false, replaces: [] });
    expect(await provider.read(id, properties)).toEqual({ id, properties });
    await provider.remove(id, properties);
    await provider.remove(id, properties);
    expect(forge.keys).toEqual([other]);
  });

  it('replaces a key by registering the next one before the former one goes', async () => {
    const made = await provider.create(inputs);
    const news = { ...inputs, publicKey: second };
    expect(await provider.diff(made.id, made.properties, news)).toEqual({ changes: true, replaces: ['publicKey'] });
    const next = await provider.create(news);
    expect(forge.keys.map(({ key }) => key)).toEqual([other.key, first, second]);
    await provider.remove(made.id, made.properties);
    expect(forge.keys.map(({ key }) => key)).toEqual([other.key, second]);
    await provider.remove(next.id, next.properties);
  });

  it.each(['api', 'forge', 'repository'])('makes another registration for another %s', async (name) => {
    expect(await provider.diff('id', { ...inputs, keyId: 1, title: 'x' }, { ...inputs, [name]: 'another' })).toEqual({ changes: true, replaces: [name] });
  });

  it('takes another token without touching the key, and brings back a key that went with the former token', async () => {
    const { id, properties } = await provider.create(inputs);
    const news = { ...inputs, token: 'the-next-token' };
    expect(await provider.diff(id, properties, news)).toEqual({ changes: true, replaces: [] });
    forge.tokens = { 'the-next-token': 'own' };
    const before = [...forge.keys];
    const updated = await provider.update(id, properties, news);
    expect(updated).toEqual({ ...properties, token: 'the-next-token' });
    expect(forge.keys).toEqual(before);
    forge.keys = [other];
    forge.tokens = { 'a-third-token': 'own' };
    const again = await provider.update(id, updated, { ...inputs, token: 'a-third-token' });
    expect(forge.keys).toEqual([other, expect.objectContaining({ id: again['keyId'], key: first })]);
  });

  it('is gone for a refresh when somebody removed the key at the forge', async () => {
    const { id, properties } = await provider.create(inputs);
    forge.keys = [other];
    expect((await provider.read(id, properties)).id).toBe('');
  });

  it('says what the forge refuses, without a stack and without the token', async () => {
    const failed = await provider.create({ ...inputs, token: 'stale-token' }).catch(String) as string;
    expect(failed).toMatch(/the deploy key of prod-eu at 127\.0\.0\.1:\d+, acme\/runtime: expected a token that Gitea takes, got HTTP 401/);
    expect(failed).not.toMatch(/stale-token|\n\s+at /);
  });
});
