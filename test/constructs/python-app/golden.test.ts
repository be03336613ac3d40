import { expect, test } from 'vitest';
import type { AppChart } from '../../../lib/constructs/app-chart.ts';
import { httpRoute } from '../../../lib/constructs/network/http-route-options.ts';
import { prometheus } from '../../../lib/constructs/observability/prometheus-options.ts';
import { openTelemetry } from '../../../lib/constructs/observability/open-telemetry-options.ts';
import { fieldRef, resourceFieldRef } from '../../../lib/constructs/python-app/env.ts';
import { PythonApp } from '../../../lib/constructs/python-app/python-app.ts';
import { claimTemplate, emptyDir } from '../../../lib/constructs/python-app/volumes.ts';
import { autoscale } from '../../../lib/constructs/scaling/autoscale-options.ts';
import { existingSecret } from '../../../lib/constructs/existing-secret.ts';
import { externalSecret } from '../../../lib/constructs/secret-external.ts';
import { secretKey } from '../../../lib/constructs/secret-source.ts';
import { command } from '../../../lib/constructs/servers/command.ts';
import { gunicorn } from '../../../lib/constructs/servers/gunicorn.ts';
import { documentsToYaml, orderKeys } from '../../../lib/manifests/yaml.ts';
import { defineApp } from '../../../lib/model/app.ts';
import { objectsOf, pin, problemsOf, testChart } from '../support.ts';

const flaskApi = defineApp('flask-api', {
  team: 'shop',
  source: 'https://git.example/shop/flask-api',
  environments: ['prod'],
  provides: { http: { port: 80, targetPort: 8000 } },
  build() {},
});

async function matches(chart: AppChart, file: string): Promise<void> {
  expect(problemsOf(chart)).toEqual([]);
  await expect(documentsToYaml(objectsOf(chart).map(orderKeys), { header: 'What the constructs of golden.test.ts render; update with `npx vitest run -u` and read the difference.' })).toMatchFileSnapshot(`golden/${file}.yaml`);
}

test('a web app with the defaults: a Deployment, its account, a Service, a budget and a policy', async () => {
  const chart = testChart({ app: 'flask-api', images: { main: pin('flask-api') } });
  new PythonApp(chart, 'flask-api', { image: pin('flask-api'), server: gunicorn('flask_api.main:app') });
  await matches(chart, 'defaults');
});

test('a web app that is reached from outside, scales, calls, keeps secrets and is watched', async () => {
  const chart = testChart();
  new PythonApp(chart, 'web', {
    image: pin('storefront'),
    server: gunicorn('storefront.main:app', { worker: 'uvicorn' }),
    port: 8080,
    health: '/healthz',
    size: 'medium',
    config: { LOG_LEVEL: 'info', PAGE_SIZE: 50, FEATURE_GIFTS: true },
    secrets: [externalSecret('database-url'), existingSecret('stripe', ['STRIPE_KEY'])],
    calls: [flaskApi],
    expose: httpRoute({ host: 'shop' }),
    autoscale: autoscale({ min: 3, max: 12 }),
    monitoring: prometheus({ alerts: false }),
    tracing: openTelemetry({ sample: 0.1 }),
  });
  await matches(chart, 'storefront-web');
});

test('a StatefulSet with a claim for each pod, files, an init container and a sidecar', async () => {
  const chart = testChart();
  const search = externalSecret('search', { extract: 'shop/search', env: false });
  new PythonApp(chart, 'search', {
    image: pin('storefront'),
    workload: 'statefulSet',
    server: command(['python', '-m', 'storefront.search']),
    port: 9200,
    ports: [{ name: 'peers', port: 9300 }],
    replicas: 3,
    env: { NODE_NAME: fieldRef('metadata.name'), MEMORY: resourceFieldRef('limits.memory', { divisor: '1Mi' }), PEER_KEY: secretKey(search, 'peer-key') },
    configFiles: { mountPath: '/etc/search', files: { 'search.toml': 'cluster = "shop"\n' } },
    volumes: [claimTemplate('data', { size: '10Gi', mountPath: '/data' }), emptyDir('logs', { mountPath: '/var/log/search', sizeLimit: '200Mi' })],
    initContainers: [{ name: 'prepare', image: pin('storefront'), args: ['prepare', '/data'], mounts: { data: '/data' } }],
    sidecars: [{ name: 'ship-logs', image: 'registry.example/tools/ship-logs:2.1.0', mounts: { logs: '/logs' }, resources: { cpu: '20m', memory: '32Mi' } }],
    user: 2000,
    probes: { liveness: false, readiness: '/ready' },
  });
  await matches(chart, 'search');
});
