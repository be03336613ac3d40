import { dig, isRecord, list, record } from '../schemas/plain.ts';
import type { Container, Workload } from './workload.ts';

/** The Pod Security standards that refuse something. */
export type PodSecurityLevel = 'baseline' | 'restricted';

/** Something about a pod that a Pod Security standard refuses. */
export interface PodSecurityBreach {
  /** The mildest standard that refuses it. */
  readonly level: PodSecurityLevel;
  readonly field: string;
  /** What was expected and what came. */
  readonly message: string;
}

const addable: ReadonlySet<unknown> = new Set(['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT']);
const safeSysctls: ReadonlySet<unknown> = new Set([
  'kernel.shm_rmid_forced', 'net.ipv4.ip_local_port_range', 'net.ipv4.ip_local_reserved_ports', 'net.ipv4.ip_unprivileged_port_start', 'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout', 'net.ipv4.tcp_keepalive_intvl', 'net.ipv4.tcp_keepalive_probes', 'net.ipv4.tcp_keepalive_time', 'net.ipv4.tcp_rmem', 'net.ipv4.tcp_syncookies', 'net.ipv4.tcp_wmem',
]);
const seLinuxTypes: ReadonlySet<unknown> = new Set([undefined, '', 'container_engine_t', 'container_init_t', 'container_kvm_t', 'container_t']);
const restrictedVolumes: ReadonlySet<string> = new Set(['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'name', 'persistentVolumeClaim', 'projected', 'secret']);
const profiles: ReadonlySet<unknown> = new Set(['Localhost', 'RuntimeDefault']);

type Tell = (level: PodSecurityLevel, field: string, message: string) => void;

/** What the Pod Security standards refuse in the pods of a workload. */
export function podSecurityBreaches(workload: Workload): PodSecurityBreach[] {
  const breaches: PodSecurityBreach[] = [];
  const windows = dig(workload.spec, 'os', 'name') === 'windows';
  // In a user namespace of its own, root of the pod is nobody on the node.
  const ownUsers = workload.spec['hostUsers'] === false;
  const tell: Tell = (level, field, message) => {
    const excused = (windows && level === 'restricted' && !/runAs|volumes/.test(field)) || (ownUsers && /\.(runAsNonRoot|runAsUser)$/.test(field));
    if (!excused) breaches.push({ level: ownUsers && field.endsWith('.procMount') ? 'restricted' : level, field, message });
  };
  checkPod(workload, tell);
  const pod = record(workload.spec, 'securityContext');
  for (const container of workload.containers) {
    checkContext(record(container.value, 'securityContext'), `${container.field}.securityContext`, tell);
    checkContainer(container, pod, tell);
  }
  return breaches;
}

function checkPod({ spec, specField }: Workload, tell: Tell): void {
  for (const name of ['hostIPC', 'hostNetwork', 'hostPID']) if (spec[name] === true) tell('baseline', `${specField}.${name}`, 'expected false, got true');
  for (const [index, volume] of list(spec, 'volumes').entries()) {
    const kind = Object.keys(isRecord(volume) ? volume : {}).find((key) => !restrictedVolumes.has(key));
    if (kind !== undefined) tell(kind === 'hostPath' ? 'baseline' : 'restricted', `${specField}.volumes[${index}].${kind}`, `expected another kind of volume, got ${kind}`);
  }
  const context = record(spec, 'securityContext');
  checkContext(context, `${specField}.securityContext`, tell);
  for (const [index, sysctl] of list(context, 'sysctls').entries()) {
    if (!safeSysctls.has(dig(sysctl, 'name'))) tell('baseline', `${specField}.securityContext.sysctls[${index}]`, `expected a safe sysctl, got ${String(dig(sysctl, 'name'))}`);
  }
}

/** What stands in the security context of a pod and of a container alike. */
function checkContext(context: Record<string, unknown> | undefined, field: string, tell: Tell): void {
  if (context === undefined) return;
  if (dig(context, 'seccompProfile', 'type') === 'Unconfined') tell('baseline', `${field}.seccompProfile.type`, 'expected RuntimeDefault or Localhost, got Unconfined');
  if (dig(context, 'appArmorProfile', 'type') === 'Unconfined') tell('baseline', `${field}.appArmorProfile.type`, 'expected RuntimeDefault or Localhost, got Unconfined');
  if (dig(context, 'windowsOptions', 'hostProcess') === true) tell('baseline', `${field}.windowsOptions.hostProcess`, 'expected false, got true');
  const seLinux = record(context, 'seLinuxOptions');
  if (seLinux !== undefined && !seLinuxTypes.has(seLinux['type'])) tell('baseline', `${field}.seLinuxOptions.type`, `expected a type of containers, got ${String(seLinux['type'])}`);
  for (const name of ['role', 'user']) if (typeof seLinux?.[name] === 'string' && seLinux[name] !== '') tell('baseline', `${field}.seLinuxOptions.${name}`, 'expected none, got one');
  if (context['runAsUser'] === 0) tell('restricted', `${field}.runAsUser`, 'expected another user than root, got 0');
  if (context['runAsNonRoot'] === false) tell('restricted', `${field}.runAsNonRoot`, 'expected true, got false');
}

function checkContainer({ value, field }: Container, pod: Record<string, unknown> | undefined, tell: Tell): void {
  const context = record(value, 'securityContext');
  const own = `${field}.securityContext`;
  if (context?.['privileged'] === true) tell('baseline', `${own}.privileged`, 'expected false, got true');
  if (context?.['procMount'] !== undefined && context['procMount'] !== 'Default') tell('baseline', `${own}.procMount`, `expected Default, got ${String(context['procMount'])}`);
  for (const [index, port] of list(value, 'ports').entries()) {
    const host = dig(port, 'hostPort');
    if (typeof host === 'number' && host !== 0) tell('baseline', `${field}.ports[${index}].hostPort`, `expected none, got ${host}`);
  }
  for (const place of [['livenessProbe'], ['readinessProbe'], ['startupProbe'], ['lifecycle', 'postStart'], ['lifecycle', 'preStop']]) {
    for (const action of ['httpGet', 'tcpSocket']) {
      const host = dig(value, ...place, action, 'host');
      if (typeof host === 'string' && host !== '') tell('baseline', `${field}.${place.join('.')}.${action}.host`, `expected none, which means the pod, got ${host}`);
    }
  }
  const capabilities = record(context, 'capabilities');
  for (const [index, added] of list(capabilities, 'add').entries()) {
    if (!addable.has(added)) tell('baseline', `${own}.capabilities.add[${index}]`, `expected a capability of containers, got ${String(added)}`);
    else if (added !== 'NET_BIND_SERVICE') tell('restricted', `${own}.capabilities.add[${index}]`, `expected NET_BIND_SERVICE at most, got ${String(added)}`);
  }
  if (!list(capabilities, 'drop').includes('ALL')) tell('restricted', `${own}.capabilities.drop`, 'expected ALL, got less');
  if (context?.['allowPrivilegeEscalation'] !== false) tell('restricted', `${own}.allowPrivilegeEscalation`, `expected false, got ${String(context?.['allowPrivilegeEscalation'])}`);
  if ((context?.['runAsNonRoot'] ?? pod?.['runAsNonRoot']) === undefined) tell('restricted', `${own}.runAsNonRoot`, 'expected true, here or on the pod, got none');
  if (!profiles.has(dig(context, 'seccompProfile', 'type') ?? dig(pod, 'seccompProfile', 'type'))) tell('restricted', `${own}.seccompProfile`, 'expected RuntimeDefault or Localhost, here or on the pod, got none');
}
