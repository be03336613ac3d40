import type { KustomizationImage, KustomizationPatch } from '../../../manifests/kustomization.ts';
import type { Flux } from '../../../model/flux-options.ts';
import type { Resources } from '../../../model/sizes.ts';
import { fluxDeployments, installed, type FluxComponent } from './workloads.ts';

/** One patch for each controller whose replicas, resources or placement differ from upstream's. */
export function workloadPatches(options: Flux): KustomizationPatch[] {
  return installed(options).flatMap((component) => {
    const settings = options.components[component];
    const replicas = settings !== false && 'replicas' in settings ? settings.replicas : undefined;
    const pod = podFields(component, options);
    if (replicas === undefined && Object.keys(pod).length === 0) return [];
    return [{
      patch: {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: fluxDeployments[component], namespace: 'flux-system' },
        spec: { ...(replicas !== undefined && { replicas }), ...(Object.keys(pod).length > 0 && { template: { spec: pod } }) },
      },
    }];
  });
}

/** What of a controller's pods the options say. */
export function podFields(component: FluxComponent, options: Pick<Flux, 'components' | 'images' | 'placement'>): Readonly<Record<string, unknown>> {
  const settings = options.components[component];
  const own = settings === false ? {} : settings;
  const { placement, images } = options;
  const nodeSelector = { ...placement.nodeSelector, ...own.nodeSelector };
  const tolerations = [...(own.tolerations ?? []), ...(placement.tolerations ?? [])];
  const priorityClassName = own.priorityClass ?? placement.priorityClass;
  return {
    ...(own.resources !== undefined && { containers: [{ name: 'manager', resources: resourceRequirements(own.resources) }] }),
    ...(images.pullSecrets.length > 0 && { imagePullSecrets: images.pullSecrets.map((name) => ({ name })) }),
    ...(Object.keys(nodeSelector).length > 0 && { nodeSelector }),
    ...(priorityClassName !== undefined && { priorityClassName }),
    ...(tolerations.length > 0 && { tolerations }),
  };
}

/** A controller's limit of memory is what its garbage collector goes by, so there is always one. */
function resourceRequirements(resources: Resources): object {
  const storage = resources.ephemeralStorage === undefined ? {} : { 'ephemeral-storage': resources.ephemeralStorage };
  return {
    requests: { cpu: resources.cpu, memory: resources.memory, ...storage },
    // A key set to null takes upstream's limit away.
    limits: { cpu: resources.cpuLimit ?? null, memory: resources.memoryLimit ?? resources.memory, ...storage },
  };
}

/** A controller's image as upstream names it, without its tag. */
export function upstreamImage(deployment: string): string {
  return `ghcr.io/fluxcd/${deployment}`;
}

/** The mirror's names of the images; their tags stay those of upstream's manifest. */
export function imageSources(options: Flux): KustomizationImage[] {
  const mirror = options.images.mirror;
  if (mirror === undefined) return [];
  return installed(options).map((component) => fluxDeployments[component]).map((name) => ({ name: upstreamImage(name), newName: `${mirror}/fluxcd/${name}` }));
}
