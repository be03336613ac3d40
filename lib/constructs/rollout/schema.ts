import { z } from 'zod';
import { checkedText, describeValue } from '../../model/schema.ts';
import { dns1035Problem } from '../../values/names.ts';
import { checkedValue } from '../network/fields.ts';
import { formsBy, isRecord, taggedForms } from '../network/forms.ts';
import type { ShapeOf } from '../python-app/container-schema.ts';
import { trafficRouterSchema } from '../traffic/routers.ts';
import type { BlueGreenRollout } from './blue-green-options.ts';
import type { CanaryRollout, ReplicaProgress } from './canary-options.ts';
import type { AnalysisHistory, RolloutCommon, VersionAntiAffinity } from './common-options.ts';
import type { RolloutOptions } from './rollout-options.ts';
import { durationOr, podCountSchema, rolloutMetadataSchema, wholeSecondsSchema } from './fields.ts';
import { migrationSchema } from './migration-options.ts';
import { canaryStepSchema } from './steps-schema.ts';
import { analysisUseSchema, backgroundSchema } from './use-schema.ts';

const countSchema = z.int().min(0).max(10_000);
const atLeastOne = z.int().min(1).max(10_000);
const serviceNameSchema = checkedText(dns1035Problem);

const antiAffinitySchema = formsBy<VersionAntiAffinity>((value) => value === 'required' ? undefined
  : isRecord(value) ? z.strictObject({ preferred: z.int().min(1).max(100) }) : `expected 'required' or { preferred: 1 to 100 }, got ${describeValue(value)}`);

const progressSchema = formsBy<ReplicaProgress>((value) => {
  if (isRecord(value) && Object.keys(value).length === 1) {
    if ('percent' in value) return z.strictObject({ percent: z.int().min(1).max(100) });
    if ('pods' in value) return z.strictObject({ pods: atLeastOne });
  }
  return `expected { percent } or { pods }, got ${describeValue(value)}`;
});

const common = {
  migration: migrationSchema.optional(),
  rollbackWindow: checkedValue<number | false>((value) => (value === false || atLeastOne.safeParse(value).success ? undefined : `expected a number of versions from 1 to 10000, or false, got ${describeValue(value)}`)).optional(),
  progressDeadlineAbort: z.boolean().optional(),
  analysisHistory: z.strictObject({ successful: countSchema.optional(), unsuccessful: countSchema.optional() } satisfies ShapeOf<AnalysisHistory>).optional(),
  antiAffinity: antiAffinitySchema.optional(),
  abortScaleDownDelay: durationOr<string | false>(wholeSecondsSchema(1), (value) => (value === false ? undefined : `expected a duration such as 10m, or false for until the next version, got ${describeValue(value)}`)).optional(),
  scaleDownDelay: wholeSecondsSchema(0).optional(),
  scaleDownDelayRevisionLimit: countSchema.optional(),
} satisfies ShapeOf<RolloutCommon>;

const canaryShape = {
  kind: z.literal('canary'),
  ...common,
  steps: z.array(canaryStepSchema).optional(),
  traffic: trafficRouterSchema.optional(),
  background: backgroundSchema.optional(),
  approximate: z.boolean().optional(),
  maxSurge: podCountSchema.optional(),
  maxUnavailable: podCountSchema.optional(),
  dynamicStableScale: z.boolean().optional(),
  minPodsPerReplicaSet: atLeastOne.optional(),
  replicaProgressThreshold: progressSchema.optional(),
  canaryMetadata: rolloutMetadataSchema.optional(),
  stableMetadata: rolloutMetadataSchema.optional(),
  canaryService: serviceNameSchema.optional(),
  stableService: serviceNameSchema.optional(),
  pingPong: z.boolean().optional(),
} satisfies ShapeOf<CanaryRollout>;

const blueGreenShape = {
  kind: z.literal('blueGreen'),
  ...common,
  activeService: serviceNameSchema.optional(),
  previewService: checkedValue<string | false>((value) => (value === false ? undefined : typeof value === 'string' ? dns1035Problem(value) : `expected the name of a Service, or false, got ${describeValue(value)}`)).optional(),
  previewReplicas: atLeastOne.optional(),
  autoPromotion: durationOr<boolean | string>(wholeSecondsSchema(1), (value) => (typeof value === 'boolean' ? undefined : `expected true, false or a duration such as 5m, got ${describeValue(value)}`)).optional(),
  prePromotion: analysisUseSchema.optional(),
  postPromotion: analysisUseSchema.optional(),
  maxUnavailable: podCountSchema.optional(),
  activeMetadata: rolloutMetadataSchema.optional(),
  previewMetadata: rolloutMetadataSchema.optional(),
} satisfies ShapeOf<BlueGreenRollout>;

/** How new versions reach users, as `canary()` and `blueGreen()` give it. */
export const rolloutSchema = taggedForms<RolloutOptions>('kind', {
  canary: z.strictObject(canaryShape) as z.ZodType<RolloutOptions>,
  blueGreen: z.strictObject(blueGreenShape) as z.ZodType<RolloutOptions>,
}, { functions: ['blueGreen', 'canary'], upstream: { blueGreen: 'blueGreen({ … })', canary: 'canary({ … })', strategy: 'canary({ … }) or blueGreen({ … })' } });
