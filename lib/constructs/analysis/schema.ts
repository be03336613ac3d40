import { z } from 'zod';
import { describeValue, dnsLabelSchema, checkedText } from '../../model/schema.ts';
import { dnsSubdomainProblem } from '../../values/names.ts';
import { formsBy, isRecord, taggedForms } from '../network/forms.ts';
import type { ShapeOf } from '../python-app/container-schema.ts';
import { secretSourceSchema } from '../secret-source.ts';
import { dataKeySchema } from '../secret-use.ts';
import type { Analysis, AnalysisFact, ArgumentValue, ExistingAnalysis, MetricOptions, OwnAnalysis } from './analysis.ts';
import { argumentNameSchema, countSchema, durationFieldSchema, metricNameSchema, textSchema } from './fields.ts';
import { providers } from './providers.ts';

/** What Slipway knows of an app, each once. */
export const analysisFacts = ['canary-hash', 'canary-service', 'environment', 'name', 'namespace', 'port', 'stable-hash', 'stable-service'] as const satisfies readonly AnalysisFact[];

const forms = {
  fact: z.strictObject({ fact: z.enum(analysisFacts) }),
  field: z.strictObject({ field: textSchema }),
  required: z.strictObject({ required: z.literal(true) }),
  secret: z.strictObject({ secret: secretSourceSchema, key: dataKeySchema }),
};

/** Go's own quoting isn't JSON's: the controller couldn't read the metric with one of these in it. */
const badCharacter = /[\u0000-\u0007\u000b\u000e-\u001f\u007f]/;

/** The value of an argument. */
export const argumentValueSchema = formsBy<ArgumentValue>((value): z.ZodType<ArgumentValue> | string | undefined => {
  if (typeof value === 'string') return badCharacter.test(value) ? `expected text without control characters, got ${describeValue(value)}` : undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : `expected a finite number, got ${value}`;
  const known = Object.keys(forms) as (keyof typeof forms)[];
  const form = isRecord(value) ? known.find((name) => name in value) : undefined;
  return form === undefined ? `expected text, a number, { fact }, { field }, { secret, key } or { required: true }, got ${describeValue(value)}` : forms[form] as z.ZodType<ArgumentValue>;
});

/** Arguments by name. */
export const argumentsSchema = z.record(argumentNameSchema, argumentValueSchema);

/** What gives an analysis. */
export const analysisMakers = ['analysis', 'existingAnalysis', 'httpCheck', 'kayentaJudge', 'latency', 'smokeTest', 'successRate'] as const;

const metricSchema = z.strictObject({
  name: metricNameSchema,
  provider: taggedForms<unknown>('provider', Object.fromEntries(Object.entries(providers).map(([kind, { schema }]) => [kind, schema])), {
    functions: ['jobRun', 'kayentaScore', 'prometheusQuery', 'wavefrontQuery', 'webRequest'],
    upstream: { job: 'jobRun({ … })', kayenta: 'kayentaScore({ … })', prometheus: "prometheusQuery('…')", wavefront: "wavefrontQuery('…', '…')", web: "webRequest('…')" },
  }),
  interval: durationFieldSchema.optional(),
  initialDelay: durationFieldSchema.optional(),
  count: countSchema(1).optional(),
  successCondition: textSchema.optional(),
  failureCondition: textSchema.optional(),
  failureLimit: countSchema(-1).optional(),
  inconclusiveLimit: countSchema(0).optional(),
  consecutiveErrorLimit: countSchema(0).optional(),
  consecutiveSuccessLimit: countSchema(0).optional(),
  dryRun: z.boolean().optional(),
  keep: z.int().min(1).max(10_000).optional(),
} satisfies ShapeOf<MetricOptions>);

const ownShape = {
  args: argumentsSchema.optional(),
  metrics: z.array(metricSchema).min(1).optional(),
  includes: formsBy<readonly Analysis[]>(() => z.array(analysisSchema).min(1) as z.ZodType<readonly Analysis[]>).optional(),
  description: textSchema.optional(),
};

/** What `analysis()` takes beside the name. */
export const analysisOptionsSchema = z.strictObject(ownShape);

/** An analysis, the app's own or an existing one. */
export const analysisSchema: z.ZodType<Analysis> = taggedForms<Analysis>('kind', {
  analysis: z.strictObject({ kind: z.literal('analysis'), name: dnsLabelSchema, ...ownShape } satisfies ShapeOf<OwnAnalysis>) as unknown as z.ZodType<Analysis>,
  'existing-analysis': z.strictObject({
    kind: z.literal('existing-analysis'),
    name: checkedText(dnsSubdomainProblem),
    clusterScope: z.boolean(),
    args: argumentsSchema,
  } satisfies ShapeOf<ExistingAnalysis>) as unknown as z.ZodType<Analysis>,
}, { functions: analysisMakers, upstream: { clusterScope: "existingAnalysis('name', { clusterScope: true })", metrics: "analysis('name', { metrics: [ … ] })", templateName: "existingAnalysis('name')", templates: "existingAnalysis('name')" } });
