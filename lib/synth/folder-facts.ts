import { replicasOfMigration } from '../constructs/rollout/replicas-of-migration.ts';
import { autoscaledWorkloads } from '../constructs/scaling/autoscaled-workloads.ts';
import { writtenFields } from '../constructs/traffic/written/written-fields.ts';
import type { FolderFacts, KubeObject, WorkloadReference } from '../manifests/rendered.ts';
import { compareText } from '../values/errors.ts';
import type { StagedObject } from './folder.ts';

/** What whoever delivers a folder has to know of its objects, so that nobody needs to read them again. */
export function factsOf(objects: readonly StagedObject[], namespace: string, encrypted: boolean): FolderFacts {
  const values = objects.map((object) => object.value);
  return {
    namespace,
    namespaces: sorted([namespace, ...values.flatMap((value) => value.metadata?.namespace ?? [])]),
    kinds: sorted(values.map((value) => kindOf(value))),
    pre: objects.some((object) => object.stage === 'pre'),
    autoscaled: [...autoscaledWorkloads(values), ...replicasOfMigration(values)].map((workload) => at(workload, namespace)).sort((a, b) => compareText(keyOf(a), keyOf(b))),
    rollouts: values.filter((value) => kindOf(value) === 'argoproj.io/Rollout').map((value) => at({ group: 'argoproj.io', kind: 'Rollout', name: value.metadata?.name ?? '', ...namespaceOf(value) }, namespace))
      .sort((a, b) => compareText(keyOf(a), keyOf(b))),
    ignored: writtenFields(values),
    encrypted,
  };
}

/** Group and kind of an object, such as `apps/Deployment`; `Service` in the core group. */
export function kindOf({ apiVersion, kind }: Pick<KubeObject, 'apiVersion' | 'kind'>): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? kind : `${apiVersion.slice(0, slash)}/${kind}`;
}

function namespaceOf(value: KubeObject): Pick<WorkloadReference, 'namespace'> {
  const namespace = value.metadata?.namespace;
  return namespace === undefined ? {} : { namespace };
}

/** A reference that names its namespace only where it isn't the folder's own. */
function at({ group, kind, name, namespace }: WorkloadReference, own: string): WorkloadReference {
  return { group, kind, name, ...(namespace !== undefined && namespace !== own && { namespace }) };
}

function keyOf({ namespace = '', group, kind, name }: WorkloadReference): string {
  return [namespace, group, kind, name].join('/');
}

function sorted(names: readonly string[]): string[] {
  return [...new Set(names)].sort(compareText);
}
