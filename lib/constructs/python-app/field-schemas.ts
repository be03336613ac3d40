import { z } from 'zod';
import { describeValue } from '../../model/schema.ts';
import { labelKeyProblem, labelValueProblem, portNameProblem } from '../../values/names.ts';
import { checkedText } from '../../model/schema.ts';
import { isPlainObject } from '../check-props.ts';
import { envNameSchema } from '../secret-use.ts';
import { secretKeySchema } from '../secret-source.ts';
import { isPlusValue } from './interop.ts';

/** A field that Kubernetes defines and that is passed on as it is: an object. Its inside is checked against the schema of the rendered object. */
export const kubeObjectSchema = checked((value) => isPlainObject(value) ? undefined : `expected an object, got ${describeValue(value)}`);

/** A schema whose one rule is a function: its answer is the message. */
export function checked(problem: (value: unknown) => string | undefined) {
  return z.unknown().superRefine((value, context) => {
    const message = problem(value);
    // Without `continue` a form among several that doesn't fit would speak for all of them.
    if (message !== undefined) context.addIssue({ code: 'custom', message, continue: false });
  });
}

/** One of several forms; what was expected is said where no form fits. */
export function oneOf<const Forms extends readonly [z.ZodType, ...z.ZodType[]]>(expected: string, forms: Forms) {
  return z.union(forms, { error: (issue) => `expected ${expected}, got ${describeValue(issue.input)}` });
}

/** Whole seconds from 0 to a day. */
export const secondsSchema = z.int().min(0).max(86_400);
export const portSchema = z.int().min(1).max(65_535);
export const labelsSchema = z.record(checkedText(labelKeyProblem), checkedText(labelValueProblem));
export const annotationsSchema = z.record(checkedText(labelKeyProblem), z.string());
export const portPropsSchema = z.strictObject({ name: checkedText(portNameProblem), port: portSchema, protocol: z.enum(['TCP', 'UDP']).optional() });

const envValueSchema = checked((value) => {
  if (typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return undefined;
  if (typeof value !== 'object' || value === null) return `expected text, a number, a boolean or a reference, got ${describeValue(value)}`;
  if ('secret' in value) return secretKeySchema.safeParse(value).success ? undefined : 'expected a key of a secret made by secretKey(secret, key), got something else';
  const sources = 'valueFrom' in value && typeof value.valueFrom === 'object' && value.valueFrom !== null;
  if (sources || (!isPlainObject(value) && 'value' in value && typeof value.value === 'string')) return undefined;
  return 'expected text, a number, a boolean or a reference (fieldRef(), resourceFieldRef(), configMapKey(), secretKey(), an EnvValue), got an object';
});

export const envSchema = z.record(envNameSchema, envValueSchema);

const probeFields = ['exec', 'failureThreshold', 'grpc', 'httpGet', 'initialDelaySeconds', 'periodSeconds', 'successThreshold', 'tcpSocket', 'terminationGracePeriodSeconds', 'timeoutSeconds'] as const;
const probeShape = Object.fromEntries(probeFields.map((field) => [field, z.unknown().optional()]));
const count = z.int().min(1).optional();
const probePropsSchema = z.strictObject({
  ...probeShape,
  httpGet: kubeObjectSchema.optional(),
  tcpSocket: kubeObjectSchema.optional(),
  grpc: kubeObjectSchema.optional(),
  exec: kubeObjectSchema.optional(),
  initialDelaySeconds: secondsSchema.optional(),
  periodSeconds: count,
  timeoutSeconds: count,
  failureThreshold: count,
  successThreshold: count,
});
const pathSchema = checkedText((path) => path.startsWith('/') ? undefined : `expected an HTTP path that starts with "/", got ${JSON.stringify(path)}`);
const plusProbeSchema = checked((value) => isPlusValue(value) ? undefined : 'expected a probe');
const probeSchema = oneOf('a path, the fields of a probe, a Probe of cdk8s-plus-27, or false', [z.literal(false), pathSchema, probePropsSchema, plusProbeSchema]).optional();

export const probesSchema = z.strictObject({ startup: probeSchema, readiness: probeSchema, liveness: probeSchema });
export const healthSchema = oneOf('a path, or a path and a host', [pathSchema, z.strictObject({ path: pathSchema, host: z.string().min(1).optional() })]);
