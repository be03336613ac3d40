import { describe, expect, it } from 'vitest';
import { makeDelivery } from '../../../lib/clusters/delivery/make.ts';
import { loadDeliveryProvider } from '../../../lib/clusters/delivery/providers.ts';
import { clusterOfStack, deliveryOfStack } from '../../../lib/clusters/stack.ts';
import type { Cluster } from '../../../lib/model/cluster.ts';
import { cloudKinds, digitalOceanCloud } from '../../../lib/model/delivery/clouds.ts';
import { imageRepository } from '../../../lib/model/delivery/images.ts';
import { deliveryOf } from '../../model/delivery/fleets.ts';
import { runProgram } from '../mock-engine.ts';

const delivery = deliveryOf(digitalOceanCloud({ registry: { existing: 'acme' } }), { storefront: { images: imageRepository() } });
const fleet = { clusters: [{ name: 'prod-eu' } as Cluster], deliveries: [delivery] };

describe('a stack', () => {
  it('is for the delivery of its name, else for the cluster', () => {
    expect(deliveryOfStack(fleet, 'images')).toBe(delivery);
    expect(deliveryOfStack(fleet, 'prod-eu')).toBe(undefined);
    expect(clusterOfStack(fleet, 'prod-eu')).toBe(fleet.clusters[0]);
  });

  it('that is for neither is told both, sorted', () => {
    expect(() => clusterOfStack(fleet, 'image')).toThrow(/^stack image: expected a stack named like a cluster of environments\/clusters\/ or a delivery of environments\/delivery\/\.\n.*Did you mean "images"\? Known: images, prod-eu\.$/);
  });

  it('of a delivery tells where images go, who may push them and where sources are', async () => {
    const { result, resources, calls, valueOf } = await runProgram({ stack: 'images', answers: { 'digitalocean:index/getContainerRegistries:getContainerRegistries': ({ name }) => ({ endpoint: `registry.digitalocean.com/${String(name)}` }) } }, () => makeDelivery(delivery));
    expect(await valueOf(result['repositories'])).toEqual({ value: { storefront: { main: 'registry.digitalocean.com/acme/storefront' } }, known: true, secret: false });
    expect([result['pipelineIdentities'], result['sources']]).toEqual([{}, {}]);
    expect(resources.map(({ type }) => type)).toEqual(['slipway:delivery:DigitalOcean']);
    expect(calls).toEqual(['digitalocean:index/getContainerRegistries:getContainerRegistries']);
  });

  it.each(cloudKinds)('of a delivery in %s loads what makes it', async (kind) => {
    expect((await loadDeliveryProvider(kind)).kind).toBe(kind);
  });
});
