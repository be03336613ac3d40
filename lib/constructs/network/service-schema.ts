import { z } from 'zod';
import { checkedText, describeValue } from '../../model/schema.ts';
import { durationProblem, parseDuration } from '../../values/duration.ts';
import { dns1035Problem, labelKeyProblem, portNameProblem } from '../../values/names.ts';
import { alibabaClbSchema, alibabaNlbSchema } from './clouds/alibaba-schema.ts';
import { awsNlbSchema } from './clouds/aws-schema.ts';
import { digitalOceanSchema } from './clouds/digital-ocean-schema.ts';
import { annotationsSchema, checkedValue, cidrSchema, portReferenceSchema, portSchema } from './fields.ts';
import { oneOrMore, taggedForms } from './forms.ts';
import type { CloudLoadBalancer } from './cloud-load-balancer.ts';
import type { ServiceOptions } from './service-options.ts';
import { serviceRules } from './service-rules.ts';

const portNameSchema = checkedValue<string | false>((value) => value === false ? undefined
  : typeof value === 'string' ? portNameProblem(value) : `expected the name of a port, or false for none, got ${describeValue(value)}`);
const protocolSchema = z.enum(['TCP', 'UDP']);
const appProtocolSchema = checkedText(labelKeyProblem);
const affinityTimeoutSchema = checkedText((text) => {
  const milliseconds = parseDuration(text);
  if (milliseconds === undefined) return durationProblem(text);
  return milliseconds >= 1000 && milliseconds <= 86_400_000 && milliseconds % 1000 === 0 ? undefined : `expected whole seconds from 1s to 24h, got ${describeValue(text)}`;
});

const servicePortSchema = z.strictObject({
  name: portNameSchema.optional(),
  port: portSchema,
  targetPort: portReferenceSchema.optional(),
  protocol: protocolSchema.optional(),
  appProtocol: appProtocolSchema.optional(),
  nodePort: portSchema.optional(),
});

const common = {
  name: checkedText(dns1035Problem).optional(),
  port: portSchema.optional(),
  targetPort: portReferenceSchema.optional(),
  appProtocol: appProtocolSchema.optional(),
  ports: z.array(servicePortSchema).min(1).optional(),
  sessionAffinity: z.enum(['ClientIP', 'None']).optional(),
  sessionAffinityTimeout: affinityTimeoutSchema.optional(),
  ipFamilyPolicy: z.enum(['PreferDualStack', 'RequireDualStack', 'SingleStack']).optional(),
  ipFamilies: z.array(z.enum(['IPv4', 'IPv6'])).min(1).max(2).optional(),
  trafficDistribution: z.enum(['PreferClose', 'PreferSameNode', 'PreferSameZone']).optional(),
  internalTrafficPolicy: z.enum(['Cluster', 'Local']).optional(),
  publishNotReadyAddresses: z.boolean().optional(),
  annotations: annotationsSchema.optional(),
};
const outside = { nodePort: portSchema.optional(), externalTrafficPolicy: z.enum(['Cluster', 'Local']).optional() };

/** The balancers of clouds. */
export const cloudSchema = taggedForms<CloudLoadBalancer>('cloud', { 'alibaba-clb': alibabaClbSchema, 'alibaba-nlb': alibabaNlbSchema, 'aws-nlb': awsNlbSchema, 'digital-ocean': digitalOceanSchema });

/** The options of a Service, as `clusterIp()` and the other factories give them. */
export const serviceSchema = taggedForms<ServiceOptions>('kind', {
  ClusterIP: z.strictObject({ kind: z.literal('ClusterIP'), ...common }).superRefine(serviceRules),
  Headless: z.strictObject({ kind: z.literal('Headless'), ...common }).superRefine(serviceRules),
  NodePort: z.strictObject({ kind: z.literal('NodePort'), ...common, ...outside }).superRefine(serviceRules),
  LoadBalancer: z.strictObject({
    kind: z.literal('LoadBalancer'),
    ...common,
    ...outside,
    cloud: oneOrMore(cloudSchema).optional(),
    sourceRanges: z.array(cidrSchema).optional(),
    loadBalancerClass: checkedText(labelKeyProblem).optional(),
    nodePorts: z.boolean().optional(),
  }).superRefine(serviceRules),
});
