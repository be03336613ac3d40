import { dig, isRecord, list, record, text } from '../schemas/plain.ts';
import { labelsOf, type Labels } from './selector.ts';

/** One container of a pod. */
export interface Container {
  readonly value: Record<string, unknown>;
  /** Path of its field, such as `spec.template.spec.containers[0]`. */
  readonly field: string;
  readonly name: string;
  /** Runs before the others and ends; a sidecar (an init container that restarts) runs beside them. */
  readonly role: 'init' | 'main' | 'sidecar';
}

/** A port that a container declares. */
export interface ContainerPort {
  readonly name: string | undefined;
  readonly number: number | undefined;
  readonly protocol: string;
  readonly container: Container;
  readonly field: string;
}

/** What runs pods. */
export interface Workload {
  readonly labels: Labels;
  /** The pod's spec. */
  readonly spec: Record<string, unknown>;
  /** Path of the pod template, such as `spec.template`; empty of a Pod. */
  readonly field: string;
  /** Path of the pod's spec. */
  readonly specField: string;
  readonly containers: readonly Container[];
  /** Ports of the containers that serve: all but those that end. */
  readonly ports: readonly ContainerPort[];
  /** The workload's own LabelSelector. @default - the kind has none */
  readonly selector: unknown;
  /** How many pods it asks for, 1 when not said. @default - the kind has no count */
  readonly replicas: number | undefined;
}

/** Where each kind keeps its pod template. */
const templates: Readonly<Record<string, readonly string[]>> = {
  Pod: [],
  ReplicationController: ['spec', 'template'],
  'apps/DaemonSet': ['spec', 'template'],
  'apps/Deployment': ['spec', 'template'],
  'apps/ReplicaSet': ['spec', 'template'],
  'apps/StatefulSet': ['spec', 'template'],
  'argoproj.io/Rollout': ['spec', 'template'],
  'batch/CronJob': ['spec', 'jobTemplate', 'spec', 'template'],
  'batch/Job': ['spec', 'template'],
};

/** Kinds whose pods stay and serve, so that a Service, a budget or an autoscaler is about them. */
export const servingKinds: ReadonlySet<string> = new Set(['Pod', 'ReplicationController', 'apps/DaemonSet', 'apps/Deployment', 'apps/ReplicaSet', 'apps/StatefulSet', 'argoproj.io/Rollout']);

const counted: ReadonlySet<string> = new Set(['ReplicationController', 'apps/Deployment', 'apps/ReplicaSet', 'apps/StatefulSet', 'argoproj.io/Rollout']);

/** Every kind with a pod template. */
export const workloadKinds: readonly string[] = Object.keys(templates);

/** The pods that an object runs; undefined when it runs none. */
export function workloadOf(kind: string, object: unknown): Workload | undefined {
  const path = Object.hasOwn(templates, kind) ? templates[kind] : undefined;
  if (path === undefined) return undefined;
  const template = dig(object, ...path);
  const spec = record(template, 'spec');
  if (spec === undefined) return undefined;
  const field = path.join('.');
  const specField = field === '' ? 'spec' : `${field}.spec`;
  const containers = [...containersOf(spec, specField, 'containers'), ...containersOf(spec, specField, 'initContainers')];
  const replicas = dig(object, 'spec', 'replicas');
  return {
    labels: labelsOf(record(template, 'metadata')),
    spec,
    field,
    specField,
    containers,
    ports: containers.filter(({ role }) => role !== 'init').flatMap(portsOf),
    selector: kind === 'Pod' ? undefined : dig(object, 'spec', 'selector'),
    replicas: counted.has(kind) ? (typeof replicas === 'number' ? replicas : 1) : undefined,
  };
}

function containersOf(spec: Record<string, unknown>, specField: string, name: 'containers' | 'initContainers'): Container[] {
  return list(spec, name).flatMap((value, index): Container[] => {
    if (!isRecord(value)) return [];
    const role = name === 'containers' ? 'main' : value['restartPolicy'] === 'Always' ? 'sidecar' : 'init';
    return [{ value, field: `${specField}.${name}[${index}]`, name: text(value, 'name') ?? `#${index}`, role }];
  });
}

function portsOf(container: Container): ContainerPort[] {
  return list(container.value, 'ports').flatMap((port, index): ContainerPort[] => {
    const number = dig(port, 'containerPort');
    return isRecord(port) ? [{ name: text(port, 'name'), number: typeof number === 'number' ? number : undefined, protocol: text(port, 'protocol') ?? 'TCP', container, field: `${container.field}.ports[${index}]` }] : [];
  });
}
