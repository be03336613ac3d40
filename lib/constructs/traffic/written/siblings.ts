import type { IgnoredFields, KubeObject } from '../../../manifests/rendered.ts';
import type { RolloutFacts } from './rollout-facts.ts';

/** Fields of one object that Argo Rollouts writes. */
export type Written = Omit<IgnoredFields, 'group' | 'kind' | 'name' | 'namespace'>;

/** The objects beside a Rollout. */
export class Siblings {
  readonly #objects: readonly KubeObject[];
  readonly #rollout: RolloutFacts;

  constructor(objects: readonly KubeObject[], rollout: RolloutFacts) {
    this.#objects = objects;
    this.#rollout = rollout;
  }

  /** The objects of a kind in the Rollout's namespace, or in one that is said. */
  ofKind(group: string, kind: string, namespace: string | undefined = this.#rollout.namespace): readonly KubeObject[] {
    return this.#objects.filter((object) => object.kind === kind && groupOf(object) === group && object.metadata?.namespace === namespace);
  }

  /** Those of these names. Names that nothing here has belong to others. */
  named(group: string, kind: string, names: readonly string[], namespace?: string): readonly KubeObject[] {
    return this.ofKind(group, kind, namespace).filter((object) => names.includes(object.metadata?.name ?? ''));
  }
}

/** The rule for an object, if anything in it is written. */
export function ignored(object: KubeObject, written: Written): IgnoredFields[] {
  if (written.jsonPointers.length === 0) return [];
  const { name, namespace } = object.metadata ?? {};
  return [{ group: groupOf(object), kind: object.kind, ...(name !== undefined && { name }), ...(namespace !== undefined && { namespace }), ...written }];
}

function groupOf({ apiVersion }: KubeObject): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}
