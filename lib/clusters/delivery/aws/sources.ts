import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import type { AppDelivery } from '../../../model/delivery/delivery.ts';
import type { DeliveryOf } from '../delivery.ts';
import { appTags } from './tags.ts';

/** Makes the Git repository of an app's source, which is never deleted by mistake; undefined where the source lives elsewhere. Its default branch becomes one as soon as it is pushed. */
export function sourceRepository({ name, cloud }: DeliveryOf<'aws'>, delivered: AppDelivery, opts: pulumi.CustomResourceOptions): aws.codecommit.Repository | undefined {
  const { source } = delivered;
  if (source === undefined) return undefined;
  return new aws.codecommit.Repository(`${name}/${delivered.app}`, {
    repositoryName: source.name,
    description: `source of ${delivered.app}`,
    defaultBranch: source.defaultBranch,
    ...(cloud.kmsKey !== undefined && { kmsKeyId: cloud.kmsKey }),
    tags: appTags(delivered),
  }, { ...opts, protect: true });
}
