import type { IgnoredFields } from '../../../manifests/rendered.ts';
import { listAt, textAt } from '../../../values/fields.ts';
import type { RolloutFacts } from './rollout-facts.ts';
import { ignored, type Siblings } from './siblings.ts';
import { changedWeights, everyWeight, quoted, type Weight } from './weights.ts';

/** Groups of Traefik 3 and 2. */
const groups = ['traefik.io', 'traefik.containo.us'];

/** Argo Rollouts sets the weights of a TraefikService. */
export function traefikFields({ routing, versions }: RolloutFacts, siblings: Siblings): IgnoredFields[] {
  const name = textAt(routing, 'traefik', 'weightedTraefikServiceName') ?? '';
  return groups.flatMap((group) => siblings.named(group, 'TraefikService', [name])).flatMap((service) => {
    const weights = listAt(service, 'spec', 'weighted', 'services').flatMap((value, index): Weight[] => !versions.includes(textAt(value, 'name') ?? '') ? [] : [{
      pointer: `/spec/weighted/services/${index}/weight`,
      list: '.spec.weighted.services[]?',
      item: `.name == ${quoted(textAt(value, 'name') ?? '')}`,
      value,
    }]);
    return ignored(service, { jsonPointers: weights.map(({ pointer }) => pointer), jq: everyWeight(weights), jqWhereChanged: changedWeights(weights) });
  });
}
