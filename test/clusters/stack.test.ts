import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { needing } from '../../lib/clusters/providers.ts';
import { clusterOfStack } from '../../lib/clusters/stack.ts';
import type { Repository } from '../../lib/model/repository.ts';
import type { Cluster } from '../../lib/model/cluster.ts';
import { SlipwayError } from '../../lib/values/errors.ts';
import { existingStack, one } from './existing-stack.ts';
import type { Ran, Registered } from './mock-engine.ts';

const privateKey = '-----BEGIN OPENSSH PRIVATE KEY-----\nthe-private-part\n-----END OPENSSH PRIVATE KEY-----\n';
const url = 'git@github.com:acme/runtime.git';
const from = (credential: Repository['credential'], at = url): Repository => ({ url: at, branch: 'main', path: '', ...(credential !== undefined && { credential }) });

/** Runs a stack with a key that is known once it is made. */
async function stackOf(name: 'dev' | 'staging', repository: Repository, config: Readonly<Record<string, string>> = {}, preview = false): Promise<Ran<Readonly<Record<string, unknown>>>> {
  return await existingStack({ name, repository, config, preview, outputs: { 'tls:index/privateKey:PrivateKey': () => ({ privateKeyOpenssh: privateKey, publicKeyOpenssh: 'ssh-ed25519 AAAA\n' }) } });
}
const secretType = 'kubernetes:core/v1:Secret';
const bootstrapType = 'pulumi-nodejs:dynamic/slipway:Bootstrap';

