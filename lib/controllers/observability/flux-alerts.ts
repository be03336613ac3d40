import type { Monitoring } from '../../model/monitoring.ts';
import type { ControllerAlert } from './rule.ts';

/** Alerts on Flux and what it delivers. The state of single objects is kube-state-metrics' to tell: see `resourceMetrics`. */
export function fluxAlertRules({ failing }: Monitoring, namespace: string): ControllerAlert[] {
  return [
    {
      name: 'FluxReconcileFailing',
      expr: 'max by (customresource_kind, exported_namespace, name) (gotk_resource_info{ready="False", suspended!="true"}) == 1',
      for: failing,
      severity: 'warning',
      summary: '{{ $labels.customresource_kind }} {{ $labels.name }} isn\'t ready',
      description: '{{ $labels.customresource_kind }} {{ $labels.name }} in {{ $labels.exported_namespace }} can\'t be fetched, applied or doesn\'t get healthy.',
      runbook: 'Its condition Ready says why. If it began with a new version, revert its commit; the next reconciliation takes it.',
    },
    {
      name: 'FluxReconcileErrors',
      expr: `sum by (controller) (rate(controller_runtime_reconcile_errors_total{namespace="${namespace}"}[10m])) > 0`,
      for: failing,
      severity: 'warning',
      summary: 'Flux fails to reconcile {{ $labels.controller }} objects',
      description: 'The controller of {{ $labels.controller }} objects runs into errors again and again, {{ $value | humanize }} a second.',
      runbook: `Its logs name object and error: kubectl -n ${namespace} logs -l app.kubernetes.io/part-of=flux --prefix.`,
    },
    {
      name: 'FluxReconcileSlow',
      expr: `histogram_quantile(0.99, sum by (le, kind, name) (rate(gotk_reconcile_duration_seconds_bucket{namespace="${namespace}"}[30m]))) > 300`,
      for: '30m',
      severity: 'warning',
      summary: '{{ $labels.kind }} {{ $labels.name }} takes long to reconcile',
      description: 'A reconciliation of {{ $labels.kind }} {{ $labels.name }} takes {{ $value | humanizeDuration }}.',
      runbook: 'A canary or a rollout that is waited for takes as long as it does; else look for what doesn\'t get healthy, or give the controller more CPU.',
    },
    {
      name: 'FluxResourceMetricsMissing',
      expr: 'absent(gotk_resource_info)',
      for: '1h',
      severity: 'warning',
      summary: 'Nothing says whether Flux\'s objects are ready',
      description: 'kube-state-metrics doesn\'t read Flux\'s objects: FluxReconcileFailing is blind.',
      runbook: 'Give it the configuration of ConfigMap flux-resource-metrics: docs/observability.md says how.',
    },
    {
      name: 'FluxNotReporting',
      expr: `absent(controller_runtime_reconcile_total{namespace="${namespace}", controller="kustomization"})`,
      for: '15m',
      severity: 'critical',
      summary: 'Flux says nothing of itself',
      description: 'There are no metrics of kustomize-controller: it is down, or Prometheus can\'t read it. The other alerts are blind.',
      runbook: `kubectl -n ${namespace} get pods; then Prometheus's page of targets.`,
    },
  ];
}
