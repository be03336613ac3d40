import type { KubeObject } from '../../manifests/rendered.ts';
import { toYaml } from '../../manifests/yaml.ts';

const kinds = [
  { group: 'source.toolkit.fluxcd.io', version: 'v1', kind: 'GitRepository' },
  { group: 'source.toolkit.fluxcd.io', version: 'v1', kind: 'HelmRepository' },
  { group: 'kustomize.toolkit.fluxcd.io', version: 'v1', kind: 'Kustomization' },
  { group: 'helm.toolkit.fluxcd.io', version: 'v2', kind: 'HelmRelease' },
] as const;

/** What kube-state-metrics needs to tell the state of Flux's objects as `gotk_resource_info`: Flux's controllers don't say it themselves. */
export function resourceMetrics(namespace: string): KubeObject {
  const config = {
    kind: 'CustomResourceStateMetrics',
    spec: {
      resources: kinds.map((groupVersionKind) => ({
        groupVersionKind,
        metricNamePrefix: 'gotk',
        metrics: [{
          name: 'resource_info',
          help: 'State of an object of Flux.',
          each: { type: 'Info', info: { labelsFromPath: { name: ['metadata', 'name'] } } },
          labelsFromPath: {
            exported_namespace: ['metadata', 'namespace'],
            ready: ['status', 'conditions', '[type=Ready]', 'status'],
            suspended: ['spec', 'suspend'],
            environment: ['metadata', 'labels', 'slipway.dev/environment'],
            app: ['metadata', 'labels', 'slipway.dev/app'],
          },
        }],
      })),
    },
  };
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'flux-resource-metrics', namespace },
    data: { 'config.yaml': toYaml(config) },
  };
}
