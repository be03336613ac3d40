import { httpRoute } from '../../../lib/constructs/network/http-route-options.ts';
import { clusterIp } from '../../../lib/constructs/network/service-options.ts';
import { fieldRef } from '../../../lib/constructs/python-app/env.ts';
import { emptyDir, existingClaim } from '../../../lib/constructs/python-app/volumes.ts';
import { existingSecret } from '../../../lib/constructs/existing-secret.ts';
import { externalSecret } from '../../../lib/constructs/secret-external.ts';
import { secretKey } from '../../../lib/constructs/secret-source.ts';
import { gunicorn } from '../../../lib/constructs/servers/gunicorn.ts';
import { pin } from '../support.ts';

/** Props that anything may be planted in. */
export type Soil = Record<string, unknown>;

/** A known fault: what it changes and where it has to be reported, below the construct's path. */
export interface Fault {
  /** The fields that it changes or that the report depends on: two faults with one in common aren't planted together. */
  readonly touches: readonly string[];
  plant(props: Soil): void;
  /** Fields of the reports, each expected once. */
  readonly reported: readonly string[];
}

/** Props without a fault that use most of what there is. */
export function soundProps(): Soil {
  return {
    image: pin('storefront'),
    server: gunicorn('storefront.main:app'),
    port: 8000,
    ports: [{ name: 'admin', port: 9000 }],
    health: '/healthz',
    size: 'medium',
    env: { LOG_LEVEL: 'info', POD: fieldRef('metadata.name'), STRIPE: secretKey(existingSecret('stripe', ['KEY']), 'KEY') },
    config: { PAGE_SIZE: 50, GIFTS: true },
    configFiles: { mountPath: '/etc/shop', files: { 'shop.toml': 'name = "shop"\n' } },
    secrets: [externalSecret('database-url')],
    probes: { readiness: '/ready' },
    stop: { preStopSeconds: 5, graceSeconds: 40 },
    volumes: [emptyDir('cache', { mountPath: '/cache' }), existingClaim('media', 'media', { mountPath: '/media' })],
    initContainers: [{ name: 'prepare', image: 'registry.example/prepare:1', mounts: { cache: '/cache' } }],
    sidecars: [{ name: 'proxy', image: 'registry.example/proxy:1', ports: [{ name: 'proxy', port: 7000 }] }],
    serviceAccount: { token: false },
    podLabels: { tier: 'web' },
    podAnnotations: { 'example.com/note': 'none' },
    replicas: 3,
    labels: { squad: 'shop' },
    service: clusterIp({ port: 80 }),
    expose: httpRoute({ host: 'shop' }),
    disruptionBudget: { maxUnavailable: 1 },
    spread: { zones: 'required' },
    networkPolicy: { internet: true },
    monitoring: { path: '/metrics' },
  };
}

function set(field: string, value: unknown, reported: readonly string[] = [field], touches: readonly string[] = [field]): Fault {
  return { touches, reported, plant: (props) => { props[field] = value; } };
}

/** Changes a part of a field; the field itself is copied first. */
function inside(field: string, change: (part: Record<string, unknown>) => void, reported: readonly string[]): Fault {
  return { touches: [field], reported, plant: (props) => { props[field] = { ...(props[field] as object) }; change(props[field] as Record<string, unknown>); } };
}

