import { dashboard, noneIsGood, type Dashboard } from './dashboard.ts';

const kinds = 'customresource_kind=~"Kustomization|HelmRelease"';
const scope = `${kinds}, environment=~"$environment"`;
const durations = 'kind=~"Kustomization|HelmRelease"';

/** What Flux delivers: state of its objects, by kube-state-metrics, and how long they take. */
export function fluxApps(): Dashboard {
  return dashboard('slipway-flux-apps', 'Apps (Flux)', [{ name: 'environment', metric: 'gotk_resource_info', label: 'environment' }], [
    {
      title: 'Now',
      panels: [
        { title: 'Delivered', description: 'Kustomizations and HelmReleases.', kind: 'stat', width: 6, queries: [{ expr: `count(gotk_resource_info{${scope}})` }] },
        { title: 'Ready', description: 'Applied and healthy.', kind: 'stat', width: 6, queries: [{ expr: `count(gotk_resource_info{${scope}, ready="True"}) or vector(0)` }] },
        { title: 'Failing', description: 'Not applied, or not healthy.', kind: 'stat', width: 6, steps: noneIsGood, queries: [{ expr: `count(gotk_resource_info{${scope}, ready="False"}) or vector(0)` }] },
        { title: 'Suspended', description: 'Not applied until somebody asks for it.', kind: 'stat', width: 6, queries: [{ expr: `count(gotk_resource_info{${scope}, suspended="true"}) or vector(0)` }] },
        { title: 'Not ready', description: 'Everything that isn\'t ready, sources included.', kind: 'table', width: 24, hidden: ['__name__', 'container', 'endpoint', 'instance', 'job', 'pod', 'service', 'namespace', 'customresource_group', 'customresource_version'], queries: [{ expr: 'gotk_resource_info{ready!="True", environment=~"$environment"}' }] },
      ],
    },
    {
      title: 'Over time',
      panels: [
        { title: 'Readiness', description: 'Objects by readiness; unknown is being reconciled.', kind: 'timeseries', queries: [{ expr: `count by (ready) (gotk_resource_info{${scope}})`, legend: '{{ready}}' }] },
        { title: 'Reconciliation, 95th percentile', description: 'How long a reconciliation takes, the wait for health included.', kind: 'timeseries', unit: 's', queries: [{ expr: `histogram_quantile(0.95, sum by (le, name) (rate(gotk_reconcile_duration_seconds_bucket{${durations}}[$__rate_interval])))`, legend: '{{name}}' }] },
        { title: 'Reconciliations', description: 'Reconciliations a second, by object.', kind: 'timeseries', width: 24, unit: 'ops', queries: [{ expr: `sum by (kind, name) (rate(gotk_reconcile_duration_seconds_count{${durations}}[$__rate_interval]))`, legend: '{{kind}} {{name}}' }] },
      ],
    },
  ]);
}
