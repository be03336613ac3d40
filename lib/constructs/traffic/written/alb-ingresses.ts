import type { IgnoredFields } from '../../../manifests/rendered.ts';
import { fieldsAt, listAt, textAt } from '../../../values/fields.ts';
import type { RolloutFacts } from './rollout-facts.ts';
import { ignored, type Siblings } from './siblings.ts';

/**
 * Argo Rollouts writes an annotation for the action, which Git needn't have, and nobody removes it then; it is in the way only where Git has it as well. Header
 * routes are paths that it puts before the others.
 */
export function albFields({ routing, canary, managedRoutes }: RolloutFacts, siblings: Siblings): IgnoredFields[] {
  const alb = fieldsAt(routing, 'alb');
  const names = [textAt(alb, 'ingress'), ...listAt(alb, 'ingresses')].filter((name) => typeof name === 'string');
  const action = `${textAt(alb, 'annotationPrefix') ?? 'alb.ingress.kubernetes.io'}/actions.${textAt(alb, 'rootService') ?? textAt(canary, 'stableService') ?? ''}`;
  return siblings.named('networking.k8s.io', 'Ingress', names).flatMap((ingress) => {
    const annotations = Object.keys(ingress.metadata?.annotations ?? {}).filter((key) => key === action || key === 'rollouts.argoproj.io/managed-alb-annotations').sort();
    return ignored(ingress, {
      jsonPointers: [...annotations.map((key) => `/metadata/annotations/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`), ...(managedRoutes.length > 0 ? ['/spec/rules'] : [])],
      jq: [
        ...annotations.map((key) => `.metadata.annotations[${JSON.stringify(key)}]`),
        ...(managedRoutes.length > 0 ? [`.spec.rules[]?.http.paths[]? | select(.backend.service.name as $name | ${JSON.stringify(managedRoutes)} | index([$name]) != null)`] : []),
      ],
    });
  });
}
