import type { IResourceRequirements } from 'kubernetes-models/v1/ResourceRequirements';
import type { ResourcesInput } from '../../model/sizes.ts';

/** `resources` of a container: no CPU limit, which only throttles what the node has to spare, and memory limited to its request. */
export function resourceRequirements(size: ResourcesInput): IResourceRequirements {
  const { cpu, memory, cpuLimit, memoryLimit = memory, ephemeralStorage } = size;
  const storage = ephemeralStorage === undefined ? undefined : { 'ephemeral-storage': ephemeralStorage };
  return {
    requests: { cpu, memory, ...storage },
    limits: { ...(cpuLimit !== undefined && { cpu: cpuLimit }), memory: memoryLimit, ...storage },
  };
}
