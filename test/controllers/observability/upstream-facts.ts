/** Ports by name of the Services with metrics, by their label `app.kubernetes.io/name`: manifests/install.yaml of Argo CD 3.5.1, the same in 3.2.11. */
export const argoCdServices: Readonly<Record<string, readonly string[]>> = {
  'argocd-applicationset-controller': ['webhook', 'metrics'],
  'argocd-dex-server': ['http', 'grpc', 'metrics'],
  'argocd-metrics': ['metrics'],
  'argocd-notifications-controller-metrics': ['metrics'],
  'argocd-repo-server': ['server', 'metrics'],
  'argocd-server-metrics': ['metrics'],
};

/** The same of Argo Rollouts 1.10.1. */
export const rolloutsServices: Readonly<Record<string, readonly string[]>> = { 'argo-rollouts-metrics': ['metrics'] };

/** Labels and ports of the pods of Flux 2.9.4's controllers. */
export const fluxPods = ['helm-controller', 'image-automation-controller', 'image-reflector-controller', 'kustomize-controller', 'notification-controller', 'source-controller'].map((app): { readonly labels: Readonly<Record<string, string>>; readonly ports: readonly string[] } => ({
  labels: { app, 'app.kubernetes.io/component': app, 'app.kubernetes.io/instance': 'flux-system', 'app.kubernetes.io/part-of': 'flux' },
  ports: [...app === 'notification-controller' ? ['http', 'http-webhook'] : app === 'source-controller' ? ['http'] : [], 'http-prom', 'healthz'],
}));

/** Metrics that exist, by the sources of the versions above, kube-state-metrics, the kubelet, and every Go program. */
export const metrics: readonly string[] = [
  'argocd_app_info', 'argocd_app_reconcile_bucket', 'argocd_app_reconcile_count', 'argocd_app_sync_total', 'argocd_cluster_api_resource_objects', 'argocd_cluster_connection_status',
  'argocd_git_fetch_fail_total', 'argocd_git_request_duration_seconds_bucket', 'argocd_git_request_total', 'argocd_kubectl_exec_pending', 'argocd_notifications_deliveries_total',
  'argocd_notifications_trigger_eval_total', 'argocd_repo_pending_request_total',
  'gotk_reconcile_duration_seconds_bucket', 'gotk_reconcile_duration_seconds_count', 'gotk_resource_info',
  'controller_runtime_active_workers', 'controller_runtime_max_concurrent_reconciles', 'controller_runtime_reconcile_errors_total', 'controller_runtime_reconcile_time_seconds_bucket', 'controller_runtime_reconcile_total', 'workqueue_depth',
  'analysis_run_info', 'analysis_run_metric_phase', 'rollout_events_total', 'rollout_info', 'rollout_info_replicas_desired', 'rollout_info_replicas_unavailable', 'rollout_info_replicas_updated',
  'container_memory_working_set_bytes', 'kube_pod_container_resource_limits', 'kube_pod_container_status_restarts_total', 'kube_pod_info', 'kube_pod_owner',
  'go_goroutines', 'process_cpu_seconds_total', 'process_resident_memory_bytes', 'rest_client_requests_total',
];
