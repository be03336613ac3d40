import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type * as pulumi from '@pulumi/pulumi';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bootstrapProvider } from '../../lib/clusters/bootstrap/provider.ts';
import { registrationProvider } from '../../lib/clusters/forge/provider.ts';
import { leftoversProvider } from '../../lib/clusters/leftovers/provider.ts';
import { startDynamicProvider, type DynamicProvider, type Properties } from '../e2e/harness/dynamic-provider.ts';
import { filesUnder, root, textOf } from '../source-files.ts';
import { playedRepository, playForge, type PlayedForge } from './forge/played-forge.ts';
import { startApiDouble, type ApiDouble } from './leftovers/api-double.ts';

const publicKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl slipway-prod-eu';
const ours = { id: 7, title: 'slipway/prod-eu', key: publicKey, readOnly: true };
const others = { id: 8, title: 'slipway/prod-us', key: 'ssh-ed25519 AAAA', readOnly: true };

/** What each dynamic resource keeps in the stack's state, by the file of its provider. */
const deleted: Readonly<Record<string, { readonly provider: pulumi.dynamic.ResourceProvider; readonly state: (cluster: ApiDouble, forge: PlayedForge) => Properties }>> = {
  'lib/clusters/bootstrap/provider.ts': {
    provider: bootstrapProvider,
    state: ({ kubeconfig }) => ({ cluster: 'prod-eu', controller: 'argo-cd', identity: 'id-1', kubeconfig, adopt: false, follow: true, contract: 1, commit: 'c'.repeat(40) }),
  },
  'lib/clusters/forge/provider.ts': {
    provider: registrationProvider,
    state: (_, { api }) => ({ cluster: 'prod-eu', forge: 'github', api, repository: playedRepository.github, publicKey, token: 'the-token', keyId: ours.id, title: ours.title }),
  },
  'lib/clusters/leftovers/provider.ts': {
    provider: leftoversProvider,
    state: ({ kubeconfig }) => ({ cluster: 'prod-eu', identity: 'id-1', kubeconfig }),
  },
};

describe('what pulumi destroy does of its own', () => {
  const stops: (() => Promise<void>)[] = [];
  let programs: string;
  let cluster: ApiDouble;
  let forge: PlayedForge;

  beforeAll(async () => {
    programs = await mkdtemp(join(tmpdir(), 'slipway-destroy-'));
    stops.push(() => rm(programs, { recursive: true }));
    // Whoever runs Git runs this one, which remembers it and does nothing.
    await writeFile(join(programs, 'git'), '#!/bin/sh\necho "$@" >> "$(dirname "$0")/calls"\nexit 1\n');
    await chmod(join(programs, 'git'), 0o755);
    await writeFile(join(programs, 'calls'), '');
    cluster = await startApiDouble({ 'v1 Service': [], 'v1 Node': [], 'v1 PersistentVolume': [], 'networking.k8s.io/v1 Ingress': [], 'argoproj.io/v1alpha1 Application': [{ metadata: { namespace: 'argocd', name: 'prod-eu' } }] });
    stops.push(cluster.stop);
    forge = await playForge('github');
    stops.push(() => forge.stop());
    forge.tokens = { 'the-token': 'manage' };
    forge.keys = [ours, others];
  });
  afterAll(async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  });

  it('is known here of every dynamic resource that a stack makes', () => {
    const resources = filesUnder('lib/clusters', /\.ts$/).filter((path) => /extends pulumi\.dynamic\.Resource\b/.test(textOf(path)));
    expect(resources.map((path) => path.replace(/[^/]+$/, 'provider.ts'))).toEqual(Object.keys(deleted).sort());
  });

  it.each(Object.entries(deleted))('touches neither Git nor what the controller applied, and at the forge this cluster\'s key alone: %s', { timeout: 180_000 }, async (_, { provider: functions, state }) => {
    const provider: DynamicProvider = await startDynamicProvider(functions, root, { ...process.env, PATH: `${programs}${delimiter}${process.env['PATH'] ?? ''}` });
    stops.push(() => provider.stop());
    await provider.remove('x', state(cluster, forge));
    expect(await readFile(join(programs, 'calls'), 'utf8')).toBe('');
    expect(cluster.requests.filter((request) => !request.startsWith('GET '))).toEqual([]);
    expect(forge.keys).toContainEqual(others);
    const changes = forge.heard.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);
    expect(changes.filter((change) => change !== `DELETE /repos/${playedRepository.github}/keys/${ours.id}`)).toEqual([]);
  });
});
