import type { IgnoredFields, KubeObject } from '../../../manifests/rendered.ts';
import { compareText } from '../../../values/errors.ts';
import { albFields } from './alb-ingresses.ts';
import { gatewayRouteFields } from './gateway-routes.ts';
import { istioFields } from './istio-objects.ts';
import { rolloutFacts } from './rollout-facts.ts';
import { scaledDownFields } from './scaled-down.ts';
import { serviceFields } from './services.ts';
import { Siblings } from './siblings.ts';
import { traefikFields } from './traefik-services.ts';

/**
 * The fields of a folder's objects that Argo Rollouts and its Gateway API plugin write: neither controller is to put Git's values there while a canary runs.
 * Read from the Rollouts themselves, however they and the objects beside them were made. Sorted.
 */
export function writtenFields(objects: readonly KubeObject[]): IgnoredFields[] {
  const found = objects.filter((object) => object.kind === 'Rollout' && object.apiVersion.startsWith('argoproj.io/')).flatMap((rollout) => {
    const facts = rolloutFacts(rollout);
    const siblings = new Siblings(objects, facts);
    return [
      ...serviceFields(facts, siblings),
      ...gatewayRouteFields(facts, siblings),
      ...istioFields(facts, siblings),
      ...traefikFields(facts, siblings),
      ...albFields(facts, siblings),
      ...scaledDownFields(rollout, siblings),
    ];
  });
  // Lines order as names do: a name comes before those that it begins.
  const byText = new Map(found.map((each) => [[each.namespace, each.group, each.kind, each.name, ...each.jsonPointers].join('\n'), each]));
  return [...byText].sort(([a], [b]) => compareText(a, b)).map(([, each]) => each);
}
