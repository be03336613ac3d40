import { expect, test } from 'vitest';
import { gunicorn } from '../../../lib/constructs/servers/gunicorn.ts';
import { openTelemetry } from '../../../lib/constructs/observability/open-telemetry-options.ts';
import { PythonApp } from '../../../lib/constructs/python-app/python-app.ts';
import { objectOf, pin, testChart, type TestChartOptions } from '../support.ts';

function template(options: TestChartOptions, config = { LOG_LEVEL: 'info' }): string {
  const chart = testChart(options);
  new PythonApp(chart, 'web', {
    image: chart.context.images['main'] ?? '', server: gunicorn('storefront.main:app'), config, tracing: openTelemetry(), monitoring: {},
  });
  return JSON.stringify(objectOf<{ spec: { template: object } }>(chart, 'Deployment').spec.template);
}

test('a new version changes nothing in the manifests: the folder\'s kustomization sets tag and digest', () => {
  const main = { ...pin('storefront'), tag: '9.9.9', digest: `sha256:${'cd'.repeat(32)}` };
  expect(template({ images: { main } })).toBe(template({}));
});

test('which cluster it is never shows in the pods', () => {
  const cluster = { name: 'prod-us', provider: 'doks', region: 'nyc3', labels: { tier: 'one' }, kubernetes: '1.33', dnsDomain: 'cluster.local' } as const;
  expect(template({ cluster })).toBe(template({}));
});

test('config is what rolls the pods', () => {
  expect(template({}, { LOG_LEVEL: 'debug' })).not.toBe(template({}));
});

test('two renders of one app are equal byte for byte', () => {
  expect(template({})).toBe(template({}));
});