describe('the stack of a cluster', () => {
  it('makes a deploy key of its own and brings it to Argo CD before the bootstrap, its private part as a secret', async () => {
    const { resources, result, valueOf } = await stackOf('staging', from({ kind: 'deploy-key' }));
    const secret = one(resources, secretType);
    expect(secret.inputs).toEqual({
      apiVersion: 'v1', kind: 'Secret',
      metadata: { name: 'runtime-repo', namespace: 'argocd', labels: { 'argocd.argoproj.io/secret-type': 'repository' } },
      stringData: { secret: { type: 'git', url, sshPrivateKey: privateKey } },
    });
    expect(one(resources, 'tls:index/privateKey:PrivateKey')).toMatchObject({ name: 'staging-deploy-key', inputs: { algorithm: 'ED25519' } });
    expect(one(resources, bootstrapType).dependsOn).toContain(secret.urn);
    expect(await valueOf(result['deployKey'])).toEqual({ value: 'ssh-ed25519 AAAA slipway-staging', secret: false, known: true });
  });

  it('gives Flux the same key in its own words, with the host\'s published key', async () => {
    const { resources } = await stackOf('dev', from({ kind: 'deploy-key' }));
    expect(one(resources, secretType).inputs).toMatchObject({
      metadata: { name: 'flux-system', namespace: 'flux-system' },
      stringData: { secret: { identity: privateKey, 'identity.pub': 'ssh-ed25519 AAAA slipway-dev', known_hosts: expect.stringMatching(/^github\.com ssh-ed25519 \S+\n$/) } },
    });
  });

  it('leaves the controller\'s namespace where it is when the stack goes', async () => {
    const { resources } = await stackOf('staging', from({ kind: 'deploy-key' }));
    expect(one(resources, 'kubernetes:core/v1:Namespace')).toMatchObject({ retainOnDelete: true, inputs: { metadata: { name: 'argocd' } } });
  });

  it('identifies the bootstrap by the cluster, never by what it applies, and waits for nobody who has to let a new key in', async () => {
    const { inputs, additionalSecretOutputs } = one((await stackOf('staging', from({ kind: 'deploy-key' }))).resources, bootstrapType);
    const { __provider: program, ...rest } = inputs;
    expect(rest).toEqual({ cluster: 'staging', controller: 'argo-cd', identity: 'https://staging.k8s.example', contract: 1, adopt: false, follow: false, kubeconfig: { secret: expect.stringContaining('the-token') } });
    expect(additionalSecretOutputs).toContain('kubeconfig');
    expect(String(program)).toContain('slipway/bootstrap');
    const { inputs: others } = one((await stackOf('staging', from({ kind: 'secret', name: 'token' }), { 'slipway:repositoryToken': 'the-repo-token' })).resources, bootstrapType);
    expect(others['follow']).toBe(true);
  });

  it('asks for the same on a second run', async () => {
    const run = async (): Promise<readonly Registered[]> => (await stackOf('dev', from({ kind: 'deploy-key' }))).resources;
    expect(await run()).toEqual(await run());
  });

  it('previews before there is a key', async () => {
    const { resources, result, valueOf } = await stackOf('dev', from({ kind: 'deploy-key' }), {}, true);
    expect(resources.map(({ type }) => type)).toContain(bootstrapType);
    expect(await valueOf(result['deployKey'])).toMatchObject({ known: false });
  });

  it('shows no credential in plain, and none of another context of the kubeconfig at all', async () => {
    const { resources } = await stackOf('staging', from({ kind: 'secret', name: 'token' }), { 'slipway:repositoryToken': 'the-repo-token' });
    const withoutSecrets = JSON.stringify(resources, (key, value: unknown) => (key === 'secret' ? undefined : value));
    expect(withoutSecrets).not.toMatch(/the-token|the-repo-token/);
    expect(JSON.stringify(resources)).not.toContain('the-token-of-the-other');
    expect(JSON.stringify(resources)).toContain('the-repo-token');
  });

  it.each([
    ['a token', from({ kind: 'secret', name: 'token' }), /^slipway:repositoryToken: expected the token or password .*\n.*pulumi config set --secret slipway:repositoryToken$/m],
    ['the key of a GitHub App', from({ kind: 'github-app', appId: 7, installationId: 8, privateKeySecret: 'vault' }, 'https://github.com/acme/runtime'), /slipway:githubAppPrivateKey: expected the private key of the GitHub App 7/],
    ['the keys of a host that nobody vouches for', from({ kind: 'deploy-key' }, 'ssh://git@git.acme.example:2222/runtime.git'), /slipway:knownHosts: expected the host keys of \[git\.acme\.example\]:2222.*\n.*ssh-keyscan -p 2222 git\.acme\.example/],
  ])('names %s that the config lacks', async (_, repository, message) => {
    await expect(stackOf('dev', repository)).rejects.toThrow(message);
  });

  it('is named like a cluster', () => {
    const clusters = [{ name: 'dev' }, { name: 'prod-eu' }] as unknown as Cluster[];
    expect(clusterOfStack({ clusters }, 'dev')).toBe(clusters[0]);
    expect(() => clusterOfStack({ clusters }, 'prod-us')).toThrow(/^stack prod-us: expected a stack named like a cluster.*\n.*Did you mean "prod-eu"\? Known: dev, prod-eu\.$/);
  });
});

describe('a package that isn\'t installed', () => {
  const missing = (name: string): Error => Object.assign(new Error(`Cannot find package '${name}' imported from x`), { code: 'ERR_MODULE_NOT_FOUND' });

  it('is named with the command that installs it', async () => {
    await expect(needing('@pulumi/aws', 'clusters of eks', () => Promise.reject(missing('@pulumi/aws')))).rejects.toThrow('@pulumi/aws: expected this package for clusters of eks, which isn\'t installed\n    fix: npm install --save-dev @pulumi/aws');
    await expect(needing('@pulumi/aws', 'clusters of eks', () => Promise.reject(missing('left-pad')))).rejects.not.toBeInstanceOf(SlipwayError);
  });

  it.each([['doks', 'digitalocean'], ['eks', 'aws'], ['ack', 'alicloud'], ['existing', undefined]])('of another cloud isn\'t loaded for %s', (kind, own) => {
    const script = `const { loadProvider } = await import('./lib/clusters/providers.ts'); await loadProvider('${kind}'); const { createRequire } = await import('node:module'); console.log(JSON.stringify([...new Set(Object.keys(createRequire(import.meta.url).cache).flatMap((path) => /@pulumi\\/(alicloud|aws|digitalocean|tls)\\//.exec(path)?.[1] ?? []))]));`;
    const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual(own === undefined ? [] : [own]);
  });
});
