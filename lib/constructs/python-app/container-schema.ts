import { z } from 'zod';
import { checkedText, dnsLabelSchema } from '../../model/schema.ts';
import { resourcesSchema } from '../../model/sizes.ts';
import { parseImageReference } from '../../values/image-reference.ts';
import { shown } from '../../values/shown.ts';
import { absolutePathSchema } from '../secret-use.ts';
import { envSchema, kubeObjectSchema, oneOf, portPropsSchema, probesSchema } from './field-schemas.ts';
import type { ContainerProps, InitContainerProps, SidecarProps } from './container-props.ts';

/** Fields of a schema, one for each field of an interface. */
export type ShapeOf<T> = Record<keyof Required<T>, z.ZodType>;

const imageSchema = oneOf('an image: one of the app\'s (images.main), or its name with a version', [
  checkedText((text) => parseImageReference(text) === undefined ? `expected an image such as registry.example/team/app:1.4.2, got ${shown(text)}` : undefined),
  z.strictObject({ name: z.string().min(1), repository: z.string().min(1), tag: z.string().optional(), digest: z.string().optional() }),
]);

/** Fields of every container. */
export const containerShape = {
  image: imageSchema,
  command: z.array(z.string()).optional(),
  args: z.array(z.string()).optional(),
  workingDir: absolutePathSchema.optional(),
  imagePullPolicy: z.enum(['Always', 'IfNotPresent', 'Never']).optional(),
  env: envSchema.optional(),
  envFrom: z.array(kubeObjectSchema).optional(),
  size: z.string().min(1).optional(),
  resources: resourcesSchema.optional(),
  securityContext: kubeObjectSchema.optional(),
} satisfies ShapeOf<ContainerProps>;

const extraShape = {
  ...containerShape,
  name: dnsLabelSchema,
  mounts: z.record(dnsLabelSchema, absolutePathSchema).optional(),
} satisfies ShapeOf<InitContainerProps>;

export const initContainerSchema = z.strictObject(extraShape);
export const sidecarSchema = z.strictObject({
  ...extraShape,
  ports: z.array(portPropsSchema).optional(),
  probes: probesSchema.optional(),
  native: z.boolean().optional(),
} satisfies ShapeOf<SidecarProps>);
