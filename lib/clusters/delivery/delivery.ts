import type { ComponentResourceOptions, Input, Output } from '@pulumi/pulumi';
import type { Cloud, CloudKind } from '../../model/delivery/clouds.ts';
import type { Delivery } from '../../model/delivery/delivery.ts';

/** A cloud's own settings of a delivery. */
export type CloudOf<Kind extends CloudKind> = Extract<Cloud, { readonly kind: Kind }>;

/** A delivery as one cloud makes it. */
export type DeliveryOf<Kind extends CloudKind> = Delivery & { readonly cloud: CloudOf<Kind> };

/** What a provider gets: the delivery as `environments/delivery/` describes it, checked against the fleet. */
export interface DeliveryArgs<Kind extends CloudKind> {
  readonly delivery: DeliveryOf<Kind>;
}

/** Where a source is cloned from. */
export interface CloneUrls {
  readonly https: Output<string>;
  readonly ssh: Output<string>;
}

/** A delivery that is made, or going to be: what the stack's outputs tell. Nothing of it is a secret, because nothing of it is a credential. */
export interface MadeDelivery {
  /** What images are pushed to and pulled from, without a tag, by app and by the image's key in the app's `images`. */
  readonly repositories: Readonly<Record<string, Readonly<Record<string, Output<string>>>>>;
  /** The identity by which the app's pipeline pushes, by app: the ARN of a role. */
  readonly pipelineIdentities: Readonly<Record<string, Output<string>>>;
  /** Sources that are made, by app. */
  readonly sources: Readonly<Record<string, CloneUrls>>;
  /** What the cloud tells beside these, by the name of the stack's output. */
  readonly outputs: Readonly<Record<string, Input<unknown>>>;
}

/** Makes deliveries in one cloud. Its folder is loaded only for a stack whose delivery is of this cloud. */
export interface DeliveryProvider<Kind extends CloudKind> {
  readonly kind: Kind;
  /** Makes the delivery's resources, all below one component named like the delivery (`slipway:delivery:<Cloud>`). */
  make(args: DeliveryArgs<Kind>, opts?: ComponentResourceOptions): MadeDelivery;
}
