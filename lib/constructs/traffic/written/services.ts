import type { IgnoredFields } from '../../../manifests/rendered.ts';
import { textAt } from '../../../values/fields.ts';
import type { RolloutFacts } from './rollout-facts.ts';
import { ignored, type Siblings } from './siblings.ts';

/**
 * Argo Rollouts adds the hash of a version's pods to the selector of its Service. A selector is one value for the API server: whoever applies it takes it
 * as a whole, and a pointer to a key that Git doesn't have can't be kept by Flux.
 */
export function serviceFields({ versions, blueGreen }: RolloutFacts, siblings: Siblings): IgnoredFields[] {
  const names = [...versions, textAt(blueGreen, 'activeService'), textAt(blueGreen, 'previewService')].filter((name) => name !== undefined);
  return siblings.named('', 'Service', names).flatMap((service) => ignored(service, {
    jsonPointers: ['/spec/selector'],
    jq: ['.spec.selector["rollouts-pod-template-hash"]'],
  }));
}
