import { z } from 'zod';
import { checkedText, describeValue, dnsLabelSchema } from '../../model/schema.ts';
import { dnsSubdomainProblem } from '../../values/names.ts';
import { isPlainObject } from '../check-props.ts';
import { Manifest } from '../manifest.ts';
import { secretSourceSchema } from '../secret-source.ts';
import { absolutePathSchema, dataKeySchema, envNameSchema } from '../secret-use.ts';
import { containerShape, initContainerSchema, sidecarSchema, type ShapeOf } from './container-schema.ts';
import { annotationsSchema, checked, healthSchema, kubeObjectSchema, labelsSchema, oneOf, portPropsSchema, portSchema, probesSchema, secondsSchema } from './field-schemas.ts';
import { isPlusValue } from './interop.ts';
import type { PodProps } from './pod-props.ts';

const nameSchema = checkedText(dnsSubdomainProblem);

const serverSchema = checked((value) => typeof value === 'object' && value !== null && 'start' in value && typeof value.start === 'function'
  ? undefined
  : `expected a server made by gunicorn(), uvicorn(), hypercorn(), tornado() or command(), got ${describeValue(value)}`);

const configValueSchema = oneOf('text, a number or a boolean', [z.string(), z.number(), z.boolean()]);
const configSchema = oneOf('environment variables by name, or the config of another construct', [
  checked((value) => isPlainObject(value) && value['manifest'] instanceof Manifest ? undefined : 'another construct\'s'),
  z.record(envNameSchema, configValueSchema),
]);

const configFilesSchema = z.strictObject({ mountPath: absolutePathSchema, files: z.record(dataKeySchema, z.string()) });

/** A Secret of cdk8s-plus-27 is a construct: it is told by its methods. */
const plusSecretSchema = checked((value) => typeof value === 'object' && value !== null && 'envValue' in value && typeof value.envValue === 'function' ? undefined : 'expected a secret');

const volumeSchema = z.strictObject({
  name: dnsLabelSchema,
  mountPath: absolutePathSchema.optional(),
  subPath: z.string().min(1).optional(),
  readOnly: z.boolean().optional(),
  source: kubeObjectSchema.optional(),
  claimTemplate: kubeObjectSchema.optional(),
  plus: checked((value) => value === undefined || isPlusValue(value) ? undefined : 'expected a Volume of cdk8s-plus-27, got something else').optional(),
  hostPathReason: z.string().min(1).optional(),
});

const accountSchema = z.strictObject({ existing: nameSchema.optional(), of: nameSchema.optional(), annotations: annotationsSchema.optional(), token: z.boolean().optional() });

const endpointFields = ['app', 'service', 'port', 'endpoint'];
function isCallee(value: unknown): boolean {
  return typeof value === 'object' && value !== null && ('endpoints' in value || endpointFields.every((field) => field in value));
}
const callSchema = checked((value) => {
  const expected = 'expected an app, one of its endpoints, or call(endpoint, { env })';
  if (isCallee(value)) return undefined;
  if (!isPlainObject(value) || !('to' in value)) return `${expected}, got ${describeValue(value)}`;
  if (!isCallee(value['to'])) return `${expected}, got ${describeValue(value['to'])}`;
  return envNameSchema.safeParse(value['env']).success ? undefined : `expected the name of an environment variable in call(endpoint, { env }), got ${describeValue(value['env'])}`;
});

const userSchema = z.int().min(1, 'expected a user or group that isn\'t root (0)').max(2_147_483_647);

/** Fields of everything that becomes a pod. */
export const podShape = {
  ...containerShape,
  server: serverSchema.optional(),
  port: oneOf('a port from 1 to 65535, or false for none', [z.literal(false), portSchema]).optional(),
  health: healthSchema.optional(),
  ports: z.array(portPropsSchema).optional(),
  containerName: dnsLabelSchema.optional(),
  config: configSchema.optional(),
  configFiles: configFilesSchema.optional(),
  secrets: z.array(oneOf('a secret made by externalSecret(), sealedSecret(), sopsSecret() or existingSecret()', [secretSourceSchema, plusSecretSchema])).optional(),
  probes: oneOf('startup, readiness and liveness, or false', [z.literal(false), probesSchema]).optional(),
  stop: z.strictObject({ preStopSeconds: secondsSchema.optional(), graceSeconds: secondsSchema.optional() }).optional(),
  volumes: z.array(volumeSchema).optional(),
  initContainers: z.array(initContainerSchema).optional(),
  sidecars: z.array(sidecarSchema).optional(),
  user: userSchema.optional(),
  group: userSchema.optional(),
  podSecurityContext: kubeObjectSchema.optional(),
  serviceAccount: oneOf('an account, or false for the namespace\'s own', [z.literal(false), accountSchema]).optional(),
  imagePullSecrets: z.array(nameSchema).optional(),
  podLabels: labelsSchema.optional(),
  podAnnotations: annotationsSchema.optional(),
  calls: z.array(callSchema).optional(),
  priorityClassName: nameSchema.optional(),
  nodeSelector: labelsSchema.optional(),
  tolerations: z.array(kubeObjectSchema).optional(),
  affinity: kubeObjectSchema.optional(),
  hostAliases: z.array(kubeObjectSchema).optional(),
  dnsPolicy: z.enum(['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None']).optional(),
  dnsConfig: kubeObjectSchema.optional(),
  runtimeClassName: nameSchema.optional(),
} satisfies ShapeOf<PodProps>;
