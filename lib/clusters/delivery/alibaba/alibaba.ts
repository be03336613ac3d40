import * as alicloud from '@pulumi/alicloud';
import * as pulumi from '@pulumi/pulumi';
import type { DeliveryArgs, DeliveryOf, DeliveryProvider, MadeDelivery } from '../delivery.ts';
import { oidcProviders, pushRole } from './identities.ts';
import { imageRepositories, type MadeRepositories } from './repositories.ts';

/** A delivery in Alibaba Cloud: image repositories of Container Registry Enterprise Edition, and RAM roles that pipelines elsewhere take on. */
export class AlibabaDelivery extends pulumi.ComponentResource implements MadeDelivery {
  readonly repositories: MadeDelivery['repositories'];
  readonly pipelineIdentities: MadeDelivery['pipelineIdentities'];
  readonly sources: MadeDelivery['sources'] = {};
  readonly outputs: MadeDelivery['outputs'];

  constructor({ delivery }: DeliveryArgs<'alibaba'>, opts: pulumi.ComponentResourceOptions = {}) {
    super('slipway:delivery:Alibaba', delivery.name, {}, opts);
    const { apps, cloud, name } = delivery;
    const provider = new alicloud.Provider(`${name}-alicloud`, { region: cloud.region }, { parent: this });
    const own = { parent: this, provider };
    const namespace = namespaceOf(delivery, own);
    const instance = instanceName(delivery, own);
    const repositories = new Map<string, MadeRepositories>(apps.map((app) => [app.app, imageRepositories(delivery, app, namespace, own)]));
    const providers = oidcProviders(delivery, own);
    const registry = pulumi.interpolate`${instance}-registry.${cloud.region}.cr.aliyuncs.com`;
    this.repositories = Object.fromEntries([...repositories].filter(([, made]) => Object.keys(made).length > 0).map(([app, made]) => [app, Object.fromEntries(Object.entries(made).map(([key, repository]) => [key, pulumi.interpolate`${registry}/${repository.namespace}/${repository.name}`]))]));
    this.pipelineIdentities = Object.fromEntries(apps.flatMap((app) => {
      const { pipeline } = app;
      if (pipeline === undefined || pipeline.kind === 'codepipeline') return [];
      return [[app.app, pushRole(delivery, app, pipeline, { provider: providers.get(pipeline.issuer) ?? '', repositories: repositories.get(app.app) ?? {} }, own).arn]];
    }));
    this.outputs = {
      region: cloud.region,
      registry,
      // What pods in the registry's network pull from, without a way over the internet.
      registryInVpc: pulumi.interpolate`${instance}-registry-vpc.${cloud.region}.cr.aliyuncs.com`,
      ...(providers.size > 0 && { oidcProviders: Object.fromEntries(providers) }),
    };
    this.registerOutputs({ repositories: this.repositories, pipelineIdentities: this.pipelineIdentities, ...this.outputs });
  }
}

/** The namespace of the repositories: one that exists, or a new one in which nothing appears by being pushed. */
function namespaceOf({ name, cloud }: DeliveryOf<'alibaba'>, opts: pulumi.CustomResourceOptions): pulumi.Input<string> {
  if (cloud.namespace.existing) return cloud.namespace.name;
  return new alicloud.cs.RegistryEnterpriseNamespace(name, { instanceId: cloud.registryInstance, name: cloud.namespace.name, autoCreate: false, defaultVisibility: 'PRIVATE' }, { ...opts, protect: true }).name;
}

/** Name of the registry's instance, which its host begins with. Without details: they hold a password. */
function instanceName({ cloud }: DeliveryOf<'alibaba'>, opts: pulumi.InvokeOptions): pulumi.Output<string> {
  return alicloud.cs.getRegistryEnterpriseInstancesOutput({ ids: [cloud.registryInstance], enableDetails: false }, opts).names.apply((names) => {
    const [found] = names;
    if (found === undefined) throw new pulumi.RunError(`expected the instance ${cloud.registryInstance} of Container Registry in ${cloud.region}, got none: name one of this account and region`);
    return found;
  });
}

export const provider: DeliveryProvider<'alibaba'> = { kind: 'alibaba', make: (args, opts) => new AlibabaDelivery(args, opts) };
