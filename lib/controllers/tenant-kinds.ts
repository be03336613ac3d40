import { compareText } from '../values/errors.ts';

/** A kind of namespaced object that a team may deliver. */
export interface TenantKind {
  /** API group; empty for the core group. */
  readonly group: string;
  readonly kind: string;
  /** Its name in URLs and roles. */
  readonly resource: string;
}

/** Of each API group: kind -> resource. Every kind that Slipway's constructs make, and what an app may need beside them. */
const kinds: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '': { ConfigMap: 'configmaps', PersistentVolumeClaim: 'persistentvolumeclaims', Secret: 'secrets', Service: 'services', ServiceAccount: 'serviceaccounts' },
  apps: { DaemonSet: 'daemonsets', Deployment: 'deployments', StatefulSet: 'statefulsets' },
  'argoproj.io': { AnalysisTemplate: 'analysistemplates', Rollout: 'rollouts' },
  autoscaling: { HorizontalPodAutoscaler: 'horizontalpodautoscalers' },
  batch: { CronJob: 'cronjobs', Job: 'jobs' },
  'bitnami.com': { SealedSecret: 'sealedsecrets' },
  'external-secrets.io': { ExternalSecret: 'externalsecrets', SecretStore: 'secretstores' },
  'gateway.networking.k8s.io': { GRPCRoute: 'grpcroutes', Gateway: 'gateways', HTTPRoute: 'httproutes' },
  'monitoring.coreos.com': { PodMonitor: 'podmonitors', PrometheusRule: 'prometheusrules', ServiceMonitor: 'servicemonitors' },
  'networking.k8s.io': { Ingress: 'ingresses', NetworkPolicy: 'networkpolicies' },
  policy: { PodDisruptionBudget: 'poddisruptionbudgets' },
};

/** The kinds that every team may deliver, sorted by group and kind: all namespaced. */
export const tenantKinds: readonly TenantKind[] = Object.entries(kinds)
  .flatMap(([group, byKind]) => Object.entries(byKind).map(([kind, resource]) => ({ group, kind, resource })))
  .sort((a, b) => compareText(a.group, b.group) || compareText(a.kind, b.kind));
