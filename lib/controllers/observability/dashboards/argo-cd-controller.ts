import { dashboard, noneIsGood, type Dashboard } from './dashboard.ts';
import { processRow } from './process-row.ts';

/** How Argo CD itself is doing: queues, Git, clusters, notifications, and what its processes use. */
export function argoCdController(namespace: string): Dashboard {
  const here = `namespace="${namespace}"`;
  return dashboard('slipway-argo-cd', 'Argo CD', [], [
    {
      title: 'Applications',
      panels: [
        { title: 'Comparison, 95th percentile', description: 'How long a comparison of an Application takes, by cluster. Rising: too many objects for a shard, or a slow API server.', kind: 'timeseries', unit: 's', queries: [{ expr: 'histogram_quantile(0.95, sum by (le, dest_server) (rate(argocd_app_reconcile_bucket[$__rate_interval])))', legend: '{{dest_server}}' }] },
        { title: 'Comparisons', description: 'Comparisons a second, by shard.', kind: 'timeseries', unit: 'ops', queries: [{ expr: 'sum by (pod) (rate(argocd_app_reconcile_count[$__rate_interval]))', legend: '{{pod}}' }] },
        { title: 'Waiting work', description: 'Length of the controllers\' queues. One that never empties needs more processors or shards.', kind: 'timeseries', queries: [{ expr: `sum by (name) (workqueue_depth{${here}})`, legend: '{{name}}' }] },
        { title: 'kubectl waiting', description: 'Applies that wait for their turn.', kind: 'timeseries', queries: [{ expr: 'sum by (command) (argocd_kubectl_exec_pending)', legend: '{{command}}' }] },
      ],
    },
    {
      title: 'Git and clusters',
      panels: [
        { title: 'Git requests', description: 'Requests to Git servers a second. Webhooks make most of them needless.', kind: 'timeseries', unit: 'reqps', queries: [{ expr: 'sum by (request_type, repo) (rate(argocd_git_request_total[$__rate_interval]))', legend: '{{request_type}} {{repo}}' }] },
        { title: 'Git request, 95th percentile', description: 'How long Git servers take.', kind: 'timeseries', unit: 's', queries: [{ expr: 'histogram_quantile(0.95, sum by (le, request_type) (rate(argocd_git_request_duration_seconds_bucket[$__rate_interval])))', legend: '{{request_type}}' }] },
        { title: 'Failed fetches', description: 'Fetches that failed: a credential, a host key, the network.', kind: 'timeseries', queries: [{ expr: 'sum by (repo) (increase(argocd_git_fetch_fail_total[$__rate_interval]))', legend: '{{repo}}' }] },
        { title: 'Waiting for a repository', description: 'Builds that wait until another build of the same repository is done.', kind: 'timeseries', queries: [{ expr: 'sum by (repo) (argocd_repo_pending_request_total)', legend: '{{repo}}' }] },
        { title: 'Clusters out of reach', description: 'Clusters whose API server doesn\'t answer Argo CD.', kind: 'stat', width: 6, steps: noneIsGood, queries: [{ expr: 'count(argocd_cluster_connection_status == 0) or vector(0)' }] },
        { title: 'Objects watched', description: 'Objects in the cache, by cluster; memory grows with it.', kind: 'timeseries', width: 18, queries: [{ expr: 'sum by (server) (argocd_cluster_api_resource_objects)', legend: '{{server}}' }] },
      ],
    },
    {
      title: 'Notifications',
      panels: [
        { title: 'Deliveries', description: 'Notifications by service, and whether they arrived.', kind: 'timeseries', queries: [{ expr: 'sum by (service, succeeded) (increase(argocd_notifications_deliveries_total[$__rate_interval]))', legend: '{{service}} {{succeeded}}' }] },
        { title: 'Triggers', description: 'Evaluations that found something to tell.', kind: 'timeseries', queries: [{ expr: 'sum by (name) (increase(argocd_notifications_trigger_eval_total{triggered="true"}[$__rate_interval]))', legend: '{{name}}' }] },
      ],
    },
    processRow(here),
  ]);
}