/** The faults that people make, one for each kind of check. */
export const faults: readonly Fault[] = [
  set('image', undefined),
  set('image', 'Not An Image'),
  set('image', 'registry.example/shop:latest'),
  set('image', 'registry.example/shop'),
  set('image', 7),
  set('sever', gunicorn('storefront.main:app')),
  set('Replicas', 3),
  set('server', 'gunicorn'),
  set('server', gunicorn('not an app'), ['server'], ['server', 'stop']),
  set('command', ['python'], ['command'], ['server', 'command', 'stop']),
  set('args', 'serve --port 80', ['args'], ['server', 'args']),
  set('port', 70_000, ['port'], ['port', 'ports', 'service', 'monitoring']),
  set('port', '8000', ['port'], ['port', 'ports', 'service', 'monitoring']),
  set('ports', [{ name: 'admin', port: 8000 }], ['ports[0].port'], ['ports', 'port', 'service']),
  set('ports', [{ name: 'http', port: 9000 }], ['ports[0].name'], ['ports', 'port', 'service']),
  set('ports', [{ name: 'Admin Port', port: 9000 }], ['ports[0].name'], ['ports', 'port', 'service', 'monitoring']),
  set('health', 'healthz'),
  set('size', 'huge', ['size'], ['size', 'resources']),
  set('resources', { cpu: '1', memory: '1Gi' }, ['size'], ['size', 'resources']),
  set('env', { '1ST': 'x' }, ['env.1ST'.replace('.1ST', '["1ST"]')], ['env']),
  set('env', { NAMES: ['a', 'b'] }, ['env.NAMES'], ['env']),
  set('env', { NOTHING: null }, ['env.NOTHING'], ['env']),
  set('env', { DB_PASSWORD: 'correct-horse-battery' }, ['env.DB_PASSWORD'], ['env']),
  set('env', { STRIPE: secretKey(existingSecret('stripe', ['KEY']), 'OTHER') }, ['env.STRIPE'], ['env']),
  inside('config', (config) => { config['PAGE_SIZE'] = { nested: true }; }, ['config.PAGE_SIZE']),
  inside('config', (config) => { config['AWS'] = 'AKIAIOSFODNN7EXAMPLF'; }, ['config.AWS']),
  { touches: ['config', 'env'], reported: ['config.LOG_LEVEL'], plant: (props) => { props['config'] = { LOG_LEVEL: 'debug' }; props['env'] = { LOG_LEVEL: 'info' }; } },
  set('configFiles', { mountPath: 'etc/shop', files: { 'a.txt': 'a' } }, ['configFiles.mountPath'], ['configFiles', 'volumes']),
  set('configFiles', { mountPath: '/etc/shop', files: { '../a': 'a' } }, ['configFiles.files["../a"]'], ['configFiles', 'volumes']),
  set('configFiles', { mountPath: '/cache', files: { a: 'a' } }, ['volumes[0].mountPath'], ['configFiles', 'volumes']),
  set('configFiles', { mountPath: '/etc/shop', files: { 'shop.toml': 'name = "shop"\ndb_password = "correct-horse"\n' } }, ['configFiles.files["shop.toml"]'], ['configFiles', 'volumes']),
  set('secrets', [{ kind: 'extern', name: 'database-url' }], ['secrets[0].kind']),
  set('secrets', [externalSecret('Database URL')], ['secrets[0].name']),
  set('secrets', [externalSecret('database-url', { refresh: '1 hour' })], ['secrets[0].refresh']),
  set('probes', { rediness: '/ready' }, ['probes.rediness']),
  set('probes', { readiness: 'ready' }, ['probes.readiness']),
  set('probes', { readiness: { httpGet: { path: '/ready' }, periodSeconds: 0 } }, ['probes.readiness.periodSeconds']),
  set('probes', { readiness: { httpGet: { path: '/ready', port: 'htpp' } } }, ['probes.readiness'], ['probes', 'port', 'ports', 'server']),
  {
    touches: ['port', 'ports', 'health', 'probes', 'expose', 'service', 'monitoring', 'server', 'stop'],
    reported: ['health', 'probes.readiness', 'service', 'monitoring'],
    plant: (props) => Object.assign(props, { port: false, ports: [] }),
  },
  set('stop', { graceSeconds: -1 }, ['stop.graceSeconds'], ['stop', 'server']),
  set('stop', { preStopSeconds: 40, graceSeconds: 40 }, ['server'], ['stop', 'server', 'command']),
  set('volumes', [emptyDir('cache', { mountPath: '/cache' }), emptyDir('cache', { mountPath: '/other' })], ['volumes[1]'], ['volumes', 'configFiles']),
  set('volumes', [{ name: 'cache', mountPath: '/cache', source: { hostPath: { path: '/var' } } }], ['volumes[0]'], ['volumes', 'configFiles']),
  set('volumes', [{ name: 'cache', mountPath: '/cache' }], ['volumes[0]'], ['volumes', 'configFiles']),
  set('initContainers', [{ name: 'prepare', image: 'registry.example/prepare:1', mounts: { cahce: '/cache' } }], ['initContainers[0].mounts.cahce'], ['initContainers', 'volumes', 'configFiles', 'secrets', 'server', 'stop']),
  set('initContainers', [{ name: 'prepare', image: 'registry.example/prepare:1', mounts: { cache: '/a', media: '/a' } }], ['initContainers[0].mounts.media'], ['initContainers', 'volumes', 'configFiles', 'secrets', 'server', 'stop']),
  set('initContainers', [{ name: 'prepare', image: 'registry.example/prepare:1', size: 'tiny' }], ['initContainers[0].size']),
  set('initContainers', [{ name: 'proxy', image: 'registry.example/prepare:1' }], ['sidecars[0].name'], ['initContainers', 'sidecars']),
  set('initContainers', [{ name: 'prepare', image: 'registry.example/prepare:1', probes: {} }], ['initContainers[0].probes']),
  set('sidecars', [{ name: 'proxy' }], ['sidecars[0].image']),
  set('sidecars', [{ name: 'proxy', image: 'registry.example/proxy:1', args: ['--api-token', 'tok_12345678901234567890'] }], ['sidecars[0].args[1]']),
  set('user', 0),
  set('serviceAccount', { existing: 'a', of: 'b' }),
  set('serviceAccount', { tokens: true }, ['serviceAccount.tokens']),
  set('podLabels', { 'not a key': 'x' }, ['podLabels["not a key"]']),
  set('podLabels', { 'app.kubernetes.io/name': 'other' }, ['podLabels["app.kubernetes.io/name"]'], ['podLabels', 'labels']),
  set('podAnnotations', { 'example.com/password': 'C0rrect!Horse#Battery' }, ['podAnnotations["example.com/password"]']),
  set('labels', { squad: 'not a value!' }, ['labels.squad']),
  set('name', 'Store_Front'),
  set('workload', 'deploymnet', ['workload'], ['workload', 'replicas']),
  set('workload', 'daemonSet', ['replicas'], ['workload', 'replicas', 'disruptionBudget']),
  set('statefulSet', { podManagementPolicy: 'Parallel' }, ['statefulSet'], ['statefulSet', 'workload']),
  set('replicas', 2.5, ['replicas'], ['replicas', 'disruptionBudget', 'workload']),
  set('disruptionBudget', { maxUnavailable: 0 }, ['disruptionBudget.maxUnavailable'], ['disruptionBudget', 'replicas', 'workload']),
  set('autoscale', { min: 5, max: 3 }, ['autoscale.max'], ['autoscale', 'replicas', 'workload', 'disruptionBudget']),
  set('autoscale', { max: 8 }, ['replicas'], ['autoscale', 'replicas', 'workload', 'disruptionBudget']),
  set('service', { kind: 'ClusterIp' }, ['service.kind'], ['service', 'expose']),
  set('service', clusterIp({ targetPort: 'htp' }), ['service.targetPort'], ['service', 'port', 'ports']),
  set('service', false, ['expose'], ['service', 'expose', 'port', 'ports', 'server']),
  set('expose', { kind: 'http-route', host: 'Not A Host' }, ['expose.host'], ['expose', 'service']),
  set('spread', { zone: 'required' }, ['spread.zone']),
  set('networkPolicy', { allowEgress: [{ cidr: '10.0.0.0/33' }] }, ['networkPolicy.allowEgress[0].cidr']),
  set('monitoring', { port: 'metrics' }, ['monitoring.port'], ['monitoring', 'port', 'ports', 'server']),
  set('calls', ['flask-api'], ['calls[0]']),
  set('tolerations', [[]], ['tolerations[0]']),
  set('imagePullSecrets', ['Not A Name'], ['imagePullSecrets[0]']),
];
