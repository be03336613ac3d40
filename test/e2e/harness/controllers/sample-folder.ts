/** A folder with a kustomization, a Deployment of two pods and a ConfigMap, as the tests of the controllers themselves deliver it. */
export function sampleFolder(folder: string, namespace: string, text: string): Record<string, string> {
  const labels = { app: 'web' };
  const files = {
    'kustomization.yaml': { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', namespace, resources: ['deployment.yaml', 'configmap.yaml'] },
    'configmap.yaml': { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web' }, data: { text } },
    'deployment.yaml': {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', labels },
      spec: {
        replicas: 2,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'example.test/web:1' }] } },
      },
    },
  };
  // JSON is YAML too.
  return Object.fromEntries(Object.entries(files).map(([name, object]) => [`${folder}/${name}`, JSON.stringify(object, undefined, 2)]));
}
