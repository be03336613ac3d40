import { canonicalJson } from '../values/canonical-json.ts';
import { compareText } from '../values/errors.ts';
import { at, isFields, listAt, textAt, type Fields } from '../values/fields.ts';
import { objectsIn } from './objects-in.ts';

/** Kinds whose objects keep pods running. */
const workloadKinds = ['DaemonSet', 'Deployment', 'ReplicaSet', 'Rollout', 'StatefulSet'] as const;

/** A kind whose objects keep pods running. */
export type WorkloadKind = (typeof workloadKinds)[number];

const candidate = new RegExp(`\\bkind["']?\\s*:\\s*["']?(?:${workloadKinds.join('|')})\\b`);
const fileName = new RegExp(`(?:^|/)(?:${workloadKinds.map((kind) => kind.toLowerCase()).join('|')})-[^/]*\\.yaml$`);

/** An object that keeps pods running, as far as it matters who takes over from whom. */
export interface Workload {
  readonly kind: WorkloadKind;
  /** @default - none written */
  readonly namespace?: string;
  readonly name: string;
  /** Whether it says that it has no pods. */
  readonly empty: boolean;
  /** Labels by which it finds its pods, as stable text. @default - none said: those of what it refers to */
  readonly selector?: string;
  /** What its pods are made from, as stable text. @default - no template of its own */
  readonly template?: string;
  /** Names of the images that its pods run, as written. */
  readonly images: readonly string[];
  /** What its pods are made from beside it (`workloadRef`), and whether it takes the pods of that away. @default - its own template */
  readonly refersTo?: { readonly kind: string; readonly name: string; readonly scalesDown: boolean };
  /** Services that it lets lead to pods of its own alone, sorted. */
  readonly steers: readonly string[];
}

/** Whether a file of the runtime repo is that of a workload: files are named after the kind of their object. */
export function isWorkloadFile(path: string): boolean {
  return fileName.test(path);
}

/** The workloads of a file's text. */
export function workloadsIn(text: string): Workload[] {
  return candidate.test(text) ? objectsIn(text).flatMap((object) => workloadOf(object) ?? []) : [];
}

/** Kind, namespace where one is written, and name, such as `Deployment/shop-prod/web`: what a removal is allowed by. */
export function workloadName({ kind, namespace, name }: Workload): string {
  return [kind, ...(namespace === undefined ? [] : [namespace]), name].join('/');
}

function workloadOf(object: Fields): Workload | undefined {
  const kind = workloadKinds.find((each) => each === object['kind']);
  const name = textAt(object, 'metadata', 'name');
  if (kind === undefined || name === undefined) return undefined;
  const namespace = textAt(object, 'metadata', 'namespace');
  const selector = at(object, 'spec', 'selector', 'matchLabels');
  const refersTo = textAt(object, 'spec', 'workloadRef', 'name');
  const template = at(object, 'spec', 'template');
  const containers = [...listAt(template, 'spec', 'initContainers'), ...listAt(template, 'spec', 'containers')];
  return {
    kind, name,
    ...(namespace !== undefined && { namespace }),
    empty: at(object, 'spec', 'replicas') === 0,
    ...(isFields(selector) && { selector: JSON.stringify(Object.entries(selector).sort(([a], [b]) => compareText(a, b))) }),
    ...(refersTo !== undefined && { refersTo: { kind: textAt(object, 'spec', 'workloadRef', 'kind') ?? '', name: refersTo, scalesDown: (textAt(object, 'spec', 'workloadRef', 'scaleDown') ?? 'never') !== 'never' } }),
    ...(isFields(template) && { template: canonicalJson(template) }),
    images: containers.flatMap((container) => textAt(container, 'image') ?? []),
    steers: steeredServices(object),
  };
}

/** The Services whose selector the Rollouts controller narrows to the pods of one version, and which users may reach. */
function steeredServices(object: Fields): string[] {
  const fields = [['canary', 'stableService'], ['canary', 'pingPong', 'pingService'], ['canary', 'pingPong', 'pongService'], ['blueGreen', 'activeService']];
  return fields.flatMap((path) => textAt(object, 'spec', 'strategy', ...path) ?? []).sort(compareText);
}
