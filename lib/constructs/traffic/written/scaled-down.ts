import type { IgnoredFields, KubeObject } from '../../../manifests/rendered.ts';
import { numberAt, textAt } from '../../../values/fields.ts';
import { ignored, type Siblings } from './siblings.ts';

/** A Rollout that takes its pods from a Deployment (`workloadRef`) may scale that one down, in its own time. */
export function scaledDownFields(rollout: KubeObject, siblings: Siblings): IgnoredFields[] {
  const mode = textAt(rollout, 'spec', 'workloadRef', 'scaleDown');
  if (mode === undefined || mode === 'never') return [];
  return siblings.named('apps', 'Deployment', [textAt(rollout, 'spec', 'workloadRef', 'name') ?? '']).filter((deployment) => numberAt(deployment, 'spec', 'replicas') !== undefined)
    .flatMap((deployment) => ignored(deployment, { jsonPointers: ['/spec/replicas'], liveWins: true }));
}
