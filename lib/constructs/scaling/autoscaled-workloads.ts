import type { KubeObject } from '../../manifests/rendered.ts';
import { compareText } from '../../values/errors.ts';

/** A workload whose number of pods an autoscaler sets: a controller must leave `/spec/replicas` alone. */
export interface AutoscaledWorkload {
  /** API group, such as `apps`. */
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  /** @default - none written */
  readonly namespace?: string;
}

/** The workloads that autoscalers among some objects scale, sorted: what tracking objects ignore differences of. */
export function autoscaledWorkloads(objects: readonly KubeObject[]): AutoscaledWorkload[] {
  const found = objects.flatMap((object) => {
    if (object.kind !== 'HorizontalPodAutoscaler') return [];
    const target = (object.spec as { readonly scaleTargetRef?: { readonly apiVersion?: string; readonly kind?: string; readonly name?: string } } | undefined)?.scaleTargetRef;
    if (target?.kind === undefined || target.name === undefined) return [];
    const slash = target.apiVersion?.indexOf('/') ?? -1;
    const namespace = object.metadata?.namespace;
    return [{ group: target.apiVersion?.slice(0, Math.max(slash, 0)) ?? '', kind: target.kind, name: target.name, ...(namespace !== undefined && { namespace }) }];
  });
  return found.sort((a, b) => compareText(keyOf(a), keyOf(b)));
}

function keyOf(workload: AutoscaledWorkload): string {
  return [workload.namespace ?? '', workload.group, workload.kind, workload.name].join('/');
}
