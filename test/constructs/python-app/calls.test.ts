import { expect, test } from 'vitest';
import { call } from '../../../lib/constructs/python-app/calls.ts';
import type { CallInput } from '../../../lib/constructs/python-app/pod-props.ts';
import { PythonApp } from '../../../lib/constructs/python-app/python-app.ts';
import { defineApp, type ProvidedInput } from '../../../lib/model/app.ts';
import { SlipwayError } from '../../../lib/values/errors.ts';
import { objectOf, pin, problemsOf, testChart, type TestChartOptions } from '../support.ts';

function callee<const Provides extends Record<string, ProvidedInput>>(name: string, provides: Provides) {
  return defineApp(name, { team: 'shop', source: 'https://git.example/shop/x', environments: ['prod'], provides, build() {} });
}
const flaskApi = callee('flask-api', { http: { port: 80, targetPort: 8000 } });
const search = callee('search', { http: { port: 80 }, admin: { port: 9000 } });

function render(calls: readonly CallInput[], options: TestChartOptions = {}) {
  const chart = testChart(options);
  return { chart, app: new PythonApp(chart, 'web', { image: pin('storefront'), port: 8000, calls }) };
}

test('an app that is called gives its address, a label for its policy and an opening in the caller\'s', () => {
  const { chart, app } = render([flaskApi]);
  expect(problemsOf(chart)).toEqual([]);
  expect(app.pod?.container.env).toContainEqual({ name: 'FLASK_API_URL', value: 'http://flask-api.flask-api-prod.svc.cluster.local:80' });
  expect(app.pod?.template.metadata.labels).toMatchObject({ 'calls.slipway.dev/flask-api': 'true' });
  expect(app.object('NetworkPolicy').value.spec?.egress).toContainEqual({
    to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'flask-api-prod' } }, podSelector: { matchLabels: { 'app.kubernetes.io/part-of': 'flask-api' } } }],
    ports: [{ protocol: 'TCP', port: 8000 }],
  });
});

test('the label of a call is no part of the selector, which can never change', () => {
  const { chart } = render([flaskApi]);
  expect(objectOf(chart, 'Deployment')).toMatchObject({ spec: { selector: { matchLabels: { 'app.kubernetes.io/name': 'storefront-web' } } } });
});

test('one of several endpoints is called by name, under a variable of one\'s choice', () => {
  const { chart, app } = render([search.endpoints.http, call(search.endpoints.admin, { env: 'SEARCH_ADMIN' })]);
  expect(problemsOf(chart)).toEqual([]);
  const names = app.pod?.container.env?.map((variable) => variable.name) ?? [];
  expect(names.filter((name) => name.startsWith('SEARCH'))).toEqual(['SEARCH_URL', 'SEARCH_ADMIN']);
});

test('an app with several endpoints, or none, can\'t be called without saying which', () => {
  const { chart } = render([search, callee('nobody', {})]);
  expect(problemsOf(chart)).toEqual([
    'storefront/web: calls[0]: expected one Service, got search, which provides admin, http\n    fix: choose one, such as endpoints.admin',
    'storefront/web: calls[1]: expected an app that provides a Service, got nobody, which provides none\n    fix: say `provides` in the app\'s file',
  ]);
});

test('two calls of one app need a variable each', () => {
  const { chart } = render([search.endpoints.http, search.endpoints.admin]);
  expect(problemsOf(chart)).toEqual(['storefront/web: calls[1]: expected an environment variable of its own, got SEARCH_URL a second time\n    fix: name it: call(endpoint, { env: \'…\' })']);
});

test('a call that leads nowhere here is reported where it is written', () => {
  const { chart, app } = render([flaskApi], { resolve: () => { throw SlipwayError.of('apps/storefront.ts', 'calls flask-api in prod, where it does not run', 'add prod'); } });
  expect(problemsOf(chart)).toEqual(['storefront/web: calls[0]: calls flask-api in prod, where it does not run\n    fix: add prod']);
  expect(app.pod).toBeUndefined();
});
