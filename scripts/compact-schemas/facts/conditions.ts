import type { Facts } from './fact.ts';

/** A definition's facts that are conditions in CEL, each with the message of a break. */
function conditions(...pairs: readonly (readonly [rule: string, message: string])[]): Facts[string] {
  return { '': { rules: pairs.map(([rule, message]) => ({ rule, message })) } };
}

const restartAlways = [
  "!has(self.template.spec) || !has(self.template.spec.restartPolicy) || self.template.spec.restartPolicy == 'Always'",
  'expected restartPolicy Always, which is the only one that its pods can have',
] as const;
const valuesWithOperator = [
  "self.operator in ['In', 'NotIn'] ? has(self.values) && size(self.values) > 0 : true",
  'expected values for the operators In and NotIn',
] as const;
const noValues = ["self.operator in ['Exists', 'DoesNotExist'] ? !has(self.values) || size(self.values) == 0 : true", 'expected no values for the operators Exists and DoesNotExist'] as const;
const localhostProfile = ["self.type == 'Localhost' ? has(self.localhostProfile) && self.localhostProfile != '' : !has(self.localhostProfile)", 'expected localhostProfile with the type Localhost, and only with it'] as const;
const metricField = ['Resource', 'Pods', 'Object', 'External', 'ContainerResource'].map((type) => [
  `self.type == '${type}' ? has(self.${type[0]?.toLowerCase()}${type.slice(1)}) : true`,
  `expected the field ${type[0]?.toLowerCase()}${type.slice(1)} with the type ${type}`,
] as const);

function keysWithSelector(keys: string): readonly [string, string] {
  return [`!has(self.${keys}) || size(self.${keys}) == 0 || has(self.labelSelector)`, `expected a labelSelector with ${keys}`];
}

