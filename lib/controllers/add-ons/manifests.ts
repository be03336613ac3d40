import type { AddOnDefinition } from './definition.ts';
import { pluginObjects, pluginPatches } from './rollouts-plugins.ts';

/** Argo Rollouts: the manifest of the tagged tree, whose image has the tag "latest". */
export const argoRollouts: AddOnDefinition = {
  namespace: 'argo-rollouts',
  podSecurity: 'restricted',
  groups: ['argoproj.io'],
  setsNamespace: true,
  images: ({ version }) => [{ name: 'quay.io/argoproj/argo-rollouts', tag: `v${version}` }],
  controller: { deployment: 'argo-rollouts', container: 'argo-rollouts', resources: { cpu: '100m', memory: '256Mi' } },
  patches: ({ plugins }) => pluginPatches(plugins),
  objects: ({ plugins }) => pluginObjects(plugins),
};

/** Metrics server: the metrics that autoscalers read. */
export const metricsServer: AddOnDefinition = {
  namespace: 'kube-system',
  namespaceExists: true,
  podSecurity: 'baseline',
  groups: [],
  controller: { deployment: 'metrics-server', container: 'metrics-server' },
};

/** Sealed Secrets, where `kubeseal` looks for it unless told otherwise. */
export const sealedSecrets: AddOnDefinition = {
  namespace: 'kube-system',
  namespaceExists: true,
  podSecurity: 'baseline',
  groups: ['bitnami.com'],
  controller: { deployment: 'sealed-secrets-controller', container: 'sealed-secrets-controller', resources: { cpu: '50m', memory: '128Mi' } },
};

/**
 * Envoy Gateway with the Gateway API's own definitions. Its manifest is rendered of a chart whose hooks are still marked: Argo CD would take
 * them for hooks of its own and run the certificate Job at every sync, Flux would apply them as they are. Without the marks both apply them alike;
 * the Job stays after it has finished, and is replaced when a new version changes it.
 */
export const envoyGateway: AddOnDefinition = {
  namespace: 'envoy-gateway-system',
  podSecurity: 'baseline',
  groups: ['gateway.envoyproxy.io', 'gateway.networking.k8s.io'],
  controller: { deployment: 'envoy-gateway', container: 'envoy-gateway' },
  patches: () => [
    // They have no other annotations. A strategic merge can't remove any: kustomize writes the text "null".
    { target: { annotationSelector: 'helm.sh/hook' }, patch: [{ op: 'remove', path: '/metadata/annotations' }] },
    {
      target: { group: 'batch', kind: 'Job', name: '.*certgen' },
      patch: {
        apiVersion: 'batch/v1', kind: 'Job',
        metadata: { name: 'any', annotations: { 'argocd.argoproj.io/sync-options': 'Force=true,Replace=true', 'kustomize.toolkit.fluxcd.io/force': 'enabled' } },
        spec: { ttlSecondsAfterFinished: null },
      },
    },
  ],
};
