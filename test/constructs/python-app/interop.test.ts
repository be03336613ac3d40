import { Chart, Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { expect, test } from 'vitest';
import { PythonApp } from '../../../lib/constructs/python-app/python-app.ts';
import { plusVolume } from '../../../lib/constructs/python-app/volumes.ts';
import { filesUnder, textOf } from '../../source-files.ts';
import { objectOf, pin, problemsOf, testChart } from '../support.ts';

test('environment values, probes, volumes and secrets of cdk8s-plus-27 are taken in the same props', () => {
  const chart = testChart();
  const secret = kplus.Secret.fromSecretName(chart, 'stripe', 'stripe');
  const app = new PythonApp(chart, 'web', {
    image: pin('storefront'),
    port: 8000,
    env: {
      PLAIN: kplus.EnvValue.fromValue('yes'),
      KEY: kplus.EnvValue.fromSecretValue({ secret, key: 'KEY' }),
      POD: kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.POD_NAME),
      CPU: kplus.EnvValue.fromConfigMap(kplus.ConfigMap.fromConfigMapName(chart, 'cm', 'settings'), 'cpu'),
    },
    secrets: [secret],
    probes: {
      readiness: kplus.Probe.fromHttpGet('/ready', { periodSeconds: Duration.seconds(7) }),
      liveness: kplus.Probe.fromTcpSocket({ port: 9000 }),
      startup: kplus.Probe.fromCommand(['true'], { failureThreshold: 9 }),
    },
    volumes: [
      plusVolume(kplus.Volume.fromEmptyDir(chart, 'scratch', 'scratch', { medium: kplus.EmptyDirMedium.MEMORY, sizeLimit: Size.mebibytes(5) }), { mountPath: '/scratch' }),
    ],
  });
  expect(problemsOf(chart)).toEqual([]);
  objectOf(app, 'Deployment');
  expect(problemsOf(chart)).toEqual([]);
  const container = app.pod?.container;
  expect(container?.env?.slice(3)).toEqual([
    { name: 'PLAIN', value: 'yes' },
    { name: 'KEY', valueFrom: { secretKeyRef: { name: 'stripe', key: 'KEY' } } },
    { name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    { name: 'CPU', valueFrom: { configMapKeyRef: { name: 'settings', key: 'cpu' } } },
  ]);
  expect(container?.envFrom).toEqual([{ secretRef: { name: 'stripe' } }]);
  expect(container?.readinessProbe).toEqual({ failureThreshold: 3, periodSeconds: 7, httpGet: { path: '/ready', port: 8000, scheme: 'HTTP' } });
  expect(container?.livenessProbe).toEqual({ failureThreshold: 3, tcpSocket: { port: 9000 } });
  expect(container?.startupProbe).toEqual({ failureThreshold: 9, exec: { command: ['true'] } });
  expect(app.pod?.template.spec.volumes).toContainEqual({ name: 'scratch', emptyDir: { medium: 'Memory', sizeLimit: '5Mi' } });
});

test('an autoscaler of cdk8s-plus-27 in the chart stays possible beside our constructs', () => {
  const chart = testChart();
  new PythonApp(chart, 'web', { image: pin('storefront'), port: 8000 });
  new kplus.ConfigMap(chart, 'extra', { metadata: { name: 'extra' }, data: { a: '1' } });
  expect(Chart.of(chart).node.id).toBe('storefront');
  expect(objectOf(chart, 'ConfigMap', 'extra')).toMatchObject({ data: { a: '1' } });
});

test('cdk8s-plus-27 and the typed models are never loaded by our constructs: they are imported as types only', () => {
  const files = filesUnder('lib', /\.ts$/);
  const loading = files.flatMap((file) => (textOf(file).match(/^(?:import|export)\s+(?!type\b)[^;]*?from '(?:cdk8s-plus-27|@?kubernetes-models)[^']*'/gm) ?? []).map((line) => `${file}: ${line}`));
  expect(files.length).toBeGreaterThan(50);
  expect(loading).toEqual([]);
});
