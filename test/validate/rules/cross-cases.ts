import { at, type Loose } from '../healthy-app.ts';
import type { RuleCase } from './case.ts';

const pod = (app: Record<string, Loose>): Loose => at(app['deployment'], 'spec', 'template', 'spec');

/** Rules that look at all objects of a render, and those that find what one object misses. */
export const crossCases: readonly RuleCase[] = [
  { rule: 'after-rollout', name: 'an object in a later wave', finds: ['ConfigMap metadata.annotations["argocd.argoproj.io/sync-wave"]'], change: (app) => { app['rollout'] = rollout(); at(app['settings'], 'metadata')['annotations'] = { 'argocd.argoproj.io/sync-wave': '1' }; } },
  { rule: 'after-rollout', name: 'PruneLast', finds: ['ConfigMap metadata.annotations["argocd.argoproj.io/sync-options"]'], change: (app) => { app['rollout'] = rollout(); at(app['settings'], 'metadata')['annotations'] = { 'argocd.argoproj.io/sync-options': 'PruneLast=true' }; } },
  { rule: 'after-rollout', name: 'an object in an earlier wave', finds: [], change: (app) => { app['rollout'] = rollout(); at(app['settings'], 'metadata')['annotations'] = { 'argocd.argoproj.io/sync-wave': '-2' }; } },
  { rule: 'budget-blocks-eviction', name: 'nothing may be unavailable', finds: ['PodDisruptionBudget spec.maxUnavailable'], change: (app) => void (at(app['budget'], 'spec')['maxUnavailable'] = 0) },
  { rule: 'budget-blocks-eviction', name: 'as many as the autoscaler\'s minimum', finds: ['PodDisruptionBudget spec.minAvailable'], change: (app) => { at(app['deployment'], 'spec')['replicas'] = 5; budget(app, { minAvailable: 3 }); } },
  { rule: 'budget-blocks-eviction', name: 'all of them in percent', finds: ['PodDisruptionBudget spec.minAvailable'], change: (app) => budget(app, { minAvailable: '100%' }) },
  { rule: 'budget-blocks-eviction', name: 'a percentage that rounds up to all', finds: ['PodDisruptionBudget spec.minAvailable'], change: (app) => { delete app['scaler']; at(app['deployment'], 'spec')['replicas'] = 2; budget(app, { minAvailable: '51%' }); } },
  { rule: 'budget-blocks-eviction', name: 'one fewer than there are', finds: [], change: (app) => budget(app, { minAvailable: 2 }) },
  { rule: 'budget-selects-nothing', name: 'labels that no pod has', finds: ['PodDisruptionBudget spec.selector'], change: (app) => void (at(app['budget'], 'spec')['selector'] = { matchLabels: { app: 'wbe' } }) },
  { rule: 'budget-selects-nothing', name: 'an empty selector, which selects all', finds: [], change: (app) => void (at(app['budget'], 'spec')['selector'] = {}) },
  { rule: 'duplicate-object', name: 'the same object twice', finds: ['ConfigMap metadata.name'], change: (app) => void (app['again'] = structuredClone(app['settings'] ?? {})) },
  { rule: 'duplicate-object', name: 'the same name in another namespace', finds: [], change: (app) => { app['again'] = structuredClone(app['settings'] ?? {}); at(app['again'], 'metadata')['namespace'] = 'other'; } },
  { rule: 'monitor-endpoint', name: 'a port that the Service has not', finds: ['ServiceMonitor spec.endpoints[0].port'], change: (app) => void (at(app['monitor'], 'spec', 'endpoints', 0)['port'] = 'metrics') },
  { rule: 'monitor-endpoint', name: 'labels that no Service has', finds: ['ServiceMonitor spec.selector'], change: (app) => void (at(app['monitor'], 'spec')['selector'] = { matchLabels: { app: 'api' } }) },
  { rule: 'monitor-endpoint', name: 'Services of other namespaces', finds: [], change: (app) => Object.assign(at(app['monitor'], 'spec'), { selector: { matchLabels: { app: 'api' } }, namespaceSelector: { any: true } }) },
  { rule: 'network-policy-port', name: 'a port that the pods have not', finds: ['NetworkPolicy spec.ingress[0].ports[0].port'], change: (app) => void (at(app['policy'], 'spec', 'ingress', 0, 'ports', 0)['port'] = 'htpp') },
  { rule: 'network-policy-port', name: 'a number that is not declared', finds: [], change: (app) => void (at(app['policy'], 'spec', 'ingress', 0, 'ports', 0)['port'] = 9000) },
  { rule: 'route-backend', name: 'a port that the Service has not', finds: ['HTTPRoute spec.rules[0].backendRefs[0].port'], change: (app) => void (at(app['route'], 'spec', 'rules', 0, 'backendRefs', 0)['port'] = 8080) },
  { rule: 'route-backend', name: 'a name that no port of the Service has', finds: ['Ingress spec.rules[0].http.paths[0].backend.service.port'], change: (app) => void (at(app['ingress'], 'spec', 'rules', 0, 'http', 'paths', 0, 'backend', 'service')['port'] = { name: 'web' }) },
  { rule: 'route-backend', name: 'a port by number', finds: [], change: (app) => void (at(app['ingress'], 'spec', 'rules', 0, 'http', 'paths', 0, 'backend', 'service')['port'] = { number: 80 }) },
  { rule: 'scaler-target', name: 'a workload that nobody renders', finds: ['HorizontalPodAutoscaler spec.scaleTargetRef'], change: (app) => void (at(app['scaler'], 'spec', 'scaleTargetRef')['name'] = 'wbe') },
  { rule: 'scaler-target', name: 'a kind that is not the workload\'s', finds: ['HorizontalPodAutoscaler spec.scaleTargetRef'], change: (app) => void (at(app['scaler'], 'spec', 'scaleTargetRef')['kind'] = 'StatefulSet') },
  { rule: 'scaler-target', name: 'utilization of a request that is not set', finds: ['HorizontalPodAutoscaler spec.metrics[0].resource'], change: (app) => void (at(pod(app), 'containers', 0, 'resources')['requests'] = { memory: '64Mi' }) },
  { rule: 'scaler-target', name: 'a custom resource with a scale of its own', finds: [], change: (app) => void (at(app['scaler'], 'spec')['scaleTargetRef'] = { apiVersion: 'example.com/v1', kind: 'Farm', name: 'web' }) },
  { rule: 'selector-overlap', name: 'a selector that takes in another workload\'s pods', finds: ['Deployment spec.selector'], change: (app) => { for (const name of ['service', 'route', 'ingress', 'monitor']) delete app[name]; app['worker'] = deployment('worker', { app: 'web', part: 'worker' }, { part: 'worker' }); } },
  { rule: 'selector-overlap', name: 'the same labels in another namespace', finds: [], change: (app) => { app['worker'] = deployment('worker', { app: 'web' }, { app: 'web' }); at(app['worker'], 'metadata')['namespace'] = 'other'; } },
  { rule: 'service-selects-nothing', name: 'labels that no pod has', finds: ['Service spec.selector'], change: (app) => { app['other'] = service('other', { app: 'wbe' }); } },
  { rule: 'service-selects-nothing', name: 'a Service without a selector', finds: [], change: (app) => { app['other'] = service('other', {}); } },
  { rule: 'service-selects-nothing', name: 'one pod of a StatefulSet by its own label', finds: [], change: (app) => { app['set'] = { ...deployment('set', { app: 'set' }, { app: 'set' }), kind: 'StatefulSet' }; app['other'] = service('other', { 'app': 'set', 'statefulset.kubernetes.io/pod-name': 'set-0' }); } },
  { rule: 'service-selects-several', name: 'the pods of two workloads', finds: ['Service spec.selector'], change: (app) => { app['a'] = deployment('a', { app: 'a', team: 'x' }, { app: 'a' }); app['b'] = deployment('b', { app: 'b', team: 'x' }, { app: 'b' }); app['other'] = service('other', { team: 'x' }); } },
  { rule: 'service-selects-several', name: 'the pods of a workload and of a Job', finds: [], change: (app) => { app['job'] = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'job', namespace: 'shop' }, spec: { template: { metadata: { labels: { team: 'x' } }, spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'registry.example.com/c:1.0.0' }] } } } }; app['a'] = deployment('a', { app: 'a', team: 'x' }, { app: 'a' }); app['other'] = service('other', { team: 'x' }); } },
  { rule: 'service-target-port', name: 'a name that no port has', finds: ['Service spec.ports[0].targetPort'], change: (app) => void (at(app['service'], 'spec', 'ports', 0)['targetPort'] = 'web') },
  { rule: 'service-target-port', name: 'a closed port', finds: ['Service spec.ports[0].port'], change: (app) => void (delete at(app['service'], 'spec', 'ports', 0)['targetPort']) },
  { rule: 'service-target-port', name: 'the right number and the wrong protocol', finds: ['Service spec.ports[0].targetPort'], change: (app) => Object.assign(at(app['service'], 'spec', 'ports', 0), { targetPort: 8000, protocol: 'UDP' }) },
  { rule: 'service-target-port', name: 'pods that declare no ports', finds: [], change: (app) => { at(app['service'], 'spec', 'ports', 0)['targetPort'] = 8123; const container = at(pod(app), 'containers', 0); delete container['ports']; delete container['readinessProbe']; } },
  { rule: 'missing-reference', name: 'a ConfigMap that nobody makes', finds: ['Deployment spec.template.spec.containers[0].envFrom[0].configMapRef.name'], change: (app) => void (at(pod(app), 'containers', 0)['envFrom'] = [{ configMapRef: { name: 'setings' } }]) },
  { rule: 'missing-reference', name: 'Secrets of variables, volumes, pulls and certificates that nobody makes', finds: ['Deployment spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef.name', 'Deployment spec.template.spec.imagePullSecrets[0].name', 'Deployment spec.template.spec.volumes[0].projected.sources[0].secret.name', 'Ingress spec.tls[0].secretName'], change: (app) => { at(pod(app), 'containers', 0)['env'] = [{ name: 'URL', valueFrom: { secretKeyRef: { name: 'a', key: 'url' } } }, { name: 'PLAIN', value: 'x' }]; pod(app)['imagePullSecrets'] = [{ name: 'b' }]; pod(app)['volumes'] = [{ name: 'tmp', projected: { sources: [{ secret: { name: 'c' } }] } }]; at(app['ingress'], 'spec')['tls'] = [{ secretName: 'd' }]; } },
  { rule: 'missing-reference', name: 'a certificate that cert-manager makes', finds: [], change: (app) => { at(app['ingress'], 'metadata')['annotations'] = { 'cert-manager.io/cluster-issuer': 'acme' }; at(app['ingress'], 'spec')['tls'] = [{ secretName: 'd' }]; } },
  { rule: 'missing-reference', name: 'a ServiceAccount that nobody makes', finds: ['Deployment spec.template.spec.serviceAccountName'], change: (app) => void (delete app['account']) },
  { rule: 'missing-reference', name: 'a Service that nobody makes', finds: ['HTTPRoute spec.rules[0].backendRefs[0].name'], change: (app) => void (at(app['route'], 'spec', 'rules', 0, 'backendRefs', 0)['name'] = 'api') },
  { rule: 'missing-reference', name: 'a claim that nobody makes', finds: ['Deployment spec.template.spec.volumes[0].persistentVolumeClaim.claimName'], change: (app) => void (pod(app)['volumes'] = [{ name: 'tmp', persistentVolumeClaim: { claimName: 'data' } }]) },
  { rule: 'missing-reference', name: 'Secrets that an ExternalSecret and a SealedSecret make', finds: [], change: (app) => { at(pod(app), 'containers', 0)['envFrom'] = [{ secretRef: { name: 'database' } }, { secretRef: { name: 'sealed' } }]; app['external'] = { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: 'db', namespace: 'shop' }, spec: { target: { name: 'database' } } }; app['sealed'] = { apiVersion: 'bitnami.com/v1alpha1', kind: 'SealedSecret', metadata: { name: 'sealed', namespace: 'shop' }, spec: { encryptedData: { url: 'AgBy3i4OJSWK' } } }; } },
  { rule: 'missing-reference', name: 'what is declared as existing, what every namespace has, and what is optional', finds: [], change: (app) => { pod(app)['imagePullSecrets'] = [{ name: 'registry' }]; pod(app)['serviceAccountName'] = 'default'; pod(app)['volumes'] = [{ name: 'tmp', configMap: { name: 'kube-root-ca.crt' } }]; at(pod(app), 'containers', 0)['envFrom'] = [{ secretRef: { name: 'none', optional: true } }]; }, target: { existing: [{ kind: 'Secret', namespace: 'shop', name: 'registry' }] } },
  { rule: 'cluster-object-in-app', name: 'a Namespace in an app\'s folder', finds: ['Namespace '], change: (app) => void (app['namespace'] = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }) },
  { rule: 'namespace-of-cluster-object', name: 'a ClusterRole with a namespace', finds: ['ClusterRole metadata.namespace'], unit: { app: null }, change: (app) => void (app['role'] = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'reader', namespace: 'shop' }, rules: [] }) },
];

function budget(app: Record<string, Loose>, spec: Loose): void {
  const selector = at(app['budget'], 'spec')['selector'];
  at(app['budget'])['spec'] = { ...spec, selector };
}

function deployment(name: string, labels: Loose, matchLabels: Loose): Loose {
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace: 'shop' }, spec: { selector: { matchLabels }, template: { metadata: { labels }, spec: { containers: [{ name: 'c', image: 'registry.example.com/c:1.0.0' }] } } } };
}

function service(name: string, selector: Loose): Loose {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'shop' }, spec: { selector, ports: [{ port: 80 }] } };
}

function rollout(): Loose {
  return { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'api', namespace: 'shop' }, spec: { strategy: { canary: {} }, selector: { matchLabels: { app: 'api' } }, template: { metadata: { labels: { app: 'api' } }, spec: { containers: [{ name: 'api', image: 'registry.example.com/api:1.0.0', resources: {} }] } } } };
}
