import type { KubeObject } from '../../lib/manifests/rendered.ts';

/** A kustomization over objects, as Slipway writes them. */
export interface KustomizeCase {
  readonly name: string;
  readonly objects: readonly KubeObject[];
  readonly kustomization: Readonly<Record<string, unknown>>;
}

const deployment: KubeObject = {
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'server', labels: { app: 'server', tier: 'web' }, annotations: { note: 'a' } },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: 'server' } },
    template: {
      metadata: { labels: { app: 'server' } },
      spec: {
        serviceAccountName: 'server',
        tolerations: [{ key: 'a', operator: 'Exists' }],
        initContainers: [{ name: 'copy', image: 'registry.example/tool:1', command: ['cp', '-n'] }],
        containers: [
          { name: 'server', image: 'registry.example:5000/server:v1', args: ['--a', '--b'], env: [{ name: 'A', value: '1' }, { name: 'B', value: '2' }], ports: [{ containerPort: 8080, protocol: 'TCP', name: 'http' }, { containerPort: 8083 }], volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }] },
          { name: 'sidecar', image: 'registry.example/sidecar@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', env: [] },
        ],
        volumes: [{ name: 'tmp', emptyDir: {} }, { name: 'keys', secret: { secretName: 'keys', defaultMode: 256 } }],
      },
    },
  },
};
const config: KubeObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config' }, data: { url: 'https://a.example', 'text': 'line one\nline two\n', yes: 'on' } };
const account: KubeObject = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'server' } };
const service: KubeObject = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'server' }, spec: { selector: { app: 'server' }, ports: [{ name: 'http', port: 80, targetPort: 8080 }, { name: 'https', port: 443, targetPort: 8080 }] } };
const role: KubeObject = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'server' }, rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }] };
const clusterBinding: KubeObject = {
  apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRoleBinding', metadata: { name: 'server' }, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'server' },
  subjects: [{ kind: 'ServiceAccount', name: 'server', namespace: 'upstream' }, { kind: 'User', name: 'alice' }],
};
const project: KubeObject = { apiVersion: 'argoproj.io/v1alpha1', kind: 'AppProject', metadata: { name: 'default', finalizers: ['a.example/one'] }, spec: { sourceRepos: ['a', 'b'], destinations: [{ name: 'x', server: '*' }] } };
const definition: KubeObject = {
  apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'things.a.example' },
  spec: { group: 'a.example', names: { kind: 'Thing', plural: 'things' }, scope: 'Namespaced', versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object', properties: { containers: { type: 'array', items: { type: 'object', properties: { image: { type: 'string' } } } } } } } }] },
};
const all = [account, config, deployment, service, role, clusterBinding, project, definition];

function merge(name: string, patch: object, target?: object): KustomizeCase {
  return { name, objects: all, kustomization: { patches: [{ ...(target !== undefined && { target }), patch: JSON.stringify(patch) }] } };
}
const server = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'server' } };
const pod = (spec: object): object => ({ ...server, spec: { template: { spec } } });

