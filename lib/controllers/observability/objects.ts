import type { KubeObject } from '../../manifests/rendered.ts';
import type { Cluster } from '../../model/cluster.ts';
import type { Monitoring } from '../../model/monitoring.ts';
import { argoCdNamespace } from '../argo-cd/names.ts';
import type { Hosted } from '../controller.ts';
import { fluxNamespace } from '../flux/names.ts';
import { argoCdAlerts } from './argo-cd-alerts.ts';
import { argoCdApps } from './dashboards/argo-cd-apps.ts';
import { argoCdController } from './dashboards/argo-cd-controller.ts';
import { canaries } from './dashboards/canaries.ts';
import type { Dashboard } from './dashboards/dashboard.ts';
import { fluxApps } from './dashboards/flux-apps.ts';
import { fluxController } from './dashboards/flux-controller.ts';
import { traffic } from './dashboards/traffic.ts';
import { fluxAlertRules } from './flux-alerts.ts';
import { argoCdMetricsServices, argoCdMonitor, fluxMonitor, rolloutsMonitor } from './monitors.ts';
import { resourceMetrics } from './resource-metrics.ts';
import { rolloutAlerts } from './rollout-alerts.ts';
import { alertRules } from './rule.ts';

/** What watches a cluster that runs a controller: monitors, alert rules, dashboards. Empty where its `monitoring` is off. */
export function observabilityObjects(input: Hosted): KubeObject[] {
  const { controller, monitoring } = input.cluster;
  if (monitoring === undefined) return [];
  switch (controller.kind) {
    case 'argo-cd': {
      const { components } = controller;
      const services = Object.entries(argoCdMetricsServices).filter(([part]) => !(part in components && components[part as keyof typeof components] === false)).map(([, service]) => service);
      return [
        argoCdMonitor(argoCdNamespace, services.sort(), monitoring),
        alertRules('slipway-argo-cd', argoCdNamespace, argoCdAlerts(monitoring, argoCdNamespace), monitoring),
        ...dashboards([argoCdApps(), argoCdController(argoCdNamespace)], argoCdNamespace, monitoring),
        ...ofApps(argoCdNamespace, monitoring),
      ];
    }
    case 'flux': return [
      fluxMonitor(fluxNamespace, monitoring),
      resourceMetrics(fluxNamespace),
      alertRules('slipway-flux', fluxNamespace, fluxAlertRules(monitoring, fluxNamespace), monitoring),
      ...dashboards([fluxApps(), fluxController(fluxNamespace)], fluxNamespace, monitoring),
      ...ofApps(fluxNamespace, monitoring),
    ];
  }
}

/** What watches a member of a hub: its apps and canaries; the hub's own objects watch the controller. They lie where Argo Rollouts runs. */
export function memberObservability({ monitoring }: Cluster): KubeObject[] {
  return monitoring === undefined ? [] : ofApps(monitoring.rolloutsNamespace, monitoring);
}

function ofApps(namespace: string, monitoring: Monitoring): KubeObject[] {
  return [
    rolloutsMonitor(namespace, monitoring),
    alertRules('slipway-rollouts', namespace, rolloutAlerts(monitoring), monitoring),
    ...dashboards([canaries(), traffic()], namespace, monitoring),
  ];
}

/** Dashboards as ConfigMaps that Grafana's sidecar finds by their labels. */
function dashboards(all: readonly Dashboard[], namespace: string, { dashboardLabels, dashboardNamespace }: Monitoring): KubeObject[] {
  return all.map((dashboard) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `dashboard-${dashboard.uid}`, namespace: dashboardNamespace ?? namespace, labels: { ...dashboardLabels } },
    data: { [`${dashboard.uid}.json`]: `${JSON.stringify(dashboard, undefined, 1)}\n` },
  }));
}