/** How fields of one definition depend on each other. */
export const conditionFacts: Facts = {
  'meta.v1.LabelSelectorRequirement': conditions(valuesWithOperator, noValues),
  'core.v1.NodeSelectorRequirement': conditions(valuesWithOperator, noValues, ["self.operator in ['Gt', 'Lt'] ? has(self.values) && size(self.values) == 1 && self.values[0].matches('^-?[0-9]+$') : true", 'expected one whole number for the operators Gt and Lt']),
  'core.v1.Toleration': conditions(
    ["has(self.key) && self.key != '' || has(self.operator) && self.operator == 'Exists'", 'expected the operator Exists with an empty key'],
    ["!has(self.operator) || self.operator != 'Exists' || !has(self.value) || self.value == ''", 'expected no value with the operator Exists'],
    ["!has(self.tolerationSeconds) || has(self.effect) && self.effect == 'NoExecute'", 'expected the effect NoExecute with tolerationSeconds'],
  ),
  'core.v1.PodAffinityTerm': conditions(keysWithSelector('matchLabelKeys'), keysWithSelector('mismatchLabelKeys')),
  'core.v1.TopologySpreadConstraint': conditions(keysWithSelector('matchLabelKeys'), ["!has(self.minDomains) || self.whenUnsatisfiable == 'DoNotSchedule'", 'expected whenUnsatisfiable: DoNotSchedule with minDomains']),
  'core.v1.SeccompProfile': conditions(localhostProfile),
  'core.v1.AppArmorProfile': conditions(localhostProfile),
  'core.v1.PodSpec': conditions(
    ["!has(self.dnsPolicy) || self.dnsPolicy != 'None' || has(self.dnsConfig) && has(self.dnsConfig.nameservers) && size(self.dnsConfig.nameservers) > 0", 'expected a name server in dnsConfig with dnsPolicy: None'],
  ),
  'apps.v1.DeploymentSpec': conditions(
    restartAlways,
    ['!has(self.progressDeadlineSeconds) || self.progressDeadlineSeconds > (has(self.minReadySeconds) ? self.minReadySeconds : 0)', 'expected progressDeadlineSeconds to be more than minReadySeconds'],
    ["!has(self.minReadySeconds) || has(self.progressDeadlineSeconds) || self.minReadySeconds < 600", 'expected minReadySeconds to be less than progressDeadlineSeconds, which is 600'],
  ),
  'apps.v1.ReplicaSetSpec': conditions(restartAlways),
  'apps.v1.StatefulSetSpec': conditions(restartAlways),
  'apps.v1.DaemonSetSpec': conditions(restartAlways),
  'apps.v1.DeploymentStrategy': conditions(["!has(self.type) || self.type != 'Recreate' || !has(self.rollingUpdate)", 'expected no rollingUpdate with the type Recreate']),
  'apps.v1.RollingUpdateDeployment': conditions(["!(has(self.maxUnavailable) && self.maxUnavailable in [0, '0%'] && has(self.maxSurge) && self.maxSurge in [0, '0%'])", 'expected maxUnavailable or maxSurge above 0, got 0 for both']),
  'apps.v1.RollingUpdateDaemonSet': conditions(
    ["!(has(self.maxSurge) && !(self.maxSurge in [0, '0%'])) || has(self.maxUnavailable) && self.maxUnavailable in [0, '0%']", 'expected maxUnavailable: 0 with a maxSurge'],
    ["!(has(self.maxUnavailable) && self.maxUnavailable in [0, '0%']) || has(self.maxSurge) && !(self.maxSurge in [0, '0%'])", 'expected a maxSurge with maxUnavailable: 0'],
  ),
  'batch.v1.JobSpec': conditions(
    ["has(self.template.spec) && has(self.template.spec.restartPolicy) && self.template.spec.restartPolicy in ['Never', 'OnFailure']", 'expected restartPolicy Never or OnFailure in the pod template of a Job'],
    ["!has(self.completionMode) || self.completionMode != 'Indexed' || has(self.completions)", 'expected completions with completionMode: Indexed'],
    ["!has(self.podFailurePolicy) || self.template.spec.restartPolicy == 'Never'", 'expected restartPolicy: Never with a podFailurePolicy'],
    ["!has(self.podFailurePolicy) || !has(self.podReplacementPolicy) || self.podReplacementPolicy == 'Failed'", 'expected podReplacementPolicy: Failed with a podFailurePolicy'],
    ["!has(self.successPolicy) || has(self.completionMode) && self.completionMode == 'Indexed'", 'expected completionMode: Indexed with a successPolicy'],
    ['!has(self.manualSelector) || !self.manualSelector || has(self.selector)', 'expected a selector with manualSelector'],
    ["!has(self.podFailurePolicy) || self.podFailurePolicy.rules.all(r, !has(r.onExitCodes) || !has(r.onExitCodes.containerName) || self.template.spec.containers.exists(c, c.name == r.onExitCodes.containerName) || has(self.template.spec.initContainers) && self.template.spec.initContainers.exists(c, c.name == r.onExitCodes.containerName))", 'expected the name of a container of the Job in onExitCodes.containerName'],
    ['!has(self.selector) || has(self.manualSelector) && self.manualSelector', 'expected no selector: the Job controller makes one'],
    ["!has(self.backoffLimitPerIndex) && !has(self.maxFailedIndexes) || has(self.completionMode) && self.completionMode == 'Indexed'", 'expected completionMode: Indexed with backoffLimitPerIndex and maxFailedIndexes'],
    ['!has(self.maxFailedIndexes) || has(self.backoffLimitPerIndex)', 'expected backoffLimitPerIndex with maxFailedIndexes'],
  ),
  'batch.v1.PodFailurePolicyOnExitCodesRequirement': conditions(
    ["self.operator != 'In' || !(0 in self.values)", 'expected exit codes other than 0 for the operator In'],
    ['isSorted(self.values)', 'expected exit codes in ascending order'],
  ),
  'core.v1.EnvVarSource': conditions(["!has(self.fieldRef) || !(self.fieldRef.fieldPath in ['metadata.labels', 'metadata.annotations'])", "expected one label or annotation, such as metadata.labels['app']"]),
  'core.v1.EnvVar': conditions(["!has(self.valueFrom) || !has(self.value) || self.value == ''", 'expected only one of value, valueFrom']),
  'core.v1.VolumeMount': conditions(
    ["!has(self.recursiveReadOnly) || self.recursiveReadOnly == 'Disabled' || has(self.readOnly) && self.readOnly", 'expected readOnly: true with recursiveReadOnly'],
    ["!has(self.subPath) || self.subPath == '' || !has(self.subPathExpr) || self.subPathExpr == ''", 'expected only one of subPath, subPathExpr'],
  ),
  'core.v1.NodeSelectorTerm': conditions(
    ["!has(self.matchFields) || self.matchFields.all(f, f.key == 'metadata.name' && f.operator in ['In', 'NotIn'] && has(f.values) && size(f.values) == 1)", 'expected matchFields with the key metadata.name, the operator In or NotIn, and one value'],
  ),
  'core.v1.DownwardAPIVolumeFile': conditions(["!has(self.fieldRef) || self.fieldRef.fieldPath.startsWith('metadata.')", 'expected a field of the metadata']),
  'autoscaling.v2.HorizontalPodAutoscalerSpec': conditions(['!has(self.minReplicas) || self.minReplicas <= self.maxReplicas', 'expected minReplicas to be at most maxReplicas']),
  'autoscaling.v1.HorizontalPodAutoscalerSpec': conditions(['!has(self.minReplicas) || self.minReplicas <= self.maxReplicas', 'expected minReplicas to be at most maxReplicas']),
  'autoscaling.v2.MetricSpec': conditions(...metricField),
  'autoscaling.v2.MetricTarget': conditions(
    ["self.type == 'Utilization' ? has(self.averageUtilization) : true", 'expected averageUtilization with the type Utilization'],
    ["self.type == 'AverageValue' ? has(self.averageValue) : true", 'expected averageValue with the type AverageValue'],
    ["self.type == 'Value' ? has(self.value) : true", 'expected value with the type Value'],
    ['!(has(self.averageUtilization) && has(self.averageValue))', 'expected only one of averageUtilization, averageValue'],
    ['!(has(self.value) && has(self.averageValue))', 'expected only one of value, averageValue'],
  ),
  'autoscaling.v2.ResourceMetricSource': conditions(["self.target.type != 'Value'", 'expected the type Utilization or AverageValue for a resource']),
  'autoscaling.v2.ContainerResourceMetricSource': conditions(["self.target.type != 'Value'", 'expected the type Utilization or AverageValue for a resource']),
  'autoscaling.v2.PodsMetricSource': conditions(['has(self.target.averageValue)', 'expected an averageValue for a metric of pods']),
  'core.v1.ServiceSpec': conditions(
    ["!has(self.type) || self.type != 'ExternalName' || !has(self.ipFamilyPolicy) && !has(self.ipFamilies)", 'expected neither ipFamilies nor ipFamilyPolicy with the type ExternalName'],
    ["!has(self.type) || self.type != 'ExternalName' || has(self.externalName) && self.externalName != ''", 'expected externalName with the type ExternalName'],
    ["!has(self.type) || self.type != 'ExternalName' || !has(self.clusterIP) || self.clusterIP == ''", 'expected no clusterIP with the type ExternalName'],
    ["!has(self.type) || !(self.type in ['LoadBalancer', 'NodePort']) || !has(self.clusterIP) || self.clusterIP != 'None'", 'expected a cluster IP for the types LoadBalancer and NodePort, got None'],
    ["!has(self.externalTrafficPolicy) || has(self.type) && self.type in ['LoadBalancer', 'NodePort'] || has(self.externalIPs) && size(self.externalIPs) > 0", 'expected the type LoadBalancer or NodePort with externalTrafficPolicy'],
    ["!has(self.loadBalancerSourceRanges) || size(self.loadBalancerSourceRanges) == 0 || has(self.type) && self.type == 'LoadBalancer'", 'expected the type LoadBalancer with loadBalancerSourceRanges'],
    ["!has(self.loadBalancerClass) || has(self.type) && self.type == 'LoadBalancer'", 'expected the type LoadBalancer with loadBalancerClass'],
    ["!has(self.allocateLoadBalancerNodePorts) || has(self.type) && self.type == 'LoadBalancer'", 'expected the type LoadBalancer with allocateLoadBalancerNodePorts'],
    ["!has(self.healthCheckNodePort) || self.healthCheckNodePort == 0 || has(self.type) && self.type == 'LoadBalancer' && has(self.externalTrafficPolicy) && self.externalTrafficPolicy == 'Local'", 'expected the type LoadBalancer and externalTrafficPolicy: Local with healthCheckNodePort'],
    ["!has(self.sessionAffinityConfig) || has(self.sessionAffinity) && self.sessionAffinity == 'ClientIP'", 'expected sessionAffinity: ClientIP with sessionAffinityConfig'],
    ["!has(self.clusterIPs) || size(self.clusterIPs) == 0 || has(self.clusterIP) && self.clusterIPs[0] == self.clusterIP", 'expected clusterIP to be the first of clusterIPs'],
  ),
  'rbac.v1.Subject': conditions(
    ["self.kind != 'ServiceAccount' || size(self.name) <= 253 && self.name.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')", 'expected a DNS subdomain as the name of a ServiceAccount'],
    ["self.kind == 'ServiceAccount' ? !has(self.apiGroup) || self.apiGroup == '' : !has(self.apiGroup) || self.apiGroup == 'rbac.authorization.k8s.io'", 'expected apiGroup rbac.authorization.k8s.io for users and groups, and none for a ServiceAccount'],
  ),
  'rbac.v1.Role': conditions(
    ["!has(self.rules) || self.rules.all(r, !has(r.nonResourceURLs) || size(r.nonResourceURLs) == 0)", 'expected no nonResourceURLs in a Role: they have no namespace'],
    ["!has(self.rules) || self.rules.all(r, has(r.apiGroups) && size(r.apiGroups) > 0 && has(r.resources) && size(r.resources) > 0)", 'expected apiGroups and resources in each rule'],
  ),
  'rbac.v1.ClusterRoleBinding': conditions(
    ["self.roleRef.kind == 'ClusterRole'", 'expected roleRef.kind ClusterRole in a ClusterRoleBinding'],
    ["!has(self.subjects) || self.subjects.all(s, s.kind != 'ServiceAccount' || has(s.namespace) && s.namespace != '')", 'expected the namespace of each ServiceAccount'],
  ),
  'rbac.v1.PolicyRule': conditions(
    ['has(self.nonResourceURLs) && size(self.nonResourceURLs) > 0 ? (!has(self.resources) || size(self.resources) == 0) && (!has(self.apiGroups) || size(self.apiGroups) == 0) && (!has(self.resourceNames) || size(self.resourceNames) == 0) : has(self.apiGroups) && size(self.apiGroups) > 0 && has(self.resources) && size(self.resources) > 0', 'expected apiGroups and resources, or nonResourceURLs alone'],
  ),
  'core.v1.PersistentVolumeClaimSpec': conditions(
    ["!has(self.dataSource) || has(self.dataSource.apiGroup) && self.dataSource.apiGroup != '' || self.dataSource.kind == 'PersistentVolumeClaim'", 'expected an apiGroup in dataSource for a kind other than PersistentVolumeClaim'],
    ["!has(self.dataSourceRef) || has(self.dataSourceRef.apiGroup) && self.dataSourceRef.apiGroup != '' || self.dataSourceRef.kind == 'PersistentVolumeClaim'", 'expected an apiGroup in dataSourceRef for a kind other than PersistentVolumeClaim'],
    ["has(self.resources) && has(self.resources.requests) && 'storage' in self.resources.requests", 'expected resources.requests.storage'],
    ["!('ReadWriteOncePod' in self.accessModes) || size(self.accessModes) == 1", 'expected ReadWriteOncePod alone'],
  ),
  'batch.v1.CronJobSpec': conditions(['!has(self.jobTemplate.spec.manualSelector) || !self.jobTemplate.spec.manualSelector', 'expected no manualSelector in a CronJob, whose Jobs need selectors of their own']),
  'core.v1.ResourceQuotaSpec': conditions(
    ["!has(self.scopeSelector) || !has(self.scopeSelector.matchExpressions) || self.scopeSelector.matchExpressions.all(e, e.scopeName == 'PriorityClass' || e.operator == 'Exists')", 'expected the operator Exists for every scope but PriorityClass'],
  ),
  'core.v1.ConfigMap': conditions(["!has(self.data) || !has(self.binaryData) || self.data.all(k, !(k in self.binaryData))", 'expected each key in data or in binaryData, got one in both']),
  'core.v1.Secret': conditions(
    ["!has(self.type) || self.type != 'kubernetes.io/tls' || ['tls.crt', 'tls.key'].all(k, has(self.data) && k in self.data || has(self.stringData) && k in self.stringData)", 'expected the keys tls.crt and tls.key in a Secret of type kubernetes.io/tls'],
    ["!has(self.type) || self.type != 'kubernetes.io/dockerconfigjson' || has(self.data) && '.dockerconfigjson' in self.data || has(self.stringData) && '.dockerconfigjson' in self.stringData", 'expected the key .dockerconfigjson in a Secret of type kubernetes.io/dockerconfigjson'],
    ["!has(self.type) || self.type != 'kubernetes.io/ssh-auth' || has(self.data) && 'ssh-privatekey' in self.data || has(self.stringData) && 'ssh-privatekey' in self.stringData", 'expected the key ssh-privatekey in a Secret of type kubernetes.io/ssh-auth'],
    ["!has(self.type) || self.type != 'kubernetes.io/basic-auth' || ['username', 'password'].exists(k, has(self.data) && k in self.data || has(self.stringData) && k in self.stringData)", 'expected the key username or password in a Secret of type kubernetes.io/basic-auth'],
    ["!has(self.type) || self.type != 'kubernetes.io/service-account-token' || has(self.metadata.annotations) && 'kubernetes.io/service-account.name' in self.metadata.annotations", 'expected the annotation kubernetes.io/service-account.name in a Secret of type kubernetes.io/service-account-token'],
  ),
};
