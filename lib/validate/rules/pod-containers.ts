import type { ObjectRule, Report } from '../rule.ts';
import type { LandedObject } from '../scope/landing.ts';
import { dig, isRecord, list, record } from '../schemas/plain.ts';
import { workloadKinds, type Container } from '../scope/workload.ts';

const replicated: ReadonlySet<string> = new Set(['ReplicationController', 'apps/DaemonSet', 'apps/Deployment', 'apps/ReplicaSet', 'apps/StatefulSet']);

/** What the API server demands of a pod's containers beyond their fields. */
export const podContainers: ObjectRule = {
  id: 'pod-containers',
  scope: 'object',
  severity: 'error',
  kinds: workloadKinds,
  title: 'Containers of a pod fit together as the API server demands',
  fix: 'change the container as the message says',
  check(object, report) {
    const { workload } = object;
    if (workload === undefined) return;
    checkPod(object, report);
    const names = new Map<string, string>();
    for (const container of workload.containers) {
      const first = names.get(container.name);
      if (first !== undefined) report(object, { field: `${container.field}.name`, message: `expected a name that no other container has, got ${JSON.stringify(container.name)} of ${first}` });
      names.set(container.name, container.field);
      checkContainer(object, container, report);
    }
  },
};

function checkPod(object: LandedObject, report: Report): void {
  const { workload } = object;
  if (workload === undefined) return;
  const { spec, specField } = workload;
  if (replicated.has(object.kind) && spec['activeDeadlineSeconds'] !== undefined) {
    report(object, { field: `${specField}.activeDeadlineSeconds`, message: `expected no deadline in a ${object.value.kind}, whose pods are to stay, got one` });
  }
  if (object.kind !== 'Pod' && list(spec, 'ephemeralContainers').length > 0) {
    report(object, { field: `${specField}.ephemeralContainers`, message: 'expected none in a pod template: they are added to running pods only' });
  }
  if (dig(spec, 'resources', 'claims') !== undefined) report(object, { field: `${specField}.resources.claims`, message: 'expected claims on containers, got them on the pod' });
  const hostProcess = [spec, ...workload.containers.map(({ value }) => value)].some((each) => dig(each, 'securityContext', 'windowsOptions', 'hostProcess') === true);
  if (hostProcess && spec['hostNetwork'] !== true) report(object, { field: `${specField}.hostNetwork`, message: 'expected true, because a container is a host process of Windows, got another' });
  if (spec['hostNetwork'] === true && spec['hostnameOverride'] !== undefined) report(object, { field: `${specField}.hostnameOverride`, message: 'expected none, because the pod is in the host\'s network, got one' });
  if (spec['hostNetwork'] === true && spec['hostUsers'] === false) report(object, { field: `${specField}.hostUsers`, message: 'expected the host\'s users, because the pod is in the host\'s network, got false' });
  if (spec['hostNetwork'] === true) {
    for (const { field, number, container } of workload.ports) {
      const host = dig(list(container.value, 'ports')[Number(/\[(\d+)\]$/.exec(field)?.[1])], 'hostPort');
      if (typeof host === 'number' && host !== 0 && host !== number) report(object, { field: `${field}.hostPort`, message: `expected the container's port ${number}, because the pod is in the host's network, got ${host}` });
    }
  }
}

function checkContainer(object: LandedObject, container: Container, report: Report): void {
  const { value, field, role } = container;
  const restartRules = list(value, 'restartPolicyRules');
  if (restartRules.length > 0 && (value['restartPolicy'] === undefined || role === 'sidecar')) {
    report(object, { field: `${field}.restartPolicyRules`, message: `expected ${role === 'sidecar' ? 'none on a container that always restarts' : 'a restartPolicy beside them'}, got ${restartRules.length}` });
  }
  const claims = new Set(list(object.workload?.spec, 'resourceClaims').map((claim) => dig(claim, 'name')));
  for (const [index, claim] of list(record(value, 'resources'), 'claims').entries()) {
    if (!claims.has(dig(claim, 'name'))) report(object, { field: `${field}.resources.claims[${index}].name`, message: `the pod has no resource claim ${JSON.stringify(dig(claim, 'name'))}` });
  }
  if (role === 'init') {
    for (const name of ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe']) {
      if (isRecord(value[name])) report(object, { field: `${field}.${name}`, message: `expected none on an init container that ends, got a ${name}`, fix: 'take it out, or give the init container restartPolicy: Always' });
    }
  }
  for (const name of ['livenessProbe', 'startupProbe']) {
    const threshold = dig(value, name, 'successThreshold');
    if (typeof threshold === 'number' && threshold > 1) report(object, { field: `${field}.${name}.successThreshold`, message: `expected 1, got ${threshold}` });
  }
  if (dig(value, 'readinessProbe', 'terminationGracePeriodSeconds') !== undefined) {
    report(object, { field: `${field}.readinessProbe.terminationGracePeriodSeconds`, message: 'expected none on a readiness probe, which ends nothing' });
  }
  checkPortNames(object, container, report);
  checkPrivileges(object, container, report);
}

function checkPortNames(object: LandedObject, container: Container, report: Report): void {
  const seen = new Set<string>();
  for (const [index, port] of list(container.value, 'ports').entries()) {
    const name = dig(port, 'name');
    if (typeof name !== 'string' || name === '') continue;
    if (seen.has(name)) report(object, { field: `${container.field}.ports[${index}].name`, message: `expected a name that no other port of the container has, got ${JSON.stringify(name)}` });
    seen.add(name);
  }
}

function checkPrivileges(object: LandedObject, container: Container, report: Report): void {
  const context = record(container.value, 'securityContext');
  for (const [index, mount] of list(container.value, 'volumeMounts').entries()) {
    if (dig(mount, 'mountPropagation') === 'Bidirectional' && context?.['privileged'] !== true) {
      report(object, { field: `${container.field}.volumeMounts[${index}].mountPropagation`, message: 'expected a privileged container with Bidirectional, got one that is not' });
    }
  }
  if (context?.['procMount'] === 'Unmasked' && object.workload?.spec['hostUsers'] !== false) {
    report(object, { field: `${container.field}.securityContext.procMount`, message: 'expected hostUsers: false in the pod with Unmasked, got another' });
  }
  if (context?.['allowPrivilegeEscalation'] !== false) return;
  const field = `${container.field}.securityContext.allowPrivilegeEscalation`;
  if (context['privileged'] === true) report(object, { field, message: 'expected true, because the container is privileged, got false' });
  const added = list(record(context, 'capabilities'), 'add');
  if (added.includes('SYS_ADMIN') || added.includes('CAP_SYS_ADMIN')) report(object, { field, message: 'expected true, because the container adds CAP_SYS_ADMIN, got false' });
}
