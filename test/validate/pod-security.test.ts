import { describe, expect, it } from 'vitest';
import { at, brief, findingsOf, unitOf, type Loose } from './healthy-app.ts';

/** What the restricted standard lets in. */
function pod(): Loose {
  const container = (name: string): Loose => ({ name, image: 'registry.example.com/a:1.0.0', securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } });
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'a', namespace: 'shop' },
    spec: { securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } }, initContainers: [container('init')], containers: [container('main')], volumes: [{ name: 'tmp', emptyDir: {} }] },
  };
}

const context = (object: Loose): Loose => at(object, 'spec', 'containers', 0, 'securityContext');
const podContext = (object: Loose): Loose => at(object, 'spec', 'securityContext');

function refused(level: string, change: (object: Loose) => void): string[] {
  const object = pod();
  change(object);
  const namespace: Loose = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { 'pod-security.kubernetes.io/enforce': level } } };
  return brief(findingsOf(unitOf([namespace, object], { app: null }))).filter((text) => text.endsWith('pod-security'));
}

// What each standard answers was compared with the admission of a Kubernetes 1.35 API server.
describe('Pod Security', () => {
  it.each<[string, (object: Loose) => void]>([
    ['a good pod', () => undefined],
    ['the one capability that may be added', (object) => void (at(context(object), 'capabilities')['add'] = ['NET_BIND_SERVICE'])],
    ['profiles and users by container', (object) => { at(object, 'spec')['securityContext'] = {}; for (const list of ['containers', 'initContainers']) Object.assign(at(object, 'spec', list, 0, 'securityContext'), { runAsNonRoot: true, seccompProfile: { type: 'Localhost', localhostProfile: 'p.json' } }); }],
    ['root in a user namespace of its own', (object) => { at(object, 'spec')['hostUsers'] = false; delete podContext(object)['runAsNonRoot']; }],
    ['a safe sysctl', (object) => void (podContext(object)['sysctls'] = [{ name: 'net.ipv4.tcp_syncookies', value: '1' }])],
  ])('restricted lets in: %s', (_, change) => {
    expect(refused('restricted', change)).toEqual([]);
  });

  it.each<[string, string, (object: Loose) => void]>([
    ['hostNetwork', 'spec.hostNetwork', (object) => void (at(object, 'spec')['hostNetwork'] = true)],
    ['a host path', 'spec.volumes[0].hostPath', (object) => void (at(object, 'spec')['volumes'] = [{ name: 'tmp', hostPath: { path: '/x' } }])],
    ['a strong capability', 'spec.containers[0].securityContext.capabilities.add[0]', (object) => void (at(context(object), 'capabilities')['add'] = ['NET_RAW'])],
    ['a host port', 'spec.containers[0].ports[0].hostPort', (object) => void (at(object, 'spec', 'containers', 0)['ports'] = [{ containerPort: 80, hostPort: 80 }])],
    ['no seccomp at all', 'spec.securityContext.seccompProfile.type', (object) => void (podContext(object)['seccompProfile'] = { type: 'Unconfined' })],
    ['another SELinux type', 'spec.securityContext.seLinuxOptions.type', (object) => void (podContext(object)['seLinuxOptions'] = { type: 'spc_t' })],
    ['an unsafe sysctl', 'spec.securityContext.sysctls[0]', (object) => void (podContext(object)['sysctls'] = [{ name: 'kernel.msgmax', value: '1' }])],
    ['a probe of another host', 'spec.containers[0].livenessProbe.httpGet.host', (object) => void (at(object, 'spec', 'containers', 0)['livenessProbe'] = { httpGet: { port: 80, host: '10.0.0.1' } })],
  ])('baseline refuses %s, privileged does not', (_, field, change) => {
    expect(refused('baseline', change)).toEqual([`Pod ${field} pod-security`]);
    expect(refused('privileged', change)).toEqual([]);
  });

  it.each<[string, string, (object: Loose) => void]>([
    ['escalation', 'spec.initContainers[0].securityContext.allowPrivilegeEscalation', (object) => void (delete at(object, 'spec', 'initContainers', 0, 'securityContext')['allowPrivilegeEscalation'])],
    ['kept capabilities', 'spec.containers[0].securityContext.capabilities.drop', (object) => void (delete context(object)['capabilities'])],
    ['root by number', 'spec.securityContext.runAsUser', (object) => void (podContext(object)['runAsUser'] = 0)],
    ['an NFS volume', 'spec.volumes[0].nfs', (object) => void (at(object, 'spec')['volumes'] = [{ name: 'tmp', nfs: { server: 'a', path: '/x' } }])],
  ])('restricted refuses %s, baseline does not', (_, field, change) => {
    expect(refused('restricted', change)).toEqual([`Pod ${field} pod-security`]);
    expect(refused('baseline', change)).toEqual([]);
  });
});
