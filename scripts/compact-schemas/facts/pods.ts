import type { Fact, Facts } from './fact.ts';

const atLeastZero: Fact = { minimum: 0 };
const port: Fact = { format: 'portOrName' };
const mode: Fact = { minimum: 0, maximum: 511 };
const id: Fact = { minimum: 0, maximum: 2147483647 };
const handler = ['exec', 'grpc', 'httpGet', 'tcpSocket'] as const;
const weight: Fact = { minimum: 1, maximum: 100 };
const container: Readonly<Record<string, Fact>> = {
  name: { required: true, format: 'dnsLabel' },
  image: { required: true, pattern: '^\\S(.*\\S)?$' },
};
const resources: Fact = { keyFormat: 'resourceName', values: { format: 'notNegativeQuantity' } };

/** Pods: containers, probes, environment, security and placement. */
export const podFacts: Facts = {
  'core.v1.Pod': { spec: { required: true } },
  'core.v1.PodTemplateSpec': { spec: { required: true } },
  'core.v1.PodSpec': {
    containers: { required: true },
    terminationGracePeriodSeconds: atLeastZero,
    activeDeadlineSeconds: { minimum: 1, maximum: 2147483647 },
    serviceAccountName: { format: 'dnsSubdomain' },
    serviceAccount: { format: 'dnsSubdomain' },
    nodeName: { format: 'dnsSubdomain' },
    hostname: { format: 'dnsLabel' },
    subdomain: { format: 'dnsLabel' },
    priorityClassName: { format: 'dnsSubdomain' },
    runtimeClassName: { format: 'dnsSubdomain' },
    nodeSelector: { keyFormat: 'labelKey', values: { format: 'labelValue' } },
  },
  'core.v1.Container': container,
  'core.v1.EphemeralContainer': container,
  'core.v1.ContainerPort': { containerPort: { minimum: 1, maximum: 65535 }, hostPort: { minimum: 0, maximum: 65535 }, name: { format: 'portName' }, hostIP: { format: 'ip' } },
  'core.v1.EnvVar': { name: { required: true, format: 'envName' } },
  'core.v1.EnvVarSource': { '': { exactlyOne: ['configMapKeyRef', 'fieldRef', 'fileKeyRef', 'resourceFieldRef', 'secretKeyRef'] } },
  'core.v1.EnvFromSource': { '': { exactlyOne: ['configMapRef', 'secretRef'] }, prefix: { format: 'envName' } },
  'core.v1.ConfigMapEnvSource': { name: { required: true, format: 'dnsSubdomain' } },
  'core.v1.SecretEnvSource': { name: { required: true, format: 'dnsSubdomain' } },
  'core.v1.ConfigMapKeySelector': { name: { required: true, format: 'dnsSubdomain' }, key: { required: true, format: 'configKey' } },
  'core.v1.SecretKeySelector': { name: { required: true, format: 'dnsSubdomain' }, key: { required: true, format: 'configKey' } },
  'core.v1.ObjectFieldSelector': { apiVersion: { enum: ['v1'] }, fieldPath: { required: true, format: 'fieldPath' } },
  'core.v1.ResourceFieldSelector': {
    resource: { required: true, pattern: '^(limits|requests)\\.(cpu|memory|ephemeral-storage|hugepages-.+)$' },
  },
  'core.v1.LocalObjectReference': { name: { required: true, format: 'dnsSubdomain' } },
  'core.v1.VolumeMount': { name: { required: true }, mountPath: { required: true }, subPath: { format: 'localPath' }, subPathExpr: { format: 'localPath' } },
  'core.v1.VolumeDevice': { name: { required: true }, devicePath: { required: true, format: 'noBacksteps' } },
  'core.v1.ResourceRequirements': { limits: resources, requests: resources },
  'core.v1.VolumeResourceRequirements': { limits: { values: { format: 'positiveQuantity' } }, requests: { values: { format: 'positiveQuantity' } } },
  'core.v1.Probe': {
    '': { exactlyOne: handler },
    initialDelaySeconds: atLeastZero,
    timeoutSeconds: atLeastZero,
    periodSeconds: atLeastZero,
    successThreshold: atLeastZero,
    failureThreshold: atLeastZero,
    terminationGracePeriodSeconds: { minimum: 1 },
  },
  'core.v1.LifecycleHandler': { '': { exactlyOne: ['exec', 'httpGet', 'sleep', 'tcpSocket'] } },
  'core.v1.ExecAction': { command: { required: true } },
  'core.v1.HTTPGetAction': { port },
  'core.v1.HTTPHeader': { name: { required: true, format: 'headerName' } },
  'core.v1.TCPSocketAction': { port },
  'core.v1.GRPCAction': { port: { minimum: 1, maximum: 65535 } },
  'core.v1.SleepAction': { seconds: atLeastZero },
  'core.v1.SecurityContext': { runAsUser: id, runAsGroup: id },
  'core.v1.PodSecurityContext': { runAsUser: id, runAsGroup: id, fsGroup: id, supplementalGroups: { items: id } },
  'core.v1.Sysctl': { name: { required: true, format: 'sysctlName' } },
  'core.v1.SeccompProfile': { type: { required: true } },
  'core.v1.AppArmorProfile': { type: { required: true } },
  'core.v1.Toleration': { key: { format: 'labelKey' }, value: { format: 'labelValue' } },
  'core.v1.TopologySpreadConstraint': { maxSkew: { minimum: 1 }, minDomains: { minimum: 1 }, topologyKey: { required: true, format: 'labelKey' }, whenUnsatisfiable: { required: true } },
  'core.v1.NodeSelector': { nodeSelectorTerms: { required: true } },
  'core.v1.NodeSelectorRequirement': { key: { required: true, format: 'labelKey' }, values: { items: { format: 'labelValue' } } },
  'core.v1.PodAffinityTerm': { topologyKey: { required: true, format: 'labelKey' }, namespaces: { items: { format: 'dnsLabel', minLength: 1 } } },
  'core.v1.WeightedPodAffinityTerm': { weight },
  'core.v1.PreferredSchedulingTerm': { weight },
  'core.v1.HostAlias': { ip: { required: true, format: 'ip' }, hostnames: { items: { format: 'dnsSubdomain', minLength: 1 } } },
  'core.v1.PodDNSConfig': { nameservers: { maxItems: 3, items: { format: 'ip', minLength: 1 } }, searches: { maxItems: 32 } },
  'core.v1.PodDNSConfigOption': { name: { required: true } },
  'core.v1.PodReadinessGate': { conditionType: { format: 'qualifiedName' } },
  'core.v1.KeyToPath': { key: { required: true, format: 'configKey' }, path: { required: true, format: 'localPath' }, mode },
  'core.v1.ConfigMapVolumeSource': { name: { required: true }, defaultMode: mode },
  'core.v1.SecretVolumeSource': { secretName: { required: true }, defaultMode: mode },
  'core.v1.ProjectedVolumeSource': { defaultMode: mode },
  'core.v1.DownwardAPIVolumeSource': { defaultMode: mode },
  'core.v1.ConfigMapProjection': { name: { required: true } },
  'core.v1.SecretProjection': { name: { required: true } },
  'core.v1.ServiceAccountTokenProjection': { path: { required: true, format: 'localPath' }, expirationSeconds: { minimum: 600, maximum: 4294967296 } },
  'core.v1.VolumeProjection': { '': { atMostOne: ['clusterTrustBundle', 'configMap', 'downwardAPI', 'podCertificate', 'secret', 'serviceAccountToken'] } },
  'core.v1.DownwardAPIVolumeFile': { '': { exactlyOne: ['fieldRef', 'resourceFieldRef'] }, path: { required: true, format: 'localPath' }, mode },
};
