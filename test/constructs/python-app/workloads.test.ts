import { expect, test } from 'vitest';
import { autoscale } from '../../../lib/constructs/scaling/autoscale-options.ts';
import { command } from '../../../lib/constructs/servers/command.ts';
import { existingSecret } from '../../../lib/constructs/existing-secret.ts';
import { gunicorn } from '../../../lib/constructs/servers/gunicorn.ts';
import { PythonApp } from '../../../lib/constructs/python-app/python-app.ts';
import type { ProductionProps } from '../../../lib/constructs/python-app/props.ts';
import { claimTemplate, emptyDir, hostPath } from '../../../lib/constructs/python-app/volumes.ts';
import type { IPodSpec } from 'kubernetes-models/v1/PodSpec';
import { objectOf, objectsOf, pin, problemsOf, testChart } from '../support.ts';

function render(props: Partial<ProductionProps> = {}, id = 'web') {
  const chart = testChart();
  return { chart, app: new PythonApp(chart, id, { image: pin('storefront'), ...props }) };
}

function podOf(props: Partial<ProductionProps>): IPodSpec {
  const { chart, app } = render(props);
  expect(problemsOf(chart)).toEqual([]);
  return app.pod?.template.spec ?? { containers: [] };
}

test('objects are named by app and id, by the app alone where both are the same, or as said', () => {
  expect(render().app.name).toBe('storefront-web');
  expect(render({}, 'storefront').app.name).toBe('storefront');
  expect(render({ name: 'shop' }).app.name).toBe('shop');
});

test('pods satisfy the restricted Pod Security Standard, and can\'t write their root file system', () => {
  const pod = podOf({ port: 8000, sidecars: [{ name: 'a', image: 'a:1' }, { name: 'b', image: 'b:1', native: false }], initContainers: [{ name: 'c', image: 'c:1' }] });
  expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 10001, runAsGroup: 10001, fsGroup: 10001, seccompProfile: { type: 'RuntimeDefault' } });
  const containers = [...pod.containers, ...(pod.initContainers ?? [])];
  expect(containers).toHaveLength(4);
  for (const container of containers) {
    expect(container.securityContext).toEqual({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true });
    expect(container.volumeMounts?.map((mount) => mount.mountPath)).toContain('/tmp');
  }
  expect(pod).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false, serviceAccountName: 'storefront-web' });
});

test('every default of the security context can be said otherwise', () => {
  const pod = podOf({ user: 1000, group: 2000, podSecurityContext: { fsGroup: 3000 }, securityContext: { readOnlyRootFilesystem: false } });
  expect(pod.securityContext).toMatchObject({ runAsUser: 1000, runAsGroup: 2000, fsGroup: 3000, runAsNonRoot: true });
  expect(pod.containers[0]?.securityContext).toMatchObject({ readOnlyRootFilesystem: false, allowPrivilegeEscalation: false });
  expect(pod.volumes).toBeUndefined();
});

test('memory is limited to its request, the CPU isn\'t limited, and sizes come from the environment', () => {
  expect(podOf({}).containers[0]?.resources).toEqual({ requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '256Mi' } });
  expect(podOf({ size: 'large' }).containers[0]?.resources?.requests).toEqual({ cpu: '1', memory: '1Gi' });
  expect(podOf({ resources: { cpu: '2', cpuLimit: '3', memory: '1Gi', memoryLimit: '2Gi', ephemeralStorage: '1Gi' } }).containers[0]?.resources).toEqual({
    requests: { cpu: '2', memory: '1Gi', 'ephemeral-storage': '1Gi' }, limits: { cpu: '3', memory: '2Gi', 'ephemeral-storage': '1Gi' },
  });
});

test('a pod serves on, then its server finishes, and only then it is killed', () => {
  const pod = podOf({ server: gunicorn('shop.main:app'), stop: { preStopSeconds: 10, graceSeconds: 60 } });
  const container = pod.containers[0];
  expect(container?.lifecycle).toEqual({ preStop: { sleep: { seconds: 10 } } });
  const graceful = Number(container?.args?.[container.args.indexOf('--graceful-timeout') + 1]);
  expect(graceful).toBeGreaterThan(0);
  expect(10 + graceful).toBeLessThan(60);
  expect(pod.terminationGracePeriodSeconds).toBe(60);
});

