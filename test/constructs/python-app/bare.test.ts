import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { clusterIp } from '../../../lib/constructs/network/service-options.ts';
import { PythonApp } from '../../../lib/constructs/python-app/python-app.ts';
import { objectsOf, pin, problemsOf, testChart } from '../support.ts';

/** Written by hand, as it ran before Slipway; the kustomization gives `hello-tornado` its registry and tag. */
const deployment = `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: hello-tornado
  labels:
    app: hello-tornado
spec:
  replicas: 2
  selector:
    matchLabels:
      app: hello-tornado
  template:
    metadata:
      labels:
        app: hello-tornado
    spec:
      containers:
        - name: hello-tornado
          image: hello-tornado
          ports:
            - containerPort: 8888
`;
const service = `
apiVersion: v1
kind: Service
metadata:
  name: hello-tornado
  labels:
    app: hello-tornado
spec:
  selector:
    app: hello-tornado
  ports:
    - port: 8888
      targetPort: 8888
`;

test('a bare app reproduces a Deployment and a Service written by hand, field for field, and adds nothing', () => {
  const chart = testChart({ app: 'hello-tornado', images: { main: pin('hello-tornado') } });
  new PythonApp(chart, 'hello-tornado', {
    bare: true,
    labels: { app: 'hello-tornado' },
    image: chart.context.images['main'] ?? '',
    replicas: 2,
    port: 8888,
    service: clusterIp({ port: 8888 }),
  });
  expect(problemsOf(chart)).toEqual([]);
  expect(objectsOf(chart)).toEqual([load(deployment), load(service)]);
});

test('a bare app without Service, replicas and port is a Deployment with a selector and nothing else', () => {
  const chart = testChart();
  new PythonApp(chart, 'web', { bare: true, labels: { app: 'x', tier: 'web' }, selector: { app: 'x' }, image: 'python:3.13', command: ['python', '-m', 'x'] });
  expect(problemsOf(chart)).toEqual([]);
  expect(objectsOf(chart)).toEqual([{
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'storefront-web', labels: { app: 'x', tier: 'web' } },
    spec: {
      selector: { matchLabels: { app: 'x' } },
      template: { metadata: { labels: { app: 'x', tier: 'web' } }, spec: { containers: [{ name: 'web', image: 'python:3.13', command: ['python', '-m', 'x'] }] } },
    },
  }]);
});

test('a bare app with a health path is probed by the number of its port, which has no name', () => {
  const chart = testChart();
  const app = new PythonApp(chart, 'web', { bare: true, labels: { app: 'x' }, image: 'python:3.13', command: ['serve'], port: 80, health: '/up' });
  expect(problemsOf(chart)).toEqual([]);
  expect(app.pod?.container.readinessProbe?.httpGet).toEqual({ path: '/up', port: 80 });
  expect(app.pod?.container.ports).toEqual([{ containerPort: 80 }]);
});

test('a bare app without labels says so', () => {
  const chart = testChart();
  // @ts-expect-error labels are required
  new PythonApp(chart, 'web', { bare: true, image: 'python:3.13' });
  expect(problemsOf(chart)).toEqual(['storefront/web: labels: expected the labels of a bare app, got nothing\n    fix: say the labels that its objects have']);
});
