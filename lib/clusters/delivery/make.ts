import type * as pulumi from '@pulumi/pulumi';
import type { CloudKind } from '../../model/delivery/clouds.ts';
import type { Delivery } from '../../model/delivery/delivery.ts';
import type { DeliveryOf } from './delivery.ts';
import { loadDeliveryProvider } from './providers.ts';

/** Makes what a delivery describes; the outputs of its stack. */
export async function makeDelivery(delivery: Delivery): Promise<Readonly<Record<string, pulumi.Input<unknown>>>> {
  const provider = await loadDeliveryProvider<CloudKind>(delivery.cloud.kind);
  const { outputs, pipelineIdentities, repositories, sources } = provider.make({ delivery: delivery as DeliveryOf<CloudKind> });
  return { ...outputs, repositories, pipelineIdentities, sources };
}
