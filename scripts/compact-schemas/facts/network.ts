import type { Fact, Facts } from './fact.ts';

const portNumber: Fact = { minimum: 1, maximum: 65535 };

/** Services, ingress and network policies. */
export const networkFacts: Facts = {
  'core.v1.Service': { spec: { required: true } },
  'core.v1.ServiceSpec': {
    selector: { keyFormat: 'labelKey', values: { format: 'labelValue' } },
    clusterIP: { format: 'clusterIP' },
    clusterIPs: { maxItems: 2, items: { format: 'clusterIP' } },
    externalIPs: { items: { format: 'ip', minLength: 1 } },
    loadBalancerIP: { format: 'ip' },
    loadBalancerSourceRanges: { items: { format: 'cidr', minLength: 1 } },
    externalName: { format: 'externalName' },
    loadBalancerClass: { format: 'qualifiedName', minLength: 1 },
    trafficDistribution: { enum: ['PreferClose', 'PreferSameNode', 'PreferSameZone'] },
    healthCheckNodePort: { minimum: 0, maximum: 65535 },
    ipFamilies: { maxItems: 2, set: true },
  },
  'core.v1.ServicePort': {
    protocol: { default: 'TCP' },
    name: { format: 'dnsLabel' },
    port: portNumber,
    targetPort: { format: 'portOrName' },
    nodePort: { format: 'nodePort' },
    appProtocol: { format: 'qualifiedName', minLength: 1 },
  },
  'core.v1.ClientIPConfig': { timeoutSeconds: { minimum: 1, maximum: 86400 } },
  'networking.v1.Ingress': { spec: { required: true } },
  'networking.v1.IngressSpec': { ingressClassName: { format: 'dnsSubdomain', minLength: 1 } },
  'networking.v1.IngressRule': { host: { format: 'host' } },
  'networking.v1.HTTPIngressRuleValue': { paths: { required: true } },
  'networking.v1.HTTPIngressPath': { pathType: { required: true } },
  'networking.v1.IngressBackend': { '': { exactlyOne: ['resource', 'service'] } },
  'networking.v1.IngressServiceBackend': { name: { required: true, format: 'dns1035Label' }, port: { required: true } },
  'networking.v1.ServiceBackendPort': { '': { exactlyOne: ['name', 'number'] }, name: { format: 'portName' }, number: portNumber },
  'networking.v1.IngressTLS': { hosts: { items: { format: 'host', minLength: 1 } }, secretName: { format: 'dnsSubdomain' } },
  'networking.v1.NetworkPolicySpec': { policyTypes: { maxItems: 2 } },
  'networking.v1.NetworkPolicyPort': { port: { format: 'portOrName' }, endPort: portNumber },
  'networking.v1.IPBlock': { cidr: { required: true, format: 'cidr' }, except: { items: { format: 'cidr', minLength: 1 } } },
  'networking.v1.IngressClassSpec': { controller: { format: 'controllerName' } },
  'core.v1.TypedLocalObjectReference': { kind: { required: true }, name: { required: true } },
};
