import type { KustomizationPatch } from '../../manifests/kustomization.ts';
import type { KubeObject } from '../../manifests/rendered.ts';
import { toYaml } from '../../manifests/yaml.ts';
import { gatewayApiPluginName, type RolloutsPlugin } from '../../model/rollouts-plugins.ts';
import { contentHash } from '../../values/content-hash.ts';

const namespace = 'argo-rollouts';
/** The controller's settings, its Deployment and its ServiceAccount, as upstream's manifest names them. */
const names = { settings: 'argo-rollouts-config', controller: 'argo-rollouts' } as const;
/** Where the controller looks for each kind. */
const lists = { 'metric-provider': 'metricProviderPlugins', step: 'stepPlugins', 'traffic-router': 'trafficRouterPlugins' } as const;

/** The plugins in the controller's settings, and what starts the controller anew when they change: it reads them only when it starts. */
export function pluginPatches(plugins: readonly RolloutsPlugin[] = []): KustomizationPatch[] {
  if (plugins.length === 0) return [];
  const data = Object.fromEntries(Object.entries(lists).flatMap(([kind, list]) => {
    const items = plugins.filter((plugin) => plugin.kind === kind).map(itemOf);
    return items.length === 0 ? [] : [[list, toYaml(items).trimEnd()]];
  }));
  return [
    { target: { version: 'v1', kind: 'ConfigMap', name: names.settings }, patch: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: names.settings }, data } },
    {
      target: { group: 'apps', kind: 'Deployment', name: names.controller },
      patch: { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: names.controller }, spec: { template: { metadata: { annotations: { 'slipway.dev/plugins': contentHash(data) } } } } },
    },
  ];
}

/** What the plugin for Gateway API may do beyond what the controller may: read and change routes, and read Services. */
export function pluginObjects(plugins: readonly RolloutsPlugin[] = []): KubeObject[] {
  if (!plugins.some((plugin) => plugin.name === gatewayApiPluginName)) return [];
  const name = 'argo-rollouts-gateway-api';
  return [
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name },
      rules: [
        { apiGroups: [''], resources: ['services'], verbs: ['get'] },
        { apiGroups: ['gateway.networking.k8s.io'], resources: ['grpcroutes', 'httproutes', 'tcproutes', 'tlsroutes'], verbs: ['get', 'list', 'patch', 'update'] },
      ],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
      subjects: [{ kind: 'ServiceAccount', name: names.controller, namespace }],
    },
  ];
}

function itemOf({ name, location, sha256, args, headersFrom }: RolloutsPlugin): object {
  return {
    name,
    location,
    ...(sha256 !== undefined && { sha256 }),
    ...(args !== undefined && { args: [...args] }),
    ...(headersFrom !== undefined && { headersFrom: headersFrom.map((secret) => ({ secretRef: { name: secret } })) }),
  };
}
