import { z } from 'zod';
import { describeValue, dnsLabelSchema, durationSchema } from '../../model/schema.ts';
import { labelsSchema, checkedValue } from '../network/fields.ts';
import { formsBy, isRecord, taggedForms } from '../network/forms.ts';
import type { ShapeOf } from '../python-app/container-schema.ts';
import { percentSchema, rolloutMetadataSchema, wholeSecondsSchema } from './fields.ts';
import type {
  AnalyseStep, CanaryScale, CanaryScaleStep, CanaryStep, ExperimentStep, ExperimentVersion, HeaderMatch, HeaderRouteStep, MirrorMatch, MirrorRouteStep, PauseStep, PluginStep, WeightStep,
} from './options.ts';
import { experimentAnalysisSchema, useShape } from './use-schema.ts';

const text = z.string().min(1);

/** A text to compare with, in one way. */
const headerMatchSchema = formsBy<HeaderMatch>((value) => {
  if (typeof value === 'string') return value === '' ? 'expected a text to compare with, got an empty one' : undefined;
  const way = isRecord(value) && Object.keys(value).length === 1 ? Object.entries(value)[0] : undefined;
  const fits = way !== undefined && ['exact', 'prefix', 'regex'].includes(way[0]) && typeof way[1] === 'string' && way[1] !== '';
  return fits ? undefined : `expected a text, { exact }, { prefix } or { regex }, got ${describeValue(value)}`;
});

const headersSchema = z.record(text, headerMatchSchema);
const mirrorMatchSchema = z.strictObject({
  method: headerMatchSchema.optional(),
  path: headerMatchSchema.optional(),
  headers: headersSchema.optional(),
} satisfies ShapeOf<MirrorMatch>).refine((match) => Object.keys(match).length > 0, { error: 'expected a method, a path or headers, got none of them' });

const scaleSchema = formsBy<CanaryScale>((value) => {
  if (isRecord(value) && Object.keys(value).length === 1) {
    if ('replicas' in value) return z.strictObject({ replicas: z.int().min(0).max(10_000) });
    if ('weight' in value) return z.strictObject({ weight: percentSchema });
    if ('matchTraffic' in value) return z.strictObject({ matchTraffic: z.literal(true) });
  }
  return `expected { replicas }, { weight } or { matchTraffic: true }, got ${describeValue(value)}`;
});

const serviceSchema = checkedValue<boolean | string>((value) => (typeof value === 'boolean' ? undefined : dnsLabelSchema.safeParse(value).success ? undefined : `expected true, false or the name of a Service, got ${describeValue(value)}`));

const versionSchema = z.strictObject({
  of: z.enum(['canary', 'stable']),
  replicas: z.int().min(0).max(10_000).optional(),
  weight: percentSchema.optional(),
  service: serviceSchema.optional(),
  selector: labelsSchema.optional(),
  ...rolloutMetadataSchema.shape,
} satisfies ShapeOf<ExperimentVersion>);

/** One step of a canary, as `weight()` and the other functions give it. */
export const canaryStepSchema = taggedForms<CanaryStep>('step', {
  'weight': z.strictObject({ step: z.literal('weight'), weight: z.int().min(0) } satisfies ShapeOf<WeightStep>),
  'pause': z.strictObject({ step: z.literal('pause'), duration: wholeSecondsSchema(1).optional() } satisfies ShapeOf<PauseStep>),
  'analyse': z.strictObject({ step: z.literal('analyse'), ...useShape } satisfies ShapeOf<AnalyseStep>),
  'canary-scale': z.strictObject({ step: z.literal('canary-scale'), scale: scaleSchema } satisfies ShapeOf<CanaryScaleStep>),
  'header-route': z.strictObject({ step: z.literal('header-route'), name: dnsLabelSchema, headers: headersSchema } satisfies ShapeOf<HeaderRouteStep>),
  'mirror-route': z.strictObject({ step: z.literal('mirror-route'), name: dnsLabelSchema, matches: z.array(mirrorMatchSchema), percentage: percentSchema.optional() } satisfies ShapeOf<MirrorRouteStep>),
  'experiment': z.strictObject({
    step: z.literal('experiment'),
    versions: z.record(dnsLabelSchema, versionSchema).refine((versions) => Object.keys(versions).length > 0, { error: 'expected at least one version' }),
    analyses: z.record(dnsLabelSchema, experimentAnalysisSchema).optional(),
    duration: durationSchema.optional(),
    dryRun: z.array(text).optional(),
    runMetadata: rolloutMetadataSchema.optional(),
    scaleDownDelay: wholeSecondsSchema(0).optional(),
  } satisfies ShapeOf<ExperimentStep>),
  'plugin': z.strictObject({ step: z.literal('plugin'), name: text, config: z.record(z.string(), z.unknown()) } satisfies ShapeOf<PluginStep>),
} as Readonly<Record<CanaryStep['step'], z.ZodType<CanaryStep>>>, {
  functions: ['analyse', 'canaryScale', 'experiment', 'headerRoute', 'mirrorRoute', 'pause', 'pluginStep', 'weight'],
  upstream: {
    analysis: 'analyse(successRate(0.99))', experiment: 'experiment({ … })', pause: "pause('5m')", plugin: "pluginStep('name', { … })", setCanaryScale: 'canaryScale({ … })',
    setHeaderRoute: "headerRoute('name', { … })", setMirrorRoute: "mirrorRoute('name', [ … ])", setWeight: 'weight(20)',
  },
});