test('a worker without a port has no Service, no preStop delay and no probes of a server', () => {
  const { chart, app } = render({ command: ['python', '-m', 'shop.worker'] });
  expect(problemsOf(chart)).toEqual([]);
  expect(objectsOf(chart).map((object) => object.kind)).not.toContain('Service');
  expect(app.pod?.container).not.toHaveProperty('lifecycle');
  expect(app.pod?.container).not.toHaveProperty('ports');
});

test('a program with a port is probed there, at its health path where it has one', () => {
  const container = podOf({ command: ['serve'], port: 8000 }).containers[0];
  expect([container?.startupProbe?.tcpSocket, container?.readinessProbe?.tcpSocket, container?.livenessProbe?.tcpSocket]).toEqual([{ port: 'http' }, { port: 'http' }, { port: 'http' }]);
  expect(podOf({ command: ['serve'], port: 8000, health: '/up' }).containers[0]?.readinessProbe?.httpGet).toEqual({ path: '/up', port: 'http' });
  expect(podOf({ command: ['serve'], port: 8000, probes: false }).containers[0]).not.toHaveProperty('readinessProbe');
});

test('what is said of a probe is merged over the default; another way of asking keeps the times', () => {
  const container = podOf({ command: ['serve'], port: 8000, probes: { readiness: { periodSeconds: 1 }, liveness: { exec: { command: ['true'] } } } }).containers[0];
  expect(container?.readinessProbe).toEqual({ tcpSocket: { port: 'http' }, periodSeconds: 1, failureThreshold: 3, timeoutSeconds: 3 });
  expect(container?.livenessProbe).toEqual({ exec: { command: ['true'] }, periodSeconds: 10, failureThreshold: 6, timeoutSeconds: 5 });
});

test('Python says at once what it has to say, writes no byte code, and the app\'s own variables win', () => {
  const env = podOf({ env: { PYTHONUNBUFFERED: '0', WORKERS: 3, DEBUG: false } }).containers[0]?.env;
  expect(env).toEqual([
    { name: 'PYTHONUNBUFFERED', value: '0' }, { name: 'PYTHONDONTWRITEBYTECODE', value: '1' }, { name: 'PYTHONFAULTHANDLER', value: '1' }, { name: 'WORKERS', value: '3' }, { name: 'DEBUG', value: 'false' },
  ]);
});

test('a Deployment replaces pods without ever having fewer, and keeps five old versions', () => {
  const { chart } = render({ minReadySeconds: 10, progressDeadlineSeconds: 300, annotations: { 'example.com/a': 'b' } });
  expect(objectOf(chart, 'Deployment')).toMatchObject({
    metadata: { annotations: { 'example.com/a': 'b' } },
    spec: { replicas: 2, revisionHistoryLimit: 5, minReadySeconds: 10, progressDeadlineSeconds: 300, strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: '25%' } } },
  });
  expect(objectOf(render({ strategy: { type: 'Recreate' }, revisionHistoryLimit: 2, replicas: 0 }).chart, 'Deployment')).toMatchObject({ spec: { replicas: 0, revisionHistoryLimit: 2, strategy: { type: 'Recreate' } } });
});

test('with an autoscaler the replicas in Git are its minimum', () => {
  expect(objectOf(render({ autoscale: autoscale({ min: 4, max: 9 }) }).chart, 'Deployment')).toMatchObject({ spec: { replicas: 4 } });
});

