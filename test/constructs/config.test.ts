import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PythonApp } from '../../lib/constructs/python-app/python-app.ts';
import type { ConfigValues } from '../../lib/constructs/python-app/config.ts';
import { objectOf, objectsOf, pin, problemsOf, testChart } from './support.ts';

function configName(config: ConfigValues): string {
  const chart = testChart();
  new PythonApp(chart, 'web', { image: pin('storefront'), config });
  expect(problemsOf(chart)).toEqual([]);
  return objectOf(chart, 'ConfigMap').metadata?.name ?? '';
}

test('config is an immutable ConfigMap named by its content, and the pods read all of it', () => {
  const chart = testChart();
  const app = new PythonApp(chart, 'web', { image: pin('storefront'), config: { LOG_LEVEL: 'info', PAGE_SIZE: 50, GIFTS: false } });
  const object = objectOf(chart, 'ConfigMap');
  expect(object).toMatchObject({
    immutable: true,
    metadata: { namespace: 'storefront-prod', annotations: { 'slipway.dev/content-hashed': 'storefront-web-config' } },
    data: { LOG_LEVEL: 'info', PAGE_SIZE: '50', GIFTS: 'false' },
  });
  expect(object.metadata?.name).toMatch(/^storefront-web-config-[0-9a-f]{10}$/);
  expect(app.pod?.container.envFrom).toEqual([{ configMapRef: { name: object.metadata?.name } }]);
});

test('the name changes with every value and not with the order of the keys', () => {
  const keys = fc.dictionary(fc.stringMatching(/^[A-Z][A-Z0-9_]{0,8}$/), fc.oneof(fc.constantFrom('a', 'b', 'on', '1.0'), fc.integer(), fc.boolean()), { minKeys: 1, maxKeys: 6 });
  fc.assert(fc.property(keys, (config) => {
    const name = configName(config);
    expect(configName(Object.fromEntries(Object.entries(config).reverse()))).toBe(name);
    const [key = ''] = Object.keys(config);
    expect(configName({ ...config, [key]: `${String(config[key])}x` })).not.toBe(name);
  }), { numRuns: 50 });
});

test('files are a ConfigMap of their own, mounted read-only', () => {
  const chart = testChart();
  const app = new PythonApp(chart, 'web', { image: pin('storefront'), configFiles: { mountPath: '/etc/shop', files: { 'shop.toml': 'a = 1\n' } } });
  const name = objectOf(chart, 'ConfigMap').metadata?.name ?? '';
  expect(name).toMatch(/^storefront-web-files-/);
  expect(app.pod?.container.volumeMounts).toContainEqual({ name: 'config-files', mountPath: '/etc/shop', readOnly: true });
  expect(app.pod?.template.spec.volumes).toContainEqual({ name: 'config-files', configMap: { name } });
});

test('another construct reads the same ConfigMap by reference', () => {
  const chart = testChart();
  const web = new PythonApp(chart, 'web', { image: pin('storefront'), config: { LOG_LEVEL: 'info' } });
  const admin = new PythonApp(chart, 'admin', { image: pin('storefront'), ...(web.config !== undefined && { config: web.config }) });
  expect(problemsOf(chart)).toEqual([]);
  expect(objectsOf(chart).filter((object) => object.kind === 'ConfigMap')).toHaveLength(1);
  expect(admin.pod?.container.envFrom).toEqual(web.pod?.container.envFrom);
});

test('a variable that two places set is told at the second', () => {
  const chart = testChart();
  new PythonApp(chart, 'web', { image: pin('storefront'), env: { LOG_LEVEL: 'debug' }, config: { LOG_LEVEL: 'info' } });
  expect(problemsOf(chart)).toEqual(['storefront/web: config.LOG_LEVEL: expected LOG_LEVEL to be set once, got it from env and from config\n    fix: leave one out']);
});
