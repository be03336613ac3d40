import { at, type Loose } from '../healthy-app.ts';
import type { RuleCase } from './case.ts';

const pod = (app: Record<string, Loose>): Loose => at(app['deployment'], 'spec', 'template', 'spec');
const container = (app: Record<string, Loose>): Loose => at(pod(app), 'containers', 0);
const inPod = 'Deployment spec.template.spec';
const inContainer = `${inPod}.containers[0]`;
const meta = (app: Record<string, Loose>, object: string): Loose => at(app[object], 'metadata');

/** Rules that look at one object at a time. */
export const objectCases: readonly RuleCase[] = [
  { rule: 'analysis-condition', name: 'a condition that does not parse', finds: ['AnalysisTemplate spec.metrics[0].successCondition'], change: (app) => void (app['analysis'] = analysis({ successCondition: 'result[0] >= ' })) },
  { rule: 'analysis-condition', name: 'a name that nobody gives, and a number compared with a text', finds: ['AnalysisTemplate spec.metrics[0].failureCondition', 'AnalysisTemplate spec.metrics[0].successCondition'], change: (app) => void (app['analysis'] = analysis({ successCondition: 'reslt > 1', failureCondition: 'result[0] == "bad"' })) },
  { rule: 'analysis-condition', name: 'a condition that is neither true nor false', finds: ['AnalysisTemplate spec.metrics[0].successCondition'], change: (app) => void (app['analysis'] = analysis({ successCondition: 'result[0]' })) },
  { rule: 'analysis-condition', name: 'conditions on a list, on a number, and on an argument', finds: [], change: (app) => { app['analysis'] = analysis({ successCondition: 'len(result) == 0 || result[0] >= {{args.least}}', failureCondition: 'isNaN(result[0])' }); app['scalar'] = analysis({ successCondition: 'result >= 0.95', provider: { prometheus: { query: 'scalar(sum(rate(requests_total[5m]))) * 100' } } }, 'scalar'); } },
  { rule: 'analysis-condition', name: 'a number expected of a vector, which is a list', finds: ['AnalysisTemplate spec.metrics[0].successCondition'], change: (app) => void (app['analysis'] = analysis({ successCondition: 'result >= 0.95' })) },
  { rule: 'analysis-condition', name: 'a list expected of a scalar', finds: ['AnalysisTemplate spec.metrics[0].successCondition'], change: (app) => void (app['analysis'] = analysis({ successCondition: 'result[0] >= 0.95', provider: { prometheus: { query: 'scalar(up)' } } })) },
  { rule: 'analysis-condition', name: 'conditions on anything that a web page gives', finds: [], change: (app) => void (app['analysis'] = analysis({ provider: { web: { url: 'https://example.com' } }, successCondition: 'result.status == "{{args.least}}" && result.ok' })) },
  { rule: 'analysis-metric', name: 'no metric', finds: ['AnalysisTemplate spec.metrics'], change: (app) => { app['analysis'] = analysis({}); at(app['analysis'], 'spec')['metrics'] = []; } },
  { rule: 'analysis-metric', name: 'two metrics of one name, the second without a provider', finds: ['AnalysisTemplate spec.metrics[1].name', 'AnalysisTemplate spec.metrics[1].provider'], change: (app) => { app['analysis'] = analysis({}); at(app['analysis'], 'spec')['metrics'] = [at(app['analysis'], 'spec', 'metrics', 0), { name: 'rate', provider: {} }]; } },
  { rule: 'analysis-metric', name: 'two providers', finds: ['AnalysisTemplate spec.metrics[0].provider'], change: (app) => void (app['analysis'] = analysis({ provider: { web: { url: 'https://example.com' }, prometheus: { query: 'x' } } })) },
  { rule: 'analysis-metric', name: 'a count that is smaller than its limits, and no interval', finds: ['AnalysisTemplate spec.metrics[0].count', 'AnalysisTemplate spec.metrics[0].interval'], change: (app) => void (app['analysis'] = analysis({ count: 3, failureLimit: 4, interval: undefined })) },
  { rule: 'analysis-metric', name: 'limits below what there is, and a duration in days', finds: ['AnalysisTemplate spec.metrics[0].failureLimit', 'AnalysisTemplate spec.metrics[0].inconclusiveLimit', 'AnalysisTemplate spec.metrics[0].initialDelay'], change: (app) => void (app['analysis'] = analysis({ failureLimit: -1, inconclusiveLimit: -2, initialDelay: '1d' })) },
  { rule: 'analysis-metric', name: 'an argument that is not declared', finds: ['AnalysisTemplate spec.metrics[0]'], change: (app) => void (app['analysis'] = analysis({ provider: { prometheus: { query: 'up{job="{{args.servce}}"}' } } })) },
  { rule: 'analysis-metric', name: 'limits within the count', finds: [], change: (app) => void (app['analysis'] = analysis({ count: '{{args.least}}', failureLimit: '2', consecutiveErrorLimit: 3, initialDelay: '30s' })) },
  { rule: 'controller-annotations', name: 'an option of a controller on an object of an app', finds: ['ConfigMap metadata.annotations["argocd.argoproj.io/refresh"]'], change: (app) => void (meta(app, 'settings')['annotations'] = { 'argocd.argoproj.io/refresh': 'hard' }) },
  { rule: 'controller-annotations', name: 'a wave, and not to be pruned', finds: [], change: (app) => void (meta(app, 'settings')['annotations'] = { 'argocd.argoproj.io/sync-wave': '-2', 'kustomize.toolkit.fluxcd.io/prune': 'disabled' }) },
  { rule: 'finalizers', name: 'a finalizer of a built-in kind without a domain', finds: ['ConfigMap metadata.finalizers[0]'], change: (app) => void (meta(app, 'settings')['finalizers'] = ['keep']) },
  { rule: 'finalizers', name: 'a standard finalizer, and one with a domain', finds: [], change: (app) => void (meta(app, 'settings')['finalizers'] = ['orphan', 'example.com/keep']) },
  { rule: 'grace-period', name: 'a sleep as long as the grace period', finds: [`${inContainer}.lifecycle.preStop`], change: (app) => void (pod(app)['terminationGracePeriodSeconds'] = 5) },
  { rule: 'grace-period', name: 'a sleeping command longer than the default grace period', finds: [`${inContainer}.lifecycle.preStop`], change: (app) => { delete pod(app)['terminationGracePeriodSeconds']; container(app)['lifecycle'] = { preStop: { exec: { command: ['sh', '-c', 'sleep 45'] } } }; } },
  { rule: 'grace-period', name: 'a sleep that leaves a second', finds: [], change: (app) => void (pod(app)['terminationGracePeriodSeconds'] = 6) },
  { rule: 'ingress-paths', name: 'a path that is not absolute', finds: ['Ingress spec.rules[0].http.paths[0].path'], change: (app) => void (at(app['ingress'], 'spec', 'rules', 0, 'http', 'paths', 0)['path'] = 'api') },
  { rule: 'ingress-paths', name: 'a path that climbs', finds: ['Ingress spec.rules[0].http.paths[0].path'], change: (app) => void (at(app['ingress'], 'spec', 'rules', 0, 'http', 'paths', 0)['path'] = '/api/../admin') },
  { rule: 'ingress-paths', name: 'an Ingress with neither rules nor a default', finds: ['Ingress spec'], change: (app) => void (at(app['ingress'])['spec'] = { ingressClassName: 'nginx' }) },
  { rule: 'ingress-paths', name: 'any path that the implementation takes', finds: [], change: (app) => Object.assign(at(app['ingress'], 'spec', 'rules', 0, 'http', 'paths', 0), { path: '/a//b', pathType: 'ImplementationSpecific' }) },
  { rule: 'limit-range', name: 'a default above the maximum', finds: ['LimitRange spec.limits[0].default.cpu'], change: (app) => void (app['limits'] = limits({ default: { cpu: '2' }, max: { cpu: '1' } })) },
  { rule: 'limit-range', name: 'bounds in order', finds: [], change: (app) => void (app['limits'] = limits({ min: { cpu: '50m' }, defaultRequest: { cpu: '0.1' }, default: { cpu: '500m' }, max: { cpu: '1' } })) },
  { rule: 'mutable-image', name: 'latest', finds: [`${inContainer}.image`], change: (app) => void (container(app)['image'] = 'registry.example.com/web:latest') },
  { rule: 'mutable-image', name: 'no tag at all', finds: [`${inContainer}.image`], change: (app) => void (container(app)['image'] = 'registry.example.com:5000/web') },
  { rule: 'mutable-image', name: 'text that names no image', finds: [`${inContainer}.image`], change: (app) => void (container(app)['image'] = 'Registry/Web:1') },
  { rule: 'mutable-image', name: 'no tag in the object, and one in the kustomization of its folder', finds: [], change: (app) => void (container(app)['image'] = 'web'), unit: { images: [{ name: 'web', newName: 'registry.example.com/web', newTag: '1.0.0' }] } },
  { rule: 'mutable-image', name: 'a digest beside latest', finds: [], change: (app) => void (container(app)['image'] = `registry.example.com/web:latest@sha256:${'a'.repeat(64)}`) },
  { rule: 'mutable-image', name: 'a tag that the kustomization turns into latest', finds: [`${inContainer}.image`], change: () => undefined, unit: { images: [{ name: 'registry.example.com/web', newTag: 'latest' }] } },
  { rule: 'network-policy-peers', name: 'a peer that names nothing', finds: ['NetworkPolicy spec.ingress[0].from[0]'], change: (app) => void (at(app['policy'], 'spec', 'ingress', 0)['from'] = [{}]) },
  { rule: 'network-policy-peers', name: 'an exception outside the block', finds: ['NetworkPolicy spec.ingress[0].from[0].ipBlock.except[0]'], change: (app) => void (at(app['policy'], 'spec', 'ingress', 0, 'from', 0, 'ipBlock')['except'] = ['192.168.0.0/16']) },
  { rule: 'network-policy-peers', name: 'a range of ports that ends before it starts', finds: ['NetworkPolicy spec.ingress[0].ports[0].endPort'], change: (app) => void (at(app['policy'], 'spec', 'ingress', 0)['ports'] = [{ port: 8000, endPort: 7000 }]) },
  { rule: 'network-policy-peers', name: 'pods of labelled namespaces', finds: [], change: (app) => void (at(app['policy'], 'spec', 'ingress', 0)['from'] = [{ namespaceSelector: {}, podSelector: {} }]) },
  { rule: 'object-name', name: 'a name with capital letters', finds: ['ConfigMap metadata.name'], change: (app) => { app['extra'] = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'Settings', namespace: 'shop' } }; } },
  { rule: 'object-name', name: 'a Service whose name starts with a digit', finds: ['Service metadata.name'], change: (app) => { app['extra'] = { apiVersion: 'v1', kind: 'Service', metadata: { name: '1-web', namespace: 'shop' }, spec: { type: 'ExternalName', externalName: 'example.com' } }; } },
  { rule: 'object-name', name: 'no name', finds: ['ConfigMap metadata.name'], change: (app) => { app['extra'] = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'x-', namespace: 'shop' } }; } },
  { rule: 'object-name', name: 'a role with colons', finds: [], change: (app) => { app['extra'] = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'team:Reader', namespace: 'shop' }, rules: [] }; } },
  { rule: 'object-size', name: 'a ConfigMap beyond a MiB', finds: ['ConfigMap data'], change: (app) => void (at(app['settings'], 'data')['big'] = 'x'.repeat(1024 * 1024)) },
  { rule: 'object-size', name: 'annotations beyond 256 KiB', finds: ['ConfigMap metadata.annotations'], change: (app) => void (meta(app, 'settings')['annotations'] = { note: 'ä'.repeat(128 * 1024) }) },
  { rule: 'object-size', name: 'a ConfigMap of just a MiB', finds: [], change: (app) => void (at(app['settings'])['data'] = { big: 'x'.repeat(1024 * 1024) }) },
  { rule: 'secret-in-git', name: 'a Secret with data, and a token in a ConfigMap', finds: ['ConfigMap data.token', 'Secret data.url', 'Secret stringData.user'], change: (app) => { app['plain'] = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'plain', namespace: 'shop' }, data: { url: 'aHVudGVyMg==' }, stringData: { user: 'me', none: '' } }; at(app['settings'], 'data')['token'] = `ghp_${'a8Kq2ZrT9x'.repeat(4)}`; } },
  { rule: 'secret-in-git', name: 'a Secret without data, and one encrypted by SOPS', finds: [], change: (app) => { app['plain'] = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'plain', namespace: 'shop' } }; app['sops'] = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'sops', namespace: 'shop' }, data: { url: 'ENC[AES256_GCM,data:x,type:str]' }, sops: { version: '3.9.0', mac: 'x' } }; } },
  { rule: 'secret-in-git', name: 'a password among the environment variables of a container, whoever made it', finds: [`${inContainer}.env[1].value`], change: (app) => void (container(app)['env'] = [{ name: 'LOG_LEVEL', value: 'info' }, { name: 'DATABASE_PASSWORD', value: 'tr0ub4dor&3x' }, { name: 'API_TOKEN', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }]) },
  { rule: 'pod-containers', name: 'an init container with a probe', finds: [`${inPod}.initContainers[0].readinessProbe`], change: (app) => void (pod(app)['initContainers'] = [{ name: 'init', image: 'registry.example.com/init:1.0.0', readinessProbe: { exec: { command: ['true'] } } }]) },
  { rule: 'pod-containers', name: 'two containers of one name', finds: [`${inPod}.initContainers[0].name`], change: (app) => void (pod(app)['initContainers'] = [{ name: 'web', image: 'registry.example.com/init:1.0.0' }]) },
  { rule: 'pod-containers', name: 'two ports of one name', finds: [`${inContainer}.ports[1].name`], change: (app) => void (container(app)['ports'] = [{ name: 'http', containerPort: 8000 }, { name: 'http', containerPort: 8001 }]) },
  { rule: 'pod-containers', name: 'privileges that contradict each other', finds: [`${inContainer}.securityContext.allowPrivilegeEscalation`], change: (app) => void (container(app)['securityContext'] = { privileged: true, allowPrivilegeEscalation: false }) },
  { rule: 'pod-containers', name: 'a sidecar with a probe', finds: [], change: (app) => void (pod(app)['initContainers'] = [{ name: 'sidecar', image: 'registry.example.com/s:1.0.0', restartPolicy: 'Always', resources: { requests: { cpu: '10m' } }, startupProbe: { exec: { command: ['true'] } } }]) },
  { rule: 'pod-security-labels', name: 'a level that there is not', finds: ['Namespace metadata.labels["pod-security.kubernetes.io/enforce"]'], unit: { app: null }, change: (app) => void (app['namespace'] = namespace({ enforce: 'strict' })) },
  { rule: 'pod-security-labels', name: 'a version that there is not', finds: ['Namespace metadata.labels["pod-security.kubernetes.io/warn-version"]'], unit: { app: null }, change: (app) => void (app['namespace'] = namespace({ 'warn-version': '1.35' })) },
  { rule: 'pod-security-labels', name: 'a level and a version', finds: [], unit: { app: null }, change: (app) => void (app['namespace'] = namespace({ enforce: 'privileged', 'enforce-version': 'v1.35', warn: 'restricted' })) },
  { rule: 'volume-missing', name: 'a mount of no volume', finds: [`${inContainer}.volumeMounts[0].name`], change: (app) => void (at(container(app), 'volumeMounts', 0)['name'] = 'temp') },
  { rule: 'volume-missing', name: 'two sources for one path', finds: [`${inPod}.volumes[0].projected.sources[1]`], change: (app) => void (pod(app)['volumes'] = [{ name: 'tmp', projected: { sources: [1, 2].map(() => ({ downwardAPI: { items: [{ path: 'name', fieldRef: { fieldPath: 'metadata.name' } }] } })) } }]) },
  { rule: 'volume-missing', name: 'a mount of a claim template', finds: [], change: (app) => { const set = app['deployment'] ?? {}; set['kind'] = 'StatefulSet'; delete app['scaler']; delete pod(app)['volumes']; at(set, 'spec')['volumeClaimTemplates'] = [{ metadata: { name: 'tmp' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } }]; } },
  { rule: 'probe-port', name: 'a name that no port has', finds: [`${inContainer}.readinessProbe.httpGet.port`], change: (app) => void (at(container(app), 'readinessProbe', 'httpGet')['port'] = 'web') },
  { rule: 'probe-port', name: 'a closed port', finds: [`${inContainer}.livenessProbe.tcpSocket.port`], change: (app) => void (container(app)['livenessProbe'] = { tcpSocket: { port: 9000 } }) },
  { rule: 'probe-port', name: 'an open port by number', finds: [], change: (app) => void (container(app)['livenessProbe'] = { tcpSocket: { port: 8000 } }) },
  { rule: 'request-over-limit', name: 'a request above the limit', finds: [`${inContainer}.resources.requests.memory`], change: (app) => void (at(container(app), 'resources', 'requests')['memory'] = '1Gi') },
  { rule: 'request-over-limit', name: 'fewer huge pages and devices than the limit, which must be equal', finds: [`${inContainer}.resources.requests.hugepages-2Mi`, `${inContainer}.resources.requests.nvidia.com/gpu`], change: (app) => void (container(app)['resources'] = { requests: { cpu: '1', memory: '1Gi', 'hugepages-2Mi': '2Mi', 'nvidia.com/gpu': 1 }, limits: { 'hugepages-2Mi': '4Mi', 'nvidia.com/gpu': 2 } }) },
  { rule: 'request-over-limit', name: 'equal amounts in other words', finds: [], change: (app) => void (container(app)['resources'] = { requests: { cpu: '0.5', memory: '1024Mi' }, limits: { cpu: '500m', memory: '1Gi' } }) },
  { rule: 'selector-mismatch', name: 'a selector of other labels', finds: ['Deployment spec.selector'], change: (app) => void (at(app['deployment'], 'spec')['selector'] = { matchLabels: { app: 'api' } }) },
  { rule: 'selector-mismatch', name: 'an empty selector', finds: ['Deployment spec.selector'], change: (app) => void (at(app['deployment'], 'spec')['selector'] = {}) },
  { rule: 'selector-mismatch', name: 'a selector by expression', finds: [], change: (app) => void (at(app['deployment'], 'spec')['selector'] = { matchExpressions: [{ key: 'app', operator: 'In', values: ['web', 'api'] }, { key: 'tier', operator: 'DoesNotExist' }] }) },
  { rule: 'service-ports', name: 'a Service without ports', finds: ['Service spec.ports'], change: (app) => { app['extra'] = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'extra', namespace: 'shop' }, spec: { selector: { app: 'web' } } }; } },
  { rule: 'service-ports', name: 'the second port without a name', finds: ['Service spec.ports[1].name'], change: (app) => void (at(app['service'], 'spec')['ports'] = [{ name: 'http', port: 80, targetPort: 8000 }, { port: 81, targetPort: 8000 }]) },
  { rule: 'service-ports', name: 'a node port on a cluster IP', finds: ['Service spec.ports[0].nodePort'], change: (app) => void (at(app['service'], 'spec', 'ports', 0)['nodePort'] = 30080) },
  { rule: 'service-ports', name: 'a headless Service without ports', finds: [], change: (app) => { app['extra'] = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'extra', namespace: 'shop' }, spec: { clusterIP: 'None', selector: { app: 'web' } } }; } },
];

function limits(item: Loose): Loose {
  return { apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'limits', namespace: 'shop' }, spec: { limits: [{ type: 'Container', ...item }] } };
}

function namespace(security: Readonly<Record<string, string>>): Loose {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: Object.fromEntries(Object.entries(security).map(([key, value]) => [`pod-security.kubernetes.io/${key}`, value])) } };
}

function analysis(metric: Record<string, unknown>, name = 'rate'): Record<string, Loose> {
  const value = { name: 'rate', interval: '1m', provider: { prometheus: { query: 'up{service="{{ args.service }}"}' } }, ...metric };
  return {
    apiVersion: 'argoproj.io/v1alpha1', kind: 'AnalysisTemplate', metadata: { name, namespace: 'shop' },
    spec: { args: [{ name: 'service', value: 'web' }, { name: 'least' }], metrics: [Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined))] },
  } as unknown as Record<string, Loose>;
}
