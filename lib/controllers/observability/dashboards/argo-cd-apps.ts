import { dashboard, noneIsGood, type Dashboard } from './dashboard.ts';

const scope = 'project=~"$project", name=~"$app"';

/** What Argo CD delivers: state of the Applications, and what was synced. */
export function argoCdApps(): Dashboard {
  return dashboard('slipway-argo-cd-apps', 'Apps (Argo CD)', [
    { name: 'project', metric: 'argocd_app_info', label: 'project' },
    { name: 'app', metric: 'argocd_app_info{project=~"$project"}', label: 'name' },
  ], [
    {
      title: 'Now',
      panels: [
        { title: 'Apps', description: 'Applications that Argo CD follows.', kind: 'stat', width: 4, queries: [{ expr: `count(argocd_app_info{${scope}})` }] },
        { title: 'Synced', description: 'Live objects are as the runtime repo has them.', kind: 'stat', width: 4, queries: [{ expr: `count(argocd_app_info{${scope}, sync_status="Synced"}) or vector(0)` }] },
        { title: 'Out of sync', description: 'Live objects differ from the runtime repo: a sync is under way, somebody changed them, or nobody syncs by itself.', kind: 'stat', width: 4, steps: noneIsGood, queries: [{ expr: `count(argocd_app_info{${scope}, sync_status="OutOfSync"}) or vector(0)` }] },
        { title: 'Healthy', description: 'All objects do what they should.', kind: 'stat', width: 4, queries: [{ expr: `count(argocd_app_info{${scope}, health_status="Healthy"}) or vector(0)` }] },
        { title: 'Degraded', description: 'Objects fail, an aborted rollout included.', kind: 'stat', width: 4, steps: noneIsGood, queries: [{ expr: `count(argocd_app_info{${scope}, health_status=~"Degraded|Missing"}) or vector(0)` }] },
        { title: 'Paused', description: 'A canary waits, for time or for somebody.', kind: 'stat', width: 4, queries: [{ expr: `count(argocd_app_info{${scope}, health_status="Suspended"}) or vector(0)` }] },
        { title: 'Not as they should be', description: 'Everything that isn\'t both synced and healthy.', kind: 'table', width: 24, hidden: ['__name__', 'container', 'endpoint', 'instance', 'job', 'pod', 'service', 'repo', 'dest_server'], queries: [{ expr: `argocd_app_info{${scope}, sync_status!="Synced"} or argocd_app_info{${scope}, health_status!="Healthy"}` }] },
      ],
    },
    {
      title: 'Over time',
      panels: [
        { title: 'Sync status', description: 'Applications by sync status.', kind: 'timeseries', queries: [{ expr: `count by (sync_status) (argocd_app_info{${scope}})`, legend: '{{sync_status}}' }] },
        { title: 'Health', description: 'Applications by health.', kind: 'timeseries', queries: [{ expr: `count by (health_status) (argocd_app_info{${scope}})`, legend: '{{health_status}}' }] },
        { title: 'Syncs', description: 'Ended syncs by result. One that is retried for ever hasn\'t ended.', kind: 'timeseries', queries: [{ expr: `sum by (phase) (increase(argocd_app_sync_total{${scope}}[$__rate_interval]))`, legend: '{{phase}}' }] },
        { title: 'Syncs under way', description: 'Applications that are being synced or retried; what stays here doesn\'t come through.', kind: 'timeseries', queries: [{ expr: `count by (name) (argocd_app_info{${scope}, operation="sync"})`, legend: '{{name}}' }] },
      ],
    },
  ]);
}
