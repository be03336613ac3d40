import type { KubeObject } from '../../../manifests/rendered.ts';
import type { Flux } from '../../../model/flux-options.ts';
import { kustomizeControllerOf } from '../../../model/flux/option-problems.ts';
import { fluxNamespace } from '../names.ts';
import { shardLabel, shardNames } from '../shards.ts';
import { argumentsOf } from './arguments.ts';
import { podFields, upstreamImage } from './workload-patches.ts';

const events = 'http://notification-controller.flux-system.svc.cluster.local./';

/** The kustomize-controllers beside upstream's, one for each shard of the apps: like it in everything but what they watch. */
export function shardDeployments(options: Flux): KubeObject[] {
  return options.shards < 2 ? [] : shardNames(options.shards).map((shard) => shardDeployment(shard, options));
}

function shardDeployment(shard: string, options: Flux): KubeObject {
  const name = `kustomize-controller-${shard}`;
  const labels = { 'app.kubernetes.io/component': 'kustomize-controller', 'app.kubernetes.io/instance': fluxNamespace, 'app.kubernetes.io/part-of': 'flux' };
  const { containers: _, ...placement } = podFields('kustomize', options);
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: fluxNamespace, labels: { ...labels, 'app.kubernetes.io/managed-by': 'slipway', 'control-plane': 'controller', [shardLabel]: shard } },
    spec: {
      replicas: options.components.kustomize.replicas ?? 1,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { annotations: { 'prometheus.io/port': '8080', 'prometheus.io/scrape': 'true' }, labels: { app: name, ...labels } },
        spec: {
          priorityClassName: 'system-cluster-critical',
          ...placement,
          securityContext: { fsGroup: 1337 },
          serviceAccountName: 'kustomize-controller',
          terminationGracePeriodSeconds: 60,
          containers: [manager(shard, options)],
          volumes: [{ name: 'temp', emptyDir: {} }],
        },
      },
    },
  };
}

function manager(shard: string, options: Flux): object {
  return {
    name: 'manager',
    image: `${upstreamImage('kustomize-controller')}:v${kustomizeControllerOf(options.version) ?? ''}`,
    imagePullPolicy: 'IfNotPresent',
    args: [
      `--events-addr=${events}`, '--watch-all-namespaces', '--log-level=info', '--log-encoding=json', '--enable-leader-election',
      ...argumentsOf('kustomize', options),
      `--watch-label-selector=${shardLabel}=${shard}`,
    ],
    env: [
      { name: 'RUNTIME_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
      { name: 'GOMEMLIMIT', valueFrom: { resourceFieldRef: { containerName: 'manager', resource: 'limits.memory' } } },
    ],
    ports: [{ name: 'http-prom', containerPort: 8080, protocol: 'TCP' }, { name: 'healthz', containerPort: 9440, protocol: 'TCP' }],
    livenessProbe: { httpGet: { path: '/healthz', port: 'healthz' } },
    readinessProbe: { httpGet: { path: '/readyz', port: 'healthz' } },
    resources: resourcesOf(options),
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true, runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    volumeMounts: [{ name: 'temp', mountPath: '/tmp' }],
  };
}

function resourcesOf(options: Flux): object {
  const { resources } = options.components.kustomize;
  if (resources === undefined) return { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '1', memory: '1Gi' } };
  const { cpu, memory, cpuLimit, memoryLimit } = resources;
  return { requests: { cpu, memory }, limits: { ...(cpuLimit !== undefined && { cpu: cpuLimit }), memory: memoryLimit ?? memory } };
}
