import type { Monitoring } from '../../model/monitoring.ts';
import type { ControllerAlert } from './rule.ts';

/** Alerts on Argo CD and what it delivers. */
export function argoCdAlerts({ failing, outOfSync }: Monitoring, namespace: string): ControllerAlert[] {
  const app = 'app {{ $labels.name }} of project {{ $labels.project }}';
  return [
    {
      name: 'ArgoCdAppOutOfSync',
      expr: 'argocd_app_info{sync_status="OutOfSync", autosync_enabled="true"} == 1',
      for: outOfSync,
      severity: 'warning',
      summary: '{{ $labels.name }} is out of sync',
      description: `Live objects of ${app} have differed from the runtime repo for longer than a sync takes, although it is synced by itself.`,
      runbook: 'Its diff shows the field. Somebody else sets it all the time: give it up in the app, or list it under ignoreDifferences.',
    },
    {
      name: 'ArgoCdAppSyncFailing',
      expr: 'argocd_app_info{operation="sync"} == 1',
      for: failing,
      severity: 'warning',
      summary: '{{ $labels.name }} can\'t be synced',
      description: `The sync of ${app} runs or is retried without end; a failing one is retried for ever, until a commit mends it.`,
      runbook: 'The message of its last operation says what the API server refuses. Mend it by a commit; the next retry takes it.',
    },
    {
      name: 'ArgoCdAppNotCompared',
      expr: 'argocd_app_info{sync_status="Unknown"} == 1',
      for: failing,
      severity: 'warning',
      summary: '{{ $labels.name }} can\'t be compared with Git',
      description: `Argo CD can't read the runtime repo for ${app}, or can't build its folder.`,
      runbook: 'Its conditions say why: a credential that expired, a Git server that is away, a folder that kustomize refuses.',
    },
    {
      name: 'ArgoCdAppDegraded',
      expr: 'argocd_app_info{health_status=~"Degraded|Missing"} == 1',
      for: failing,
      severity: 'critical',
      summary: '{{ $labels.name }} is {{ $labels.health_status }}',
      description: `Objects of ${app} are {{ $labels.health_status }}.`,
      runbook: 'If it began with a new version, revert its commit. Else its resource tree names the object that fails.',
    },
    {
      name: 'ArgoCdClusterUnreachable',
      expr: 'argocd_cluster_connection_status == 0',
      for: '5m',
      severity: 'critical',
      summary: 'Argo CD doesn\'t reach {{ $labels.server }}',
      description: 'Nothing is delivered to or compared with the cluster at {{ $labels.server }}; what runs there goes on.',
      runbook: 'See whether its API server answers from here, and whether the credential of the cluster\'s Secret is still good.',
    },
    {
      name: 'ArgoCdGitFetchFailing',
      expr: 'increase(argocd_git_fetch_fail_total[10m]) > 0',
      for: failing,
      severity: 'warning',
      summary: 'Argo CD can\'t fetch {{ $labels.repo }}',
      description: 'Fetches of {{ $labels.repo }} have failed again and again; new commits aren\'t seen.',
      runbook: 'The logs of argocd-repo-server say why: the credential, the host key, the network.',
    },
    {
      name: 'ArgoCdNotificationsFailing',
      expr: 'increase(argocd_notifications_deliveries_total{succeeded="false"}[10m]) > 0',
      for: '10m',
      severity: 'warning',
      summary: 'Argo CD can\'t tell {{ $labels.service }}',
      description: 'Notifications by {{ $labels.service }} aren\'t delivered: nobody hears of troubles there.',
      runbook: 'The logs of argocd-notifications-controller say why: mostly a key that is missing in argocd-notifications-secret.',
    },
    {
      name: 'ArgoCdNotReporting',
      expr: `absent(argocd_app_info{namespace="${namespace}"})`,
      for: '15m',
      severity: 'critical',
      summary: 'Argo CD says nothing of its apps',
      description: 'There are no metrics of any Application: the application controller is down, or Prometheus can\'t read it. The other alerts are blind.',
      runbook: `kubectl -n ${namespace} get pods; then Prometheus's page of targets.`,
    },
  ];
}