export const kustomizeCases: readonly KustomizeCase[] = [
  { name: 'nothing but resources', objects: all, kustomization: {} },
  { name: 'a namespace for everything', objects: all, kustomization: { namespace: 'argocd' } },
  merge('a merged scalar and map', { ...server, spec: { replicas: 3, template: { metadata: { annotations: { b: 'c' } } } } }),
  merge('a removed field', { ...server, metadata: { name: 'server', annotations: null }, spec: { replicas: null } }),
  merge('containers by name', pod({ containers: [{ name: 'server', args: ['--c'], resources: { limits: { memory: '1Gi' } } }] })),
  merge('a new container', pod({ containers: [{ name: 'new', image: 'new:1' }, { name: 'newer', image: 'new:2' }] })),
  merge('a removed container', pod({ containers: [{ name: 'sidecar', $patch: 'delete' }] })),
  merge('variables by name', pod({ containers: [{ name: 'server', env: [{ name: 'B', value: '3' }, { name: 'C', value: '4' }, { name: 'D', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }] }] })),
  merge('a variable that gets its value from elsewhere', pod({ containers: [{ name: 'server', env: [{ name: 'A', value: null, valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }] }] })),
  merge('container ports', pod({ containers: [{ name: 'server', ports: [{ containerPort: 8083, name: 'metrics' }, { containerPort: 9000 }] }] })),
  merge('container ports with their protocol', pod({ containers: [{ name: 'server', ports: [{ containerPort: 9000, protocol: 'UDP' }, { containerPort: 8080, protocol: 'TCP', name: 'web' }, { containerPort: 8080, protocol: 'UDP' }] }] })),
  merge('a label of the last kind that goes', { ...server, metadata: { name: 'server', annotations: { note: null } } }),
  merge('volumes and mounts', pod({ containers: [{ name: 'server', volumeMounts: [{ name: 'more', mountPath: '/more' }] }], volumes: [{ name: 'more', configMap: { name: 'config' } }] })),
  merge('tolerations, which are replaced', pod({ tolerations: [{ key: 'b', operator: 'Exists' }] })),
  merge('pull secrets', pod({ imagePullSecrets: [{ name: 'registry' }] })),
  merge('a spread over zones', pod({ topologySpreadConstraints: [{ topologyKey: 'zone', maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule' }] })),
  merge('an affinity', pod({ affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: { topologyKey: 'zone' } }] } } })),
  merge('service ports', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'server' }, spec: { type: 'LoadBalancer', ports: [{ port: 443, targetPort: 8443 }] } }),
  merge('rules of a role, which are replaced', { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'server' }, rules: [{ apiGroups: ['apps'], resources: ['deployments'], verbs: ['list'] }] }),
  merge('the data of a ConfigMap', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config' }, data: { url: 'https://b.example', more: 'a: b\n', text: null } }),
  merge('a ConfigMap whose data is replaced', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config' }, data: { $patch: 'replace', only: 'this' } }),
  merge('a removed object', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config' }, $patch: 'delete' }),
  merge('lists of a custom resource, which are replaced', { apiVersion: 'argoproj.io/v1alpha1', kind: 'AppProject', metadata: { name: 'default' }, spec: { sourceRepos: ['c'], destinations: [{ name: 'y' }] } }),
  merge('annotations of all definitions', { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'any', annotations: { keep: 'yes' } } }, { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' }),
  merge('everything whose name fits a pattern', { apiVersion: 'v1', kind: 'Any', metadata: { name: 'any', labels: { x: 'y' } } }, { name: 'serv.*' }),
  merge('a pattern that has to fit the whole name', { apiVersion: 'v1', kind: 'Any', metadata: { name: 'any', labels: { x: 'y' } } }, { name: 'serv' }),
  merge('what a label selects', { apiVersion: 'v1', kind: 'Any', metadata: { name: 'any', labels: { x: 'y' } } }, { labelSelector: 'app=server,tier!=db' }),
  merge('a JSON patch that adds, replaces and removes', [
    { op: 'add', path: '/spec/template/spec/containers/0/args/-', value: '--last' }, { op: 'add', path: '/spec/template/spec/containers/0/args/0', value: '--first' },
    { op: 'replace', path: '/spec/replicas', value: 5 }, { op: 'remove', path: '/spec/template/spec/volumes/1' }, { op: 'add', path: '/metadata/annotations/a.example~1b', value: 'c' },
  ], { kind: 'Deployment', name: 'server' }),
  merge('a JSON patch that moves, copies and tests', [
    { op: 'test', path: '/spec/replicas', value: 1 }, { op: 'copy', from: '/spec/replicas', path: '/spec/minReadySeconds' }, { op: 'move', from: '/metadata/annotations/note', path: '/metadata/labels/note' },
  ], { kind: 'Deployment' }),
  { name: 'a block of text that ends a patch', objects: all, kustomization: { patches: [{ patch: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: config\ndata:\n  first: |\n    a\n    b\n  last: |\n    c\n    d\n' }, { patch: 'kind: ConfigMap\napiVersion: v1\nmetadata:\n  name: config\ndata:\n  kept: |+\n    a\n\n' }] } },
  { name: 'two patches in order', objects: all, kustomization: { patches: [{ patch: JSON.stringify({ ...server, spec: { replicas: 2 } }) }, { target: { kind: 'Deployment' }, patch: JSON.stringify([{ op: 'test', path: '/spec/replicas', value: 2 }, { op: 'replace', path: '/spec/replicas', value: 4 }]) }] } },
  { name: 'new tags, names and digests', objects: all, kustomization: { images: [{ name: 'registry.example:5000/server', newTag: 'v2' }, { name: 'registry.example/sidecar', newTag: 'v3' }, { name: 'registry.example/tool', newName: 'mirror.example/tool' }] } },
  { name: 'a digest without and with a tag', objects: all, kustomization: { images: [{ name: 'registry.example:5000/server', digest: `sha256:${'b'.repeat(64)}` }, { name: 'registry.example/sidecar', newName: 'm/s', newTag: '1', digest: `sha256:${'c'.repeat(64)}` }] } },
  { name: 'a patch, a namespace and an image together', objects: all, kustomization: { namespace: 'argocd', patches: [{ patch: JSON.stringify(pod({ containers: [{ name: 'server', image: 'registry.example/tool:9' }] })) }], images: [{ name: 'registry.example/tool', newTag: '10' }] } },
];
