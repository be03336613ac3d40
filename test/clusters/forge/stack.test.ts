import { describe, expect, it } from 'vitest';
import { DeployKeyRegistration } from '../../../lib/clusters/forge/resource.ts';
import type { Repository } from '../../../lib/model/repository.ts';
import { existingStack, one } from '../existing-stack.ts';
import { runProgram, type Ran } from '../mock-engine.ts';

const deployKey: Repository = { url: 'git@github.com:acme/runtime.git', branch: 'main', path: '', credential: { kind: 'deploy-key' } };
const types = { key: 'tls:index/privateKey:PrivateKey', registration: 'pulumi-nodejs:dynamic/slipway:DeployKeyRegistration', secret: 'kubernetes:core/v1:Secret', bootstrap: 'pulumi-nodejs:dynamic/slipway:Bootstrap' };

/** Runs the stack of a cluster of the tests' fleet whose deploy key is told to be registered. */
async function stackOf({ config = { 'slipway:forgeToken': 'the-forge-token' }, name = 'staging', preview = false, repository = deployKey }: { readonly config?: Readonly<Record<string, string>>; readonly name?: 'dev' | 'staging'; readonly preview?: boolean; readonly repository?: Repository }): Promise<Ran<Readonly<Record<string, unknown>>>> {
  return await existingStack({ config, name, preview, repository, outputs: {
    [types.key]: () => ({ privateKeyOpenssh: 'the-private-part', publicKeyOpenssh: 'ssh-ed25519 AAAA\n' }),
    [types.registration]: () => ({ keyId: 7, title: 'slipway/staging SHA256:abc' }),
  } });
}

describe('the stack of a cluster whose forge is told how to be asked', () => {
  it('registers the key of this cluster at the repository, its token a secret', async () => {
    const { resources, result, valueOf } = await stackOf({});
    const { additionalSecretOutputs, inputs, name } = one(resources, types.registration);
    const { __provider: program, ...rest } = inputs;
    expect({ name, ...rest }).toEqual({ name: 'staging-deploy-key', cluster: 'staging', forge: 'github', api: 'https://api.github.com', repository: 'acme/runtime', publicKey: 'ssh-ed25519 AAAA slipway-staging', token: { secret: 'the-forge-token' } });
    expect(additionalSecretOutputs).toContain('token');
    expect(String(program)).toContain('slipway/deploy-key');
    expect(await valueOf(result['deployKeyTitle'])).toEqual({ value: 'slipway/staging SHA256:abc', secret: false, known: true });
    expect(result).not.toHaveProperty('deployKeyPage');
  });

  it('brings the key to the cluster once it is let in, and waits for the root to follow', async () => {
    const { resources } = await stackOf({});
    const [registration, secret] = [one(resources, types.registration), one(resources, types.secret)];
    expect(registration.dependsOn).toContain(one(resources, types.key).urn);
    expect(secret.dependsOn).toContain(registration.urn);
    expect(secret.inputs['stringData']).toEqual({ secret: expect.objectContaining({ sshPrivateKey: 'the-private-part' }) });
    expect(one(resources, types.bootstrap)).toMatchObject({ inputs: { follow: true } });
    expect(one(resources, types.bootstrap).dependsOn).toContain(secret.urn);
  });

  it('shows the token nowhere in plain, and asks for the same on a second run', async () => {
    const [first, second] = [await stackOf({ name: 'dev' }), await stackOf({ name: 'dev' })];
    expect(first.resources).toEqual(second.resources);
    expect(JSON.stringify(first.resources, (key, value: unknown) => (key === 'secret' ? undefined : value))).not.toMatch(/the-forge-token|the-private-part/);
  });

  it('makes a secret of a token that comes in plain', async () => {
    const { resources } = await runProgram({ stack: 'dev' }, () => new DeployKeyRegistration('dev-deploy-key', { cluster: 'dev', forge: 'gitea', api: 'https://codeberg.org/api/v1', repository: 'acme/runtime', publicKey: 'ssh-ed25519 AAAA', token: 'plain' }));
    expect(one(resources, types.registration).inputs['token']).toEqual({ secret: 'plain' });
  });

  it('previews before there is a key', async () => {
    const { resources } = await stackOf({ preview: true });
    expect(one(resources, types.registration).inputs).toMatchObject({ publicKey: 'unknown', token: { secret: 'the-forge-token' } });
  });

  it('tells by which page a person lets the key in, and registers nothing, without a token', async () => {
    const { resources, result } = await stackOf({ config: {} });
    expect(resources.map(({ type }) => type)).not.toContain(types.registration);
    expect(result).toMatchObject({ deployKeyPage: 'https://github.com/acme/runtime/settings/keys/new', deployKeyBelongsTo: deployKey.url });
    expect(one(resources, types.bootstrap)).toMatchObject({ inputs: { follow: false } });
  });

  it.each([
    ['a forge that nobody knows', { repository: { ...deployKey, url: 'git@git.acme.example:acme/runtime.git' } }, /^slipway:forge: expected which kind of forge git\.acme\.example is/m],
    ['a token that nothing needs', { repository: { url: 'https://github.com/acme/runtime', branch: 'main', path: '' } }, /^slipway:forgeToken: expected none/m],
  ])('refuses %s before anything is made', async (_, options, message) => {
    await expect(stackOf(options)).rejects.toThrow(message);
  });
});
