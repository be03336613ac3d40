import type { IgnoredFields, KubeObject } from '../../../manifests/rendered.ts';
import { at, fieldsAt, listAt, textAt } from '../../../values/fields.ts';
import { namesAt, type RolloutFacts } from './rollout-facts.ts';
import { ignored, type Siblings, type Written } from './siblings.ts';
import { addedItems, changedWeights, everyWeight, quoted, type Weight } from './weights.ts';

/** The fields of the plugin's configuration for each kind of route: one by name, several, and a selector. */
const kinds = [['HTTPRoute', 'http'], ['GRPCRoute', 'grpc'], ['TCPRoute', 'tcp'], ['TLSRoute', 'tls']] as const;
const mostRules = 16;

/** A route as the plugin is told of it. */
interface Told {
  readonly route: KubeObject;
  readonly headers: boolean;
}

/** The Gateway API plugin sets the weights of both versions' Services, adds rules for header routes at the end, and Services of experiments to the first rule that is shared. */
export function gatewayRouteFields(rollout: RolloutFacts, siblings: Siblings): IgnoredFields[] {
  const plugins = Object.values(fieldsAt(rollout.routing, 'plugins'));
  return plugins.flatMap((config) => kinds.flatMap(([kind, prefix]) => toldOf(config, kind, prefix, siblings)))
    .flatMap(({ route, headers }) => ignored(route, writtenTo(route, headers, rollout)));
}

function toldOf(config: unknown, kind: string, prefix: string, siblings: Siblings): Told[] {
  const [one, list] = [textAt(config, `${prefix}Route`), listAt(config, `${prefix}Routes`)];
  const labels = Object.entries(fieldsAt(config, `${prefix}RouteSelector`, 'matchLabels'));
  const names = namesAt(config, `${prefix}Routes`);
  return siblings.ofKind('gateway.networking.k8s.io', kind, textAt(config, 'namespace')).flatMap((route): Told[] => {
    const name = route.metadata?.name ?? '';
    if (name === one) return [{ route, headers: true }];
    const selected = labels.length > 0 && labels.every(([key, value]) => route.metadata?.labels?.[key] === value);
    return names.includes(name) || selected ? [{ route, headers: list.some((each) => textAt(each, 'name') === name && at(each, 'useHeaderRoutes') === true) }] : [];
  });
}

function writtenTo(route: KubeObject, headers: boolean, { canary, versions, managedRoutes, experiments }: RolloutFacts): Written {
  const rules = listAt(route, 'spec', 'rules').map((rule) => listAt(rule, 'backendRefs'));
  const weights = rules.flatMap((refs, rule) => refs.flatMap((value, index): Weight[] => !versions.includes(textAt(value, 'name') ?? '') ? [] : [{
    pointer: `/spec/rules/${rule}/backendRefs/${index}/weight`,
    list: '.spec.rules[]?.backendRefs[]?',
    item: `.name == ${quoted(textAt(value, 'name') ?? '')}`,
    value,
  }]));
  const shared = rules.filter((refs) => versions.every((name) => refs.some((ref) => textAt(ref, 'name') === name))).length;
  const managed = headers && managedRoutes.length > 0;
  const first = rules.findIndex((refs) => refs.some((ref) => versions.includes(textAt(ref, 'name') ?? '')));
  const added = [
    ...(managed ? [`.spec.rules[]? | select(${isManaged(managedRoutes, textAt(canary, 'canaryService') ?? '')})`] : []),
    ...(experiments > 0 && first >= 0 ? [`.spec.rules[]?.backendRefs[]? | select(.name as $name | ${JSON.stringify([...new Set(rules.flat().map((ref) => textAt(ref, 'name') ?? ''))])} | index([$name]) == null)`] : []),
  ];
  return {
    jsonPointers: [
      ...(managed ? addedItems('/spec/rules', rules.length, Math.min(shared * managedRoutes.length, mostRules - rules.length)) : []),
      ...(experiments > 0 && first >= 0 ? addedItems(`/spec/rules/${first}/backendRefs`, rules[first]?.length ?? 0, experiments) : []),
      ...weights.map(({ pointer }) => pointer),
    ],
    jq: [...added, ...everyWeight(weights)],
    jqWhereChanged: [...added, ...changedWeights(weights)],
  };
}

/** A rule for a header route has its name, with a number from the second on; where the Gateway's definitions know no names of rules, it leads to the new version alone. */
function isManaged(names: readonly string[], canary: string): string {
  const pattern = `^(${names.map((name) => name.replaceAll('.', '[.]')).join('|')})(-[0-9]+)?$`;
  return `((.name // "") | test(${quoted(pattern)})) or ([.backendRefs[]?.name] == [${quoted(canary)}])`;
}