test('a StatefulSet has claims and a headless Service, and its pods may talk to each other', () => {
  const { chart } = render({ workload: 'statefulSet', port: 7000, server: command(['serve']), volumes: [claimTemplate('data', { size: '1Gi', storageClass: 'fast', mountPath: '/data' })], statefulSet: { podManagementPolicy: 'OrderedReady' } });
  expect(problemsOf(chart)).toEqual([]);
  expect(objectOf(chart, 'StatefulSet')).toMatchObject({
    spec: { replicas: 1, serviceName: 'storefront-web-pods', podManagementPolicy: 'OrderedReady', volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: { storageClassName: 'fast', resources: { requests: { storage: '1Gi' } } } }] },
  });
  expect(objectOf(chart, 'Service', 'storefront-web-pods')).toMatchObject({ spec: { clusterIP: 'None' } });
  expect(objectOf(chart, 'NetworkPolicy')).toMatchObject({ spec: { ingress: [{ from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'storefront-web' } } }], ports: [{ port: 7000 }] }] } });
});

test('a DaemonSet has no replicas, no budget and no spread', () => {
  const { chart, app } = render({ workload: 'daemonSet', command: ['collect'] });
  expect(problemsOf(chart)).toEqual([]);
  expect(objectOf(chart, 'DaemonSet')).not.toHaveProperty('spec.replicas');
  expect(objectsOf(chart).map((object) => object.kind)).not.toContain('PodDisruptionBudget');
  expect(app.pod?.template.spec).not.toHaveProperty('topologySpreadConstraints');
});

test('a folder of the node needs a reason', () => {
  const { chart } = render({ volumes: [{ name: 'logs', mountPath: '/logs', source: { hostPath: { path: '/var/log' } } }] });
  expect(problemsOf(chart)).toEqual(["storefront/web: volumes[0]: expected no folder of the node, which the restricted Pod Security Standard forbids\n    fix: use another volume, or hostPath() with the reason and an app with podSecurity 'privileged'"]);
  expect(podOf({ volumes: [hostPath('logs', { path: '/var/log', mountPath: '/logs', reason: 'ships the node\'s logs' }), emptyDir('cache', { memory: true })] }).volumes).toEqual([
    { name: 'tmp', emptyDir: { sizeLimit: '1Gi' } }, { name: 'logs', hostPath: { path: '/var/log' } }, { name: 'cache', emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } },
  ]);
});

test('other containers of the pod may mount its files, secrets and folders by name', () => {
  const pod = podOf({
    server: gunicorn('shop.main:app'), configFiles: { mountPath: '/etc/shop', files: { a: 'b' } }, secrets: [existingSecret('tls', ['key'], { mountPath: '/tls' })],
    sidecars: [{ name: 'proxy', image: 'proxy:1', mounts: { 'config-files': '/shop', 'secret-tls': '/tls', gunicorn: '/gunicorn' } }],
  });
  expect(pod.initContainers?.[0]?.volumeMounts?.map((mount) => mount.name)).toEqual(['config-files', 'secret-tls', 'gunicorn', 'tmp-proxy']);
});

test('where and how pods run is passed on as Kubernetes has it', () => {
  const pod = podOf({
    priorityClassName: 'high', runtimeClassName: 'gvisor', nodeSelector: { disk: 'ssd' }, tolerations: [{ key: 'gpu', operator: 'Exists' }], affinity: { podAntiAffinity: {} },
    hostAliases: [{ ip: '10.0.0.1', hostnames: ['db'] }], dnsPolicy: 'None', dnsConfig: { nameservers: ['10.0.0.2'] }, imagePullSecrets: ['registry'],
  });
  expect(pod).toMatchObject({
    priorityClassName: 'high', runtimeClassName: 'gvisor', nodeSelector: { disk: 'ssd' }, tolerations: [{ key: 'gpu', operator: 'Exists' }], affinity: { podAntiAffinity: {} },
    hostAliases: [{ ip: '10.0.0.1', hostnames: ['db'] }], dnsPolicy: 'None', dnsConfig: { nameservers: ['10.0.0.2'] }, imagePullSecrets: [{ name: 'registry' }],
  });
});

test('what an image is called leaves tag and digest to the folder\'s kustomization', () => {
  expect(podOf({}).containers[0]?.image).toBe('registry.example/acme/storefront');
  expect(podOf({ image: 'registry.example/other:2' }).containers[0]?.image).toBe('registry.example/other:2');
});
