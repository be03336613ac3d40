import type { KubeObject } from '../../manifests/rendered.ts';
import type { Hosted } from '../controller.ts';
import { rootTracked } from '../root-tracked.ts';
import { applicationOf } from './application.ts';

/** The Application that follows the folder in which it lies itself: everything else of the cluster is reached from it. */
export function rootApplication(input: Hosted): KubeObject {
  return applicationOf(rootTracked(input), input);
}
