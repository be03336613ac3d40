import { z } from 'zod';
import { checkedText } from '../../model/schema.ts';
import { dns1035Problem } from '../../values/names.ts';
import { exposeSchema } from '../network/expose-schema.ts';
import { networkPolicySchema } from '../network/network-policy-schema.ts';
import { serviceSchema } from '../network/service-schema.ts';
import { prometheusSchema } from '../observability/prometheus-schema.ts';
import { telemetrySchema } from '../observability/telemetry-schema.ts';
import { rolloutSchema } from '../rollout/schema.ts';
import { autoscaleSchema, disruptionBudgetSchema, spreadSchema } from '../scaling/schemas.ts';
import type { ShapeOf } from './container-schema.ts';
import { annotationsSchema, kubeObjectSchema, labelsSchema, oneOf, secondsSchema } from './field-schemas.ts';
import { podShape } from './pod-schema.ts';
import type { BareProps, CommonProps } from './props.ts';

const retentionSchema = z.enum(['Delete', 'Retain']).optional();
const off = z.literal(false);

const appShape = {
  ...podShape,
  bare: z.boolean().optional(),
  name: checkedText(dns1035Problem).optional(),
  labels: labelsSchema.optional(),
  annotations: annotationsSchema.optional(),
  selector: labelsSchema.optional(),
  workload: z.enum(['deployment', 'statefulSet', 'daemonSet']).optional(),
  replicas: z.int().min(0).max(10_000).optional(),
  strategy: kubeObjectSchema.optional(),
  rollout: rolloutSchema.optional(),
  revisionHistoryLimit: z.int().min(0).max(1000).optional(),
  minReadySeconds: secondsSchema.optional(),
  progressDeadlineSeconds: z.int().min(1).max(86_400).optional(),
  statefulSet: z.strictObject({
    podManagementPolicy: z.enum(['OrderedReady', 'Parallel']).optional(),
    serviceName: checkedText(dns1035Problem).optional(),
    claims: z.strictObject({ whenDeleted: retentionSchema, whenScaled: retentionSchema }).optional(),
  }).optional(),
  service: oneOf('a Service made by clusterIp(), headless(), loadBalancer() or nodePort(), a list of them, or false', [off, serviceSchema, z.array(serviceSchema)]).optional(),
  expose: exposeSchema.optional(),
  autoscale: autoscaleSchema.optional(),
  disruptionBudget: oneOf('a budget, or false', [off, disruptionBudgetSchema]).optional(),
  spread: oneOf('how pods are spread, or false', [off, spreadSchema]).optional(),
  networkPolicy: oneOf('what the policy lets through, or false', [off, networkPolicySchema]).optional(),
  monitoring: prometheusSchema.optional(),
  tracing: telemetrySchema.optional(),
} satisfies ShapeOf<CommonProps & Pick<BareProps, 'bare'>>;

/** The props of a PythonApp. */
export const pythonAppSchema = z.strictObject(appShape);
