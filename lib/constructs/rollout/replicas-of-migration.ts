import type { KubeObject } from '../../manifests/rendered.ts';
import { textAt } from '../../values/fields.ts';
import { autoscaledWorkloads, type AutoscaledWorkload } from '../scaling/autoscaled-workloads.ts';

/**
 * The workloads among some objects whose number of pods nobody shall reset while an app is on its way between a Deployment and a Rollout: a
 * Deployment that a Rollout takes over, which the controller scales down or the autoscaler left as it is; and a Rollout beside a Deployment
 * that the autoscaler turned to.
 */
export function replicasOfMigration(objects: readonly KubeObject[]): AutoscaledWorkload[] {
  const autoscaled = autoscaledWorkloads(objects);
  return objects.filter(({ kind }) => kind === 'Rollout').flatMap((rollout): AutoscaledWorkload[] => {
    const { name = '', namespace } = rollout.metadata ?? {};
    const at = namespace === undefined ? {} : { namespace };
    const [kind, taken] = [textAt(rollout, 'spec', 'workloadRef', 'kind'), textAt(rollout, 'spec', 'workloadRef', 'name')];
    if (kind === 'Deployment' && taken !== undefined) return [{ group: 'apps', kind, name: taken, ...at }];
    const turned = autoscaled.some((each) => each.kind === 'Deployment' && each.name === name && each.namespace === namespace);
    return turned ? [{ group: 'argoproj.io', kind: 'Rollout', name, ...at }] : [];
  });
}
