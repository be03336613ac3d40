import type { IgnoredFields, KubeObject } from '../../../manifests/rendered.ts';
import { fieldsAt, listAt, textAt } from '../../../values/fields.ts';
import type { RolloutFacts } from './rollout-facts.ts';
import { ignored, type Siblings, type Written } from './siblings.ts';
import { addedItems, changedWeights, everyWeight, quoted, type Weight } from './weights.ts';

const group = 'networking.istio.io';

/** Argo Rollouts sets the weights of a VirtualService's routes, puts managed routes before them, and adds the hash of a version's pods to its subset. */
export function istioFields(rollout: RolloutFacts, siblings: Siblings): IgnoredFields[] {
  const istio = fieldsAt(rollout.routing, 'istio');
  const references = [fieldsAt(istio, 'virtualService'), ...listAt(istio, 'virtualServices')].filter((reference) => textAt(reference, 'name') !== undefined);
  const rule = fieldsAt(istio, 'destinationRule');
  const subsets = [textAt(rule, 'stableSubsetName'), textAt(rule, 'canarySubsetName')].filter((name) => name !== undefined);
  return [
    ...references.flatMap((reference) => {
      const [name = '', namespace] = (textAt(reference, 'name') ?? '').split('.');
      return siblings.named(group, 'VirtualService', [name], namespace).flatMap((service) => ignored(service, virtualServiceFields(service, textsAt(reference, 'routes'), subsets, rollout)));
    }),
    ...siblings.named(group, 'DestinationRule', [textAt(rule, 'name') ?? '']).flatMap((object) => ignored(object, destinationRuleFields(object, subsets, rollout))),
  ];
}

function virtualServiceFields(service: KubeObject, routes: readonly string[], subsets: readonly string[], { versions, managedRoutes, experiments }: RolloutFacts): Written {
  const weights: Weight[] = [];
  const grown: string[] = [];
  for (const protocol of ['http', 'tcp', 'tls']) {
    listAt(service, 'spec', protocol).forEach((route, index) => {
      const name = textAt(route, 'name');
      const destinations = listAt(route, 'route');
      if (protocol === 'http' && routes.length > 0 && !routes.includes(name ?? '')) return;
      const path = `/spec/${protocol}/${index}/route`;
      const list = `.spec.${protocol}[]?${name === undefined ? '' : ` | select(.name == ${quoted(name)})`} | .route[]?`;
      const found = destinations.flatMap((value, place): Weight[] => {
        const item = versionOf(fieldsAt(value, 'destination'), subsets, versions);
        return item === undefined ? [] : [{ pointer: `${path}/${place}/weight`, list, item, value }];
      });
      if (found.length > 0) grown.push(...addedItems(path, destinations.length, experiments));
      weights.push(...found);
    });
  }
  const added = [
    ...(managedRoutes.length > 0 ? [`.spec.http[]? | select(.name as $name | ${JSON.stringify(managedRoutes)} | index([$name]) != null)`] : []),
    ...(experiments > 0 ? ['http', 'tcp', 'tls'].map((protocol) => `.spec.${protocol}[]?.route[]? | select((.destination | [.host, .subset]) as $to | ${JSON.stringify(destinationsOf(service))} | index([$to]) == null)`) : []),
  ];
  return {
    // Managed routes come first and move the others: only the whole list is always at its place.
    jsonPointers: managedRoutes.length > 0 ? ['/spec/http', ...pointersTo(weights, /^\/spec\/t/)] : [...grown, ...pointersTo(weights, /^/)],
    jq: [...added, ...everyWeight(weights)],
    jqWhereChanged: [...added, ...changedWeights(weights)],
  };
}

/** What tells a version's destination from others, as a condition of jq; undefined for a destination of neither. */
function versionOf(destination: unknown, subsets: readonly string[], versions: readonly string[]): string | undefined {
  const [subset, host] = [textAt(destination, 'subset'), textAt(destination, 'host')];
  if (subset !== undefined && subsets.includes(subset)) return `.destination.subset == ${quoted(subset)}`;
  const [service = ''] = (host ?? '').split('.');
  return versions.includes(service) ? `.destination.host == ${quoted(host ?? '')}` : undefined;
}

function destinationsOf(service: KubeObject): (readonly (string | null)[])[] {
  return ['http', 'tcp', 'tls'].flatMap((protocol) => listAt(service, 'spec', protocol).flatMap((route) => listAt(route, 'route'))
    .map((each) => [textAt(each, 'destination', 'host') ?? null, textAt(each, 'destination', 'subset') ?? null]));
}

function destinationRuleFields(rule: KubeObject, names: readonly string[], { experiments }: RolloutFacts): Written {
  const subsets = listAt(rule, 'spec', 'subsets');
  const added = experiments > 0 ? [`.spec.subsets[]? | select(.name as $name | ${JSON.stringify(subsets.map((each) => textAt(each, 'name') ?? ''))} | index([$name]) == null)`] : [];
  return {
    jsonPointers: [
      ...addedItems('/spec/subsets', subsets.length, experiments),
      ...subsets.flatMap((each, index) => names.includes(textAt(each, 'name') ?? '') ? [`/spec/subsets/${index}/labels`] : []),
    ],
    jq: [...added, ...names.map((name) => `.spec.subsets[]? | select(.name == ${quoted(name)}) | .labels["rollouts-pod-template-hash"]`)],
  };
}

function pointersTo(weights: readonly Weight[], pattern: RegExp): string[] {
  return weights.map(({ pointer }) => pointer).filter((pointer) => pattern.test(pointer));
}

function textsAt(value: unknown, ...path: readonly string[]): string[] {
  return listAt(value, ...path).filter((each) => typeof each === 'string');
}
