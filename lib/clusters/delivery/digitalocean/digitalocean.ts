import * as digitalocean from '@pulumi/digitalocean';
import * as pulumi from '@pulumi/pulumi';
import type { CloudOf, DeliveryArgs, DeliveryProvider, MadeDelivery } from '../delivery.ts';

/** A delivery at DigitalOcean: the registry. Its repositories appear when something is pushed to them. */
export class DigitalOceanDelivery extends pulumi.ComponentResource implements MadeDelivery {
  readonly repositories: MadeDelivery['repositories'];
  readonly pipelineIdentities: MadeDelivery['pipelineIdentities'] = {};
  readonly sources: MadeDelivery['sources'] = {};
  readonly outputs: MadeDelivery['outputs'];

  constructor({ delivery }: DeliveryArgs<'digital-ocean'>, opts: pulumi.ComponentResourceOptions = {}) {
    super('slipway:delivery:DigitalOcean', delivery.name, {}, opts);
    const endpoint = endpointOf(delivery.name, delivery.cloud, this);
    this.repositories = Object.fromEntries(delivery.apps.flatMap(({ app, images }) => (images === undefined ? [] : [[app, Object.fromEntries(Object.entries(images.names).map(([key, name]) => [key, pulumi.interpolate`${endpoint}/${name}`]))]])));
    this.outputs = { registry: endpoint };
    this.registerOutputs({ repositories: this.repositories, ...this.outputs });
  }
}

/** Host and name of the registry: of a new one, or of one that has to be there. */
function endpointOf(name: string, { registry, region, tier }: CloudOf<'digital-ocean'>, parent: pulumi.Resource): pulumi.Output<string> {
  if (registry.existing) return digitalocean.getContainerRegistriesOutput({ name: registry.name }, { parent }).endpoint;
  // Whoever deletes a registry deletes every image in it.
  return new digitalocean.ContainerRegistry(name, { name: registry.name, region, subscriptionTierSlug: tier }, { parent, protect: true }).endpoint;
}

export const provider: DeliveryProvider<'digital-ocean'> = { kind: 'digital-ocean', make: (args, opts) => new DigitalOceanDelivery(args, opts) };
