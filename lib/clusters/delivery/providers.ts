import type { CloudKind } from '../../model/delivery/clouds.ts';
import { needing } from '../providers.ts';
import type { DeliveryProvider } from './delivery.ts';

const loaders: { readonly [Kind in CloudKind]: { readonly name: string; readonly load: () => Promise<{ readonly provider: DeliveryProvider<Kind> }> } } = {
  alibaba: { name: '@pulumi/alicloud', load: () => import('./alibaba/alibaba.ts') },
  aws: { name: '@pulumi/aws', load: () => import('./aws/aws.ts') },
  'digital-ocean': { name: '@pulumi/digitalocean', load: () => import('./digitalocean/digitalocean.ts') },
};

/** Loads what makes deliveries in a cloud, and nothing of the others. @throws SlipwayError naming the package to install */
export async function loadDeliveryProvider<Kind extends CloudKind>(kind: Kind): Promise<DeliveryProvider<Kind>> {
  const { name, load }: { readonly name: string; readonly load: () => Promise<{ readonly provider: DeliveryProvider<Kind> }> } = loaders[kind];
  return (await needing(name, `deliveries in ${kind}`, load)).provider;
}
