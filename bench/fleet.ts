import { assembleFleet } from '../lib/model/assemble.ts';
import type { Fleet } from '../lib/model/fleet.ts';
import { autoscale, defineApp, defineCluster, defineEnvironment, externalSecret, flux, gunicorn, httpRoute, PythonApp, type AnyApp } from '../lib/index.ts';

const names = ['dev', 'staging', 'prod'] as const;

/** A fleet of as many apps as asked, each in three environments: what a team would write, made in a loop. */
export function benchFleet(count: number): Fleet {
  const clusters = names.map((name) => defineCluster({ name, provider: 'existing', kubernetes: '1.35', controller: flux(), existingDefinitions: ['external-secrets.io', 'gateway.networking.k8s.io'] }));
  const environments = names.map((name, index) => defineEnvironment({ name, clusters: clusters.slice(index, index + 1), registry: 'registry.example/acme', domain: `${name}.example`, images: { digests: 'optional' } }));
  const apps = Array.from({ length: count }, (_, index) => app(`app-${String(index).padStart(4, '0')}`));
  const pins = ['images:', ...apps.flatMap((each) => [`  - name: ${each.name}`, '    newTag: 1.0.0']), ''].join('\n');
  const { fleet, problems } = assembleFleet({
    fleet: { file: 'environments/index.ts', value: { environments } },
    environments: environments.map((value) => ({ file: `environments/${value.name}.ts`, value })),
    clusters: clusters.map((value) => ({ file: `environments/clusters/${value.name}.ts`, value })),
    apps: apps.map((value) => ({ file: `apps/${value.name}.ts`, value })),
    read: () => pins,
  });
  if (problems.length > 0) throw new Error(JSON.stringify(problems, null, 2));
  return fleet;
}

function app(name: string): AnyApp {
  const definition = defineApp(name, {
    team: 'bench',
    source: `https://git.example/acme/${name}`,
    environments: names,
    build(chart, { images, select }) {
      new PythonApp(chart, name, {
        image: images.main,
        server: gunicorn(`${name.replace('-', '_')}:app`),
        port: 8000,
        config: { LOG_LEVEL: select({ dev: 'debug', default: 'info' }), APP: name },
        secrets: [externalSecret('database-url')],
        expose: httpRoute({ host: name, tls: true }),
        autoscale: autoscale({ min: select({ prod: 3, default: 2 }), max: 8, cpu: 70 }),
      });
    },
  });
  return definition;
}
