import { App } from 'cdk8s';
import type { IDeployment } from 'kubernetes-models/apps/v1/Deployment';
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { describe, expect, it } from 'vitest';
import { AppChart } from '../../../lib/constructs/app-chart.ts';
import { PythonApp } from '../../../lib/constructs/python-app/python-app.ts';
import { gunicorn } from '../../../lib/constructs/servers/gunicorn.ts';
import { environmentLabel } from '../../../lib/constructs/workload-identity.ts';
import { defineApp } from '../../../lib/model/app.ts';
import { objectOf, pin, problemsOf, testChart } from '../support.ts';
import { allows, type End } from './traffic.ts';

const flaskApi = defineApp('flask-api', {
  team: 'platform', source: 'https://github.com/acme/flask-api', environments: ['prod'], provides: { http: { port: 80, targetPort: 8000 } },
  build: (chart) => void new PythonApp(chart, 'flask-api', { image: pin('flask-api'), server: gunicorn('flask_api:app'), port: 8000 }),
});

/** An app's policy, and its pods as others see them. */
function rendered(chart: AppChart, namespace: string): { readonly policy: INetworkPolicy; readonly pods: End } {
  expect(problemsOf(chart)).toEqual([]);
  const labels = objectOf<IDeployment>(chart, 'Deployment').spec?.template.metadata?.labels ?? {};
  return { policy: objectOf<INetworkPolicy>(chart, 'NetworkPolicy'), pods: { namespace, namespaceLabels: { [environmentLabel]: 'prod' }, labels } };
}

function callee() {
  const { context } = testChart({ app: 'flask-api' });
  const chart = new AppChart(new App(), 'flask-api', { context, provides: Object.values(flaskApi.endpoints), resolve: () => { throw new Error('calls nobody'); } });
  flaskApi.build(chart, context);
  return rendered(chart, 'flask-api-prod');
}

function caller(app: string, calls: boolean) {
  const chart = testChart({ app });
  new PythonApp(chart, 'web', { image: pin(app), server: gunicorn('web:app'), port: 8000, ...(calls && { calls: [flaskApi] }) });
  return rendered(chart, `${app}-prod`);
}

/** Both ends must agree to a connection. */
function connects(from: ReturnType<typeof rendered>, to: ReturnType<typeof rendered>, port: number): readonly [egress: boolean, ingress: boolean] {
  return [allows(from.policy, 'egress', to.pods, port), allows(to.policy, 'ingress', from.pods, port)];
}

describe('a call between two apps', () => {
  it('is let out of the caller and into the callee, on the provided port alone', () => {
    const [shop, flask] = [caller('storefront', true), callee()];
    expect(connects(shop, flask, 8000)).toEqual([true, true]);
    expect(connects(shop, flask, 80)).toEqual([false, false]);
  });

  it('that nobody declared is stopped at both ends', () => {
    expect(connects(caller('checkout', false), callee(), 8000)).toEqual([false, false]);
  });

  it('goes one way', () => {
    expect(connects(callee(), caller('storefront', true), 8000)).toEqual([false, false]);
  });
});
