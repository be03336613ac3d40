import { layout } from '../../manifests/layout.ts';
import type { KubeObject } from '../../manifests/rendered.ts';
import type { Hosted } from '../controller.ts';
import { applicationOf } from './application.ts';
import { rootName } from './names.ts';

/** The Application that follows the folder in which it lies itself: everything else of the cluster is reached from it. */
export function rootApplication(input: Hosted): KubeObject {
  return applicationOf({
    name: rootName,
    role: 'environment',
    from: { folder: layout.root(input.cluster.name) },
    cluster: input.cluster,
    sync: 'automated',
    dependsOn: [],
    autoscaled: [],
    rollouts: [],
    encrypted: false,
  }, input);
}
