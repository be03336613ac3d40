import { expect, test } from 'vitest';
import { PythonApp } from '../../../lib/constructs/python-app/python-app.ts';
import { clusterIp } from '../../../lib/constructs/network/service-options.ts';
import { objectOf, pin, problemsOf, testChart } from '../support.ts';

function render(props: Partial<ConstructorParameters<typeof PythonApp>[2]> = {}) {
  const chart = testChart();
  return { chart, app: new PythonApp(chart, 'web', { image: pin('storefront'), port: 8000, ...props } as ConstructorParameters<typeof PythonApp>[2]) };
}

test('any object is changed in place, typed by its kind', () => {
  const { chart, app } = render();
  app.patch('Deployment', (deployment) => {
    deployment.spec!.template.spec!.hostname = 'web';
    deployment.spec!.paused = true;
    // @ts-expect-error a Deployment has no such field
    deployment.spec!.pasued = true;
  }).patch('Service', (service) => {
    service.spec!.type = 'LoadBalancer';
  });
  expect(problemsOf(chart)).toEqual([]);
  expect(objectOf(chart, 'Deployment')).toMatchObject({ spec: { paused: true, pasued: true, template: { spec: { hostname: 'web' } } } });
  expect(objectOf(chart, 'Service')).toMatchObject({ spec: { type: 'LoadBalancer' } });
});

test('a value that YAML can\'t hold is reported with its path and never dropped', () => {
  const { chart, app } = render();
  app.patch('Deployment', (deployment) => {
    const labels = deployment.metadata?.labels as Record<string, unknown>;
    labels['when'] = new Date(0);
    labels['how'] = () => 'so';
    labels['many'] = Number.NaN;
    deployment.spec!.template.spec!.containers[0]!.args = ['a', undefined as unknown as string];
  });
  objectOf(chart, 'Deployment');
  expect(problemsOf(chart).map((problem) => problem.split('\n')[0])).toEqual([
    'storefront/web/workload: metadata.labels.how: expected plain data, got a function',
    'storefront/web/workload: metadata.labels.many: expected plain data, got NaN',
    'storefront/web/workload: metadata.labels.when: expected plain data, got an instance of Date',
    'storefront/web/workload: spec.template.spec.containers[0].args[1]: expected a value, got nothing',
  ]);
});

test('a kind that the app doesn\'t consist of names those that exist', () => {
  const { app } = render();
  expect(() => app.object('StatefulSet')).toThrow('storefront/web: expected a kind of object that it consists of, got "StatefulSet".\n    fix: name one. Known: Deployment, NetworkPolicy, PodDisruptionBudget, Service, ServiceAccount.');
  expect(() => app.patch('Ingress', () => undefined)).toThrow('got "Ingress"');
});

test('one of several objects of a kind is named', () => {
  const { app } = render({ service: [clusterIp(), clusterIp({ name: 'storefront-inside' })] });
  expect(() => app.object('Service')).toThrow('expected one Service, found 2\n    fix: name it: "storefront-inside", "storefront-web"');
  expect(app.object('Service', 'storefront-inside').value.metadata?.name).toBe('storefront-inside');
  expect(() => app.object('Service', 'storefront-insid')).toThrow('Did you mean "storefront-inside"?');
});

test('a patch of an app with a problem does nothing, and asking for its objects adds no second problem', () => {
  const { chart, app } = render({ replicas: -1 });
  app.patch('Deployment', () => { throw new Error('not reached'); });
  expect(() => app.object('Deployment')).toThrow(expect.objectContaining({ name: 'SlipwayError', problems: [] }));
  expect(chart.problems).toHaveLength(1);
});

test('a waiver and the stage of an object are kept with it', () => {
  const { app } = render();
  const service = app.object('Service').waive('service-selects-nothing', 'the pods come from elsewhere').beforeApp();
  expect(service.waivers).toEqual([{ rule: 'service-selects-nothing', reason: 'the pods come from elsewhere' }]);
  expect(service.stage).toBe('pre');
  expect(app.object('Deployment').stage).toBe('app');
});
