import type { IPodSpec } from 'kubernetes-models/v1/PodSpec';
import type { AppChart } from '../../../lib/constructs/app-chart.ts';
import { existingSecret } from '../../../lib/constructs/existing-secret.ts';
import type { ProductionProps } from '../../../lib/constructs/python-app/props.ts';
import { PythonApp } from '../../../lib/constructs/python-app/python-app.ts';
import { externalSecret } from '../../../lib/constructs/secret-external.ts';
import { gunicorn } from '../../../lib/constructs/servers/gunicorn.ts';
import { defineApp } from '../../../lib/model/app.ts';
import { pin, testChart, type TestChartOptions } from '../support.ts';

/** An app that is called. */
export const flaskApi = defineApp('flask-api', {
  team: 'shop',
  source: 'https://git.example/shop/flask-api',
  environments: ['prod'],
  provides: { http: { port: 80, targetPort: 8000 } },
  build() {},
});

/** A chart with the web app that companions belong to. */
export function storefront(props: Partial<ProductionProps> = {}, options: TestChartOptions = {}): { readonly chart: AppChart; readonly web: PythonApp } {
  const chart = testChart(options);
  const web = new PythonApp(chart, 'web', {
    image: pin('storefront'),
    server: gunicorn('storefront.main:app', { worker: 'uvicorn' }),
    env: { SITE: 'shop' },
    config: { CURRENCY: 'EUR' },
    secrets: [externalSecret('database-url'), existingSecret('broker', ['CELERY_BROKER_URL'])],
    calls: [flaskApi],
    networkPolicy: { allowEgress: [{ cidr: '10.2.0.0/16', ports: [5432] }] },
    ...props,
  });
  return { chart, web };
}

/** What of a pod breaks the restricted Pod Security Standard, or could write to its root file system. */
export function unrestricted(spec: IPodSpec): string[] {
  const containers = [...(spec.initContainers ?? []), ...spec.containers];
  return [
    ...(spec.securityContext?.runAsNonRoot === true && (spec.securityContext.runAsUser ?? 0) > 0 ? [] : ['root']),
    ...(spec.securityContext?.seccompProfile?.type === 'RuntimeDefault' ? [] : ['seccomp']),
    ...(spec.hostNetwork || spec.hostPID || spec.hostIPC ? ['host namespaces'] : []),
    ...(spec.volumes ?? []).filter((volume) => volume.hostPath !== undefined).map((volume) => `host path ${volume.name}`),
    ...containers.flatMap(({ name, securityContext: own }) => [
      ...(own?.allowPrivilegeEscalation === false ? [] : [`${name}: privilege escalation`]),
      ...(own?.capabilities?.drop?.includes('ALL') === true && own.capabilities.add === undefined ? [] : [`${name}: capabilities`]),
      ...(own?.readOnlyRootFilesystem === true ? [] : [`${name}: root file system`]),
      ...(own?.privileged ? [`${name}: privileged`] : []),
    ]),
  ];
}
