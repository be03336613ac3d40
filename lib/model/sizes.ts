import { z } from 'zod';
import { quantitySchema } from './schema.ts';
import { compareQuantities, quantityProblem } from '../values/quantity.ts';

/** Requests and limits of one container, as `resources` has them. */
export const resourcesSchema = z.strictObject({
  cpu: quantitySchema,
  memory: quantitySchema,
  cpuLimit: quantitySchema.optional(),
  memoryLimit: quantitySchema.optional(),
  ephemeralStorage: quantitySchema.optional(),
}).superRefine((size, context) => {
  for (const [request, limit] of [['cpu', 'cpuLimit'], ['memory', 'memoryLimit']] as const) {
    const ceiling = size[limit];
    if (ceiling === undefined || quantityProblem(ceiling) !== undefined || quantityProblem(size[request]) !== undefined) continue;
    if (compareQuantities(ceiling, size[request]) < 0) {
      context.addIssue({ code: 'custom', path: [limit], message: `expected a limit of at least the request ${size[request]}, got ${ceiling}` });
    }
  }
});

export const sizesSchema = z.record(z.string().min(1), resourcesSchema);

/** What a container may use. */
export type Resources = z.output<typeof resourcesSchema>;

/** What a container may use; quantities as Kubernetes writes them. */
export interface ResourcesInput {
  /** CPU request (`resources.requests.cpu`). */
  readonly cpu: string;
  /** Memory request (`resources.requests.memory`). */
  readonly memory: string;
  /** CPU limit. @default - none: a limit only throttles what the node has to spare */
  readonly cpuLimit?: string;
  /** Memory limit. @default - the memory request, so that a pod is never killed for another's use */
  readonly memoryLimit?: string;
  /** Ephemeral storage, request and limit. @default - none */
  readonly ephemeralStorage?: string;
}

/** Sizes by name. */
export type SizesInput = Readonly<Record<string, ResourcesInput>>;

/** The sizes every fleet has; an environment or a cluster may say otherwise, name by name. */
export const defaultSizes: Readonly<Record<string, Resources>> = {
  small: { cpu: '100m', memory: '256Mi' },
  medium: { cpu: '250m', memory: '512Mi' },
  large: { cpu: '1', memory: '1Gi' },
};
