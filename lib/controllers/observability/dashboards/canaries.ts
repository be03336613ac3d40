import { dashboard, noneIsGood, type Dashboard } from './dashboard.ts';
import { byRevision } from './traffic.ts';

const scope = 'namespace=~"$namespace", name=~"$rollout"';

/** Canaries: where each rollout stands, what its analyses say, and what old and new pods answer. */
export function canaries(): Dashboard {
  return dashboard('slipway-canaries', 'Canaries', [
    { name: 'namespace', metric: 'rollout_info', label: 'namespace' },
    { name: 'rollout', metric: 'rollout_info{namespace=~"$namespace"}', label: 'name' },
  ], [
    {
      title: 'Now',
      panels: [
        { title: 'Completed', description: 'Rollouts whose new version serves alone.', kind: 'stat', width: 6, queries: [{ expr: `count(rollout_info{${scope}, phase="Completed"}) or vector(0)` }] },
        { title: 'Under way', description: 'Rollouts that go on by themselves.', kind: 'stat', width: 6, queries: [{ expr: `count(rollout_info{${scope}, phase="Progressing"}) or vector(0)` }] },
        { title: 'Paused', description: 'Rollouts that wait, for time or for somebody.', kind: 'stat', width: 6, queries: [{ expr: `count(rollout_info{${scope}, phase="Paused"}) or vector(0)` }] },
        { title: 'Aborted or failing', description: 'Revert the commit of the version.', kind: 'stat', width: 6, steps: noneIsGood, queries: [{ expr: `count(rollout_info{${scope}, phase=~"Abort|Error|InvalidSpec|Timeout"}) or vector(0)` }] },
        { title: 'Rollouts', description: 'Every rollout with its phase.', kind: 'table', width: 24, hidden: ['__name__', 'container', 'endpoint', 'instance', 'job', 'pod', 'service'], queries: [{ expr: `rollout_info{${scope}}` }] },
      ],
    },
    {
      title: 'Replicas and analyses',
      panels: [
        { title: 'New version', description: 'Share of the replicas that run the new version.', kind: 'timeseries', unit: 'percentunit', queries: [{ expr: `sum by (namespace, name) (rollout_info_replicas_updated{${scope}}) / sum by (namespace, name) (rollout_info_replicas_desired{${scope}} > 0)`, legend: '{{namespace}}/{{name}}' }] },
        { title: 'Unavailable replicas', description: 'Replicas that should serve and don\'t.', kind: 'timeseries', queries: [{ expr: `sum by (namespace, name) (rollout_info_replicas_unavailable{${scope}})`, legend: '{{namespace}}/{{name}}' }] },
        { title: 'Analyses', description: 'AnalysisRuns by phase.', kind: 'timeseries', queries: [{ expr: 'sum by (phase) (analysis_run_info{namespace=~"$namespace"})', legend: '{{phase}}' }] },
        { title: 'Measurements', description: 'Metrics of analyses by phase.', kind: 'timeseries', queries: [{ expr: 'sum by (metric, phase) (analysis_run_metric_phase{namespace=~"$namespace"})', legend: '{{metric}} {{phase}}' }] },
        { title: 'Events', description: 'What Argo Rollouts did.', kind: 'timeseries', width: 24, queries: [{ expr: `sum by (name, reason) (increase(rollout_events_total{${scope}}[$__rate_interval]))`, legend: '{{name}} {{reason}}' }] },
      ],
    },
    { title: 'Old and new pods', panels: byRevision() },
  ]);
}
