import type { Monitoring } from '../../model/monitoring.ts';
import type { ControllerAlert } from './rule.ts';

/** Alerts on canaries: by Argo Rollouts' own metrics. */
export function rolloutAlerts({ failing, paused }: Monitoring): ControllerAlert[] {
  const rollout = 'Rollout {{ $labels.name }} in {{ $labels.namespace }}';
  return [
    {
      name: 'RolloutAborted',
      expr: 'rollout_info{phase="Abort"} == 1',
      for: '1m',
      severity: 'critical',
      summary: 'The rollout of {{ $labels.name }} was aborted',
      description: `${rollout} was aborted: the stable version takes all traffic, and Git still asks for the other.`,
      runbook: 'Revert the commit that brought the version: Git is right again, and a later one can be tried. Its AnalysisRuns say what failed.',
    },
    {
      name: 'RolloutFailing',
      expr: 'rollout_info{phase=~"Error|InvalidSpec|Timeout"} == 1',
      for: failing,
      severity: 'critical',
      summary: 'The rollout of {{ $labels.name }} doesn\'t go on',
      description: `${rollout} is in phase {{ $labels.phase }}.`,
      runbook: 'kubectl describe of the Rollout says why: pods that don\'t get ready in time, or a specification that Argo Rollouts refuses.',
    },
    {
      name: 'RolloutPausedLong',
      expr: 'rollout_info{phase="Paused"} == 1',
      for: paused,
      severity: 'warning',
      summary: 'The rollout of {{ $labels.name }} waits for somebody',
      description: `${rollout} has been paused for ${paused}: two versions serve.`,
      runbook: 'Look at its analysis, then promote it, or revert the commit.',
    },
    {
      name: 'AnalysisRunsFailing',
      expr: 'sum by (namespace) (analysis_run_info{phase="Error"}) > 0',
      for: failing,
      severity: 'warning',
      summary: 'Analyses in {{ $labels.namespace }} can\'t measure',
      description: '{{ $value }} AnalysisRuns in {{ $labels.namespace }} ended with an error: what they should have measured is unknown.',
      runbook: 'Their messages name the metric and the provider: an address that is wrong, a query without a result.',
    },
  ];
}
