import type { Fact, Facts } from './fact.ts';

const atLeastZero: Fact = { minimum: 0 };
const limit: Fact = { keyFormat: 'limitName', values: { format: 'notNegativeQuantity' } };
const percentOrCount: Fact = { format: 'percentOrCount' };

/** Metadata and selectors, which every kind has. */
export const metadataFacts: Facts = {
  'meta.v1.ObjectMeta': {
    labels: { keyFormat: 'labelKey', values: { format: 'labelValue' } },
    annotations: { keyFormat: 'labelKey' },
    finalizers: { items: { format: 'qualifiedName', minLength: 1 } },
    namespace: { format: 'dnsLabel' },
    generation: atLeastZero,
    deletionGracePeriodSeconds: atLeastZero,
  },
  'meta.v1.OwnerReference': { apiVersion: { required: true }, kind: { required: true }, name: { required: true }, uid: { required: true } },
  'meta.v1.LabelSelector': { matchLabels: { keyFormat: 'labelKey', values: { format: 'labelValue' } } },
  'meta.v1.LabelSelectorRequirement': { key: { required: true, format: 'labelKey' }, values: { items: { format: 'labelValue' } } },
};

/** Workloads, jobs, scaling and disruption. */
export const workloadFacts: Facts = {
  'apps.v1.DeploymentSpec': { replicas: atLeastZero, minReadySeconds: atLeastZero, revisionHistoryLimit: atLeastZero, progressDeadlineSeconds: atLeastZero },
  'apps.v1.RollingUpdateDeployment': { maxSurge: percentOrCount, maxUnavailable: { format: 'upTo100Percent' } },
  'apps.v1.ReplicaSetSpec': { replicas: atLeastZero, minReadySeconds: atLeastZero, template: { required: true } },
  'apps.v1.StatefulSetSpec': { serviceName: { format: 'dnsLabel' }, replicas: atLeastZero, minReadySeconds: atLeastZero, revisionHistoryLimit: atLeastZero },
  'apps.v1.StatefulSetOrdinals': { start: atLeastZero },
  'apps.v1.RollingUpdateStatefulSetStrategy': { partition: atLeastZero, maxUnavailable: { format: 'upTo100Percent' } },
  'apps.v1.DaemonSetSpec': { minReadySeconds: atLeastZero, revisionHistoryLimit: atLeastZero },
  'apps.v1.RollingUpdateDaemonSet': { maxSurge: { format: 'upTo100Percent' }, maxUnavailable: { format: 'upTo100Percent' } },
  'apps.v1.Deployment': { spec: { required: true } },
  'apps.v1.DaemonSet': { spec: { required: true } },
  'apps.v1.StatefulSet': { spec: { required: true } },
  'apps.v1.ReplicaSet': { spec: { required: true } },
  'core.v1.ReplicationControllerSpec': { replicas: atLeastZero, minReadySeconds: atLeastZero },
  'batch.v1.Job': { spec: { required: true } },
  'batch.v1.CronJob': { spec: { required: true } },
  'batch.v1.JobTemplateSpec': { spec: { required: true } },
  'batch.v1.JobSpec': {
    parallelism: atLeastZero,
    completions: atLeastZero,
    activeDeadlineSeconds: atLeastZero,
    backoffLimit: atLeastZero,
    backoffLimitPerIndex: atLeastZero,
    maxFailedIndexes: atLeastZero,
    ttlSecondsAfterFinished: atLeastZero,
    managedBy: { pattern: '^[a-z0-9]([-a-z0-9.]*[a-z0-9])?/.+$' },
  },
  'batch.v1.SuccessPolicy': { rules: { required: true, maxItems: 20 } },
  'batch.v1.PodFailurePolicy': { rules: { maxItems: 20 } },
  'batch.v1.PodFailurePolicyRule': { '': { exactlyOne: ['onExitCodes', 'onPodConditions'] } },
  'batch.v1.PodFailurePolicyOnExitCodesRequirement': { values: { minItems: 1, maxItems: 255, set: true } },
  'batch.v1.CronJobSpec': {
    schedule: { required: true, format: 'cron' },
    timeZone: { format: 'timeZone', minLength: 1 },
    startingDeadlineSeconds: atLeastZero,
    successfulJobsHistoryLimit: atLeastZero,
    failedJobsHistoryLimit: atLeastZero,
  },
  'autoscaling.v2.HorizontalPodAutoscaler': { spec: { required: true } },
  'autoscaling.v2.HorizontalPodAutoscalerSpec': { minReplicas: { minimum: 1 }, maxReplicas: { minimum: 1 } },
  'autoscaling.v2.CrossVersionObjectReference': { apiVersion: { required: true, format: 'groupVersion' }, kind: { required: true, format: 'pathSegment' }, name: { required: true, format: 'pathSegment' } },
  'autoscaling.v2.MetricSpec': { '': { exactlyOne: ['containerResource', 'external', 'object', 'pods', 'resource'] } },
  'autoscaling.v2.MetricTarget': { averageUtilization: { minimum: 1 }, averageValue: { format: 'positiveQuantity' }, value: { format: 'positiveQuantity' } },
  'autoscaling.v2.MetricIdentifier': { name: { required: true, format: 'pathSegment' } },
  'autoscaling.v2.ResourceMetricSource': { name: { required: true, format: 'resourceName' } },
  'autoscaling.v2.ContainerResourceMetricSource': { name: { required: true, format: 'resourceName' }, container: { required: true, format: 'dnsLabel' } },
  'autoscaling.v2.HPAScalingRules': { tolerance: { format: 'notNegativeQuantity' }, stabilizationWindowSeconds: { minimum: 0, maximum: 3600 }, policies: { minItems: 1 } },
  'autoscaling.v2.HPAScalingPolicy': { value: { minimum: 1 }, periodSeconds: { minimum: 1, maximum: 1800 } },
  'autoscaling.v1.HorizontalPodAutoscalerSpec': { minReplicas: { minimum: 1 }, maxReplicas: { minimum: 1 }, targetCPUUtilizationPercentage: { minimum: 1 } },
  'autoscaling.v1.CrossVersionObjectReference': { apiVersion: { required: true, format: 'groupVersion' }, kind: { required: true, format: 'pathSegment' }, name: { required: true, format: 'pathSegment' } },
  'policy.v1.PodDisruptionBudgetSpec': { '': { atMostOne: ['maxUnavailable', 'minAvailable'] }, minAvailable: { format: 'upTo100Percent' }, maxUnavailable: { format: 'upTo100Percent' } },
  'rbac.v1.PolicyRule': { verbs: { required: true } },
  'rbac.v1.AggregationRule': { clusterRoleSelectors: { required: true } },
  'core.v1.NamespaceSpec': { finalizers: { items: { pattern: '^(kubernetes|.+/.+)$' } } },
  'rbac.v1.RoleRef': { name: { required: true, format: 'pathSegment' }, kind: { required: true } },
  'rbac.v1.Subject': { name: { required: true }, namespace: { format: 'dnsLabel' } },
  'core.v1.LimitRangeItem': { type: { required: true }, default: limit, defaultRequest: limit, max: limit, maxLimitRequestRatio: limit, min: limit },
  'core.v1.LimitRangeSpec': { limits: { required: true } },
  'core.v1.ResourceQuotaSpec': { hard: { keyFormat: 'quotaName', values: { format: 'notNegativeQuantity' } } },
  'scheduling.v1.PriorityClass': { value: { minimum: -2147483648, maximum: 1000000000 } },
};
