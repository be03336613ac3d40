import { dashboard, type Dashboard } from './dashboard.ts';
import { processRow } from './process-row.ts';

/** How Flux itself is doing: reconciliations, queues, and what its processes use. */
export function fluxController(namespace: string): Dashboard {
  const here = `namespace="${namespace}"`;
  return dashboard('slipway-flux', 'Flux', [], [
    {
      title: 'Reconciliation',
      panels: [
        { title: 'Reconciliations', description: 'Reconciliations a second, by kind.', kind: 'timeseries', unit: 'ops', queries: [{ expr: `sum by (controller) (rate(controller_runtime_reconcile_total{${here}}[$__rate_interval]))`, legend: '{{controller}}' }] },
        { title: 'Errors', description: 'Reconciliations that ended with an error. What isn\'t healthy is none: see the apps.', kind: 'timeseries', unit: 'ops', queries: [{ expr: `sum by (controller) (rate(controller_runtime_reconcile_errors_total{${here}}[$__rate_interval]))`, legend: '{{controller}}' }] },
        { title: 'Duration, 95th percentile', description: 'How long a reconciliation takes, by kind.', kind: 'timeseries', unit: 's', queries: [{ expr: `histogram_quantile(0.95, sum by (le, controller) (rate(controller_runtime_reconcile_time_seconds_bucket{${here}}[$__rate_interval])))`, legend: '{{controller}}' }] },
        { title: 'Waiting work', description: 'Length of the queues. One that never empties needs more concurrency or shards.', kind: 'timeseries', queries: [{ expr: `sum by (name) (workqueue_depth{${here}})`, legend: '{{name}}' }] },
        { title: 'Busy workers', description: 'Workers that reconcile just now; all of them all the time is too few.', kind: 'timeseries', width: 24, queries: [{ expr: `sum by (controller) (controller_runtime_active_workers{${here}})`, legend: '{{controller}}' }, { expr: `sum by (controller) (controller_runtime_max_concurrent_reconciles{${here}})`, legend: '{{controller}} at most' }] },
      ],
    },
    processRow(here),
  ]);
}
