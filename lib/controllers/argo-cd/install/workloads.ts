import type { KustomizationPatch } from '../../../manifests/kustomization.ts';
import type { ArgoCd } from '../../../model/argo-cd-options.ts';
import type { Resources } from '../../../model/sizes.ts';
import { argoCdWorkloads, type Workload } from './components.ts';
import { checksumFor, type Parameters } from './parameters.ts';

/** What is in the template of pods that would otherwise not notice a change of what they read at start. */
const parametersAnnotation = 'slipway.dev/parameters';

/** One patch for each workload of which anything differs from upstream. */
export function workloadPatches(options: ArgoCd, parameters: Parameters): KustomizationPatch[] {
  return argoCdWorkloads(options).flatMap((workload) => {
    const spec = specOf(workload, options, parameters);
    return Object.keys(spec).length === 0 ? [] : [{ patch: { apiVersion: 'apps/v1', kind: workload.kind, metadata: { name: workload.name }, spec } }];
  });
}

/** How many pods of a workload the options ask for. */
export function replicasOf(workload: Workload, options: ArgoCd): number {
  return wantedReplicas(workload, options) ?? workload.replicas;
}

function wantedReplicas(workload: Workload, options: ArgoCd): number | undefined {
  if (workload.component === 'applicationController') return options.controller.shards === 1 ? undefined : options.controller.shards;
  const settings = options.components[workload.component];
  return settings !== false && 'replicas' in settings ? settings.replicas : undefined;
}

function specOf(workload: Workload, options: ArgoCd, parameters: Parameters): object {
  const replicas = wantedReplicas(workload, options);
  const checksum = checksumFor(workload.component, parameters);
  const pod = podSpec(workload, options, replicas);
  const template = {
    ...(checksum !== undefined && { metadata: { annotations: { [parametersAnnotation]: checksum } } }),
    ...(Object.keys(pod).length > 0 && { spec: pod }),
  };
  return {
    ...(replicas !== undefined && { replicas }),
    ...(Object.keys(template).length > 0 && { template }),
  };
}

function podSpec(workload: Workload, options: ArgoCd, replicas: number | undefined): object {
  const settings = options.components[workload.component];
  const own = settings === false ? {} : settings;
  const { placement, images } = options;
  const nodeSelector = { ...placement.nodeSelector, ...own.nodeSelector };
  const tolerations = [...(own.tolerations ?? []), ...(placement.tolerations ?? [])];
  const priorityClassName = own.priorityClass ?? placement.priorityClass;
  const env = environment(workload, options, replicas);
  const container = {
    ...(env.length > 0 && { env }),
    ...(own.resources !== undefined && { resources: resourceRequirements(own.resources) }),
  };
  return {
    ...(Object.keys(container).length > 0 && { containers: [{ name: workload.container, ...container }] }),
    ...(images.pullSecrets.length > 0 && { imagePullSecrets: images.pullSecrets.map((name) => ({ name })) }),
    ...(Object.keys(nodeSelector).length > 0 && { nodeSelector }),
    ...(priorityClassName !== undefined && { priorityClassName }),
    ...(tolerations.length > 0 && { tolerations }),
  };
}

/** How a process knows how many of its kind there are, and what has no place in the ConfigMap. */
function environment(workload: Workload, options: ArgoCd, replicas: number | undefined): { readonly name: string; readonly value: string }[] {
  switch (workload.component) {
    case 'applicationController':
      return replicas === undefined ? [] : [{ name: 'ARGOCD_CONTROLLER_REPLICAS', value: String(replicas) }];
    case 'repoServer':
      return options.repoServer.execTimeout === undefined ? [] : [{ name: 'ARGOCD_EXEC_TIMEOUT', value: options.repoServer.execTimeout }];
    case 'server':
      return replicas === undefined ? [] : [{ name: 'ARGOCD_API_SERVER_REPLICAS', value: String(replicas) }];
    case 'applicationSet':
    case 'dex':
    case 'notifications':
    case 'redis':
    case 'redisProxy':
      return [];
    default:
      return workload.component satisfies never;
  }
}

function resourceRequirements({ cpu, memory, cpuLimit, memoryLimit, ephemeralStorage }: Resources): object {
  return {
    requests: { cpu, memory, ...(ephemeralStorage !== undefined && { 'ephemeral-storage': ephemeralStorage }) },
    limits: {
      ...(cpuLimit !== undefined && { cpu: cpuLimit }),
      memory: memoryLimit ?? memory,
      ...(ephemeralStorage !== undefined && { 'ephemeral-storage': ephemeralStorage }),
    },
  };
}
