import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leftoversProvider } from '../../../lib/clusters/leftovers/provider.ts';
import { startDynamicProvider, type DynamicProvider } from '../../e2e/harness/dynamic-provider.ts';
import { startApiDouble, type ApiDouble } from './api-double.ts';

const root = process.cwd();
const balanced = { metadata: { namespace: 'shop', name: 'web' }, spec: { type: 'LoadBalancer' }, status: { loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } } };
const full = { 'v1 Service': [balanced], 'v1 Node': [], 'v1 PersistentVolume': [], 'networking.k8s.io/v1 Ingress': [] };
const empty = { ...full, 'v1 Service': [] };

describe('the guard of a cluster, in Pulumi\'s own process', () => {
  const stops: (() => Promise<void>)[] = [];
  let provider: DynamicProvider;
  let accepting: DynamicProvider;
  let cluster: ApiDouble;
  let cleared: ApiDouble;
  const state = (kubeconfig: string): Record<string, unknown> => ({ cluster: 'prod-eu', identity: 'id-1', kubeconfig });

  beforeAll(async () => {
    const env = { PATH: process.env['PATH'], HOME: process.env['HOME'] };
    provider = await startDynamicProvider(leftoversProvider, root, env);
    stops.push(() => provider.stop());
    accepting = await startDynamicProvider(leftoversProvider, root, { ...env, SLIPWAY_LEFT_BEHIND: 'accept' });
    stops.push(() => accepting.stop());
    [cluster, cleared] = await Promise.all([startApiDouble(full), startApiDouble(empty)]);
    stops.push(cluster.stop, cleared.stop);
  }, 120_000);
  afterAll(async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  }, 60_000);

  it('is made without asking the cluster, and keeps how it is reached', async () => {
    expect(await provider.create(state(cluster.kubeconfig))).toEqual({ id: 'prod-eu/leftovers', properties: state(cluster.kubeconfig) });
    expect(cluster.requests).toEqual([]);
  });

  it('has nothing to do on the next run, takes another kubeconfig in place, and is made anew with the cluster alone', async () => {
    const olds = state('old');
    expect(await provider.diff('x', olds, state('old'))).toEqual({ changes: false, replaces: [] });
    expect(await provider.diff('x', olds, state('renewed'))).toEqual({ changes: true, replaces: [] });
    expect(await leftoversProvider.update?.('x', olds, state('renewed'))).toEqual({ outs: state('renewed') });
    expect(await provider.diff('x', olds, { ...olds, identity: 'id-2' })).toEqual({ changes: true, replaces: ['identity'] });
    expect(await provider.diff('x', olds, { ...olds, cluster: 'prod-us' })).toEqual({ changes: true, replaces: ['cluster'] });
  });

  it('refuses to go while something would be left behind, and only reads', async () => {
    await expect(provider.remove('x', state(cluster.kubeconfig))).rejects.toThrow(/Service shop\/web: would leave behind a load balancer: 192\.0\.2\.1\n.*cluster prod-eu: .*found 1 thing\./);
    expect(cluster.requests.length).toBeGreaterThan(4);
    expect(cluster.requests.filter((request) => !request.startsWith('GET '))).toEqual([]);
  });

  it('goes where nothing is left', async () => {
    await provider.remove('x', state(cleared.kubeconfig));
    expect(cleared.requests).toContain('GET /api/v1/persistentvolumes');
  });

  it('goes where whoever runs Pulumi accepts it: the variable reaches the process', async () => {
    await accepting.remove('x', state(cluster.kubeconfig));
  });

  it('says why it can\'t look, without the credential', async () => {
    const wrong = state(cluster.kubeconfig.replace('the-token', 'an-expired-one'));
    const refused = await provider.remove('x', wrong).catch((error: unknown) => String(error));
    expect(refused).toMatch(/Service: can't be read: HTTP 401: Unauthorized/);
    expect(refused).toMatch(/cluster prod-eu: expected to see .* can't look\. .*\n.*SLIPWAY_LEFT_BEHIND=accept pulumi destroy/);
    expect(refused).not.toContain('an-expired-one');
  });
});
