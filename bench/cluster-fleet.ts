import { Manifest } from '../lib/constructs/manifest.ts';
import { argoCd, defineApp, defineCluster, defineEnvironment, flux, type AnyApp } from '../lib/index.ts';
import { assembleFleet } from '../lib/model/assemble.ts';
import type { Fleet } from '../lib/model/fleet.ts';

/** What a fleet of many clusters is made of. */
export interface ClusterFleetOptions {
  readonly clusters: number;
  readonly apps: number;
  readonly controller: 'argo-cd' | 'flux';
  /** Version of the first app's image: another one is a one-app change. @default '1.0.0' */
  readonly version?: string;
  /** A hub delivers to all clusters. @default false */
  readonly hub?: boolean;
}

/** A fleet of one environment on many clusters: every app runs on all of them. */
export function clusterFleet({ clusters: count, apps: appCount, controller, version = '1.0.0', hub = false }: ClusterFleetOptions): Fleet {
  const install = (): ReturnType<typeof argoCd> | ReturnType<typeof flux> => (controller === 'argo-cd' ? argoCd() : flux());
  const names = Array.from({ length: count }, (_, index) => `edge-${String(index).padStart(4, '0')}`);
  const hubs = hub ? [defineCluster({ name: 'hub', provider: 'existing', kubernetes: '1.35', controller: install() })] : [];
  const clusters = names.map((name) => defineCluster({
    name, provider: 'existing', kubernetes: '1.35', controller: install(), existingDefinitions: [],
    ...(hub && { managedBy: 'hub', server: `https://${name}.example:6443` }),
  }));
  const environment = defineEnvironment({ name: 'prod', clusters, registry: 'registry.example/acme', domain: 'prod.example', images: { digests: 'optional' } });
  const apps = Array.from({ length: appCount }, (_, index) => app(`app-${String(index).padStart(2, '0')}`));
  const pins = ['images:', ...apps.flatMap((each, index) => [`  - name: ${each.name}`, `    newTag: ${index === 0 ? version : '1.0.0'}`]), ''].join('\n');
  const { fleet, problems } = assembleFleet({
    fleet: { file: 'environments/index.ts', value: { environments: [environment], runtimeRepo: { url: 'https://git.example/acme/runtime.git' } } },
    environments: [{ file: 'environments/prod.ts', value: environment }],
    clusters: [...hubs, ...clusters].map((value) => ({ file: `environments/clusters/${value.name}.ts`, value })),
    apps: apps.map((value) => ({ file: `apps/${value.name}.ts`, value })),
    read: () => pins,
  });
  if (problems.length > 0) throw new Error(JSON.stringify(problems.slice(0, 5), null, 2));
  return fleet;
}

/** A small app: what is measured here are clusters. */
function app(name: string): AnyApp {
  return defineApp(name, {
    team: `team-${name.slice(-1)}`,
    source: `https://git.example/acme/${name}`,
    environments: ['prod'],
    build(chart) {
      const labels = { app: name };
      new Manifest(chart, 'deployment', {
        apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name },
        spec: {
          replicas: 2, selector: { matchLabels: labels },
          template: {
            metadata: { labels },
            spec: {
              securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
              containers: [{ name: 'app', image: `registry.example/acme/${name}`, securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } }, ports: [{ name: 'http', containerPort: 8000 }] }],
            },
          },
        },
      });
      new Manifest(chart, 'service', { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { selector: labels, ports: [{ name: 'http', port: 80, targetPort: 'http' }] } });
    },
  });
}
