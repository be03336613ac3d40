import { z } from 'zod';
import { describeValue } from '../../model/schema.ts';
import { analysisSchema, argumentsSchema } from '../analysis/schema.ts';
import { formsBy, isRecord } from '../network/forms.ts';
import type { ShapeOf } from '../python-app/container-schema.ts';
import type { BackgroundOptions } from './canary-options.ts';
import { rolloutMetadataSchema } from './fields.ts';
import type { AnalysisUse, AnalysisUseOptions, AnalysisUseSettings, ExperimentAnalysis } from './options.ts';

const settings = {
  args: argumentsSchema.optional(),
  dryRun: z.array(z.string().min(1)).optional(),
  keep: z.record(z.string().min(1), z.int().min(1)).optional(),
  runMetadata: rolloutMetadataSchema.optional(),
} satisfies ShapeOf<AnalysisUseSettings>;

/** Fields of analyses with values for their use. */
export const useShape = { ...settings, analyses: z.array(analysisSchema).min(1) } satisfies ShapeOf<AnalysisUseOptions>;

/** An analysis, a list of them, or analyses with values for their use. */
export const analysisUseSchema = useOf<AnalysisUse>(z.strictObject(useShape));

/** The analyses that run in the background. */
export const backgroundSchema = useOf<AnalysisUse | BackgroundOptions>(z.strictObject({ ...useShape, from: z.int().min(0).optional() } satisfies ShapeOf<BackgroundOptions>));

/** What judges an experiment. */
export const experimentAnalysisSchema = formsBy<unknown>((value) => !isRecord(value) ? unfit(value) : 'kind' in value ? analysisSchema : z.strictObject({
  analysis: analysisSchema,
  args: argumentsSchema.optional(),
  requiredForCompletion: z.boolean().optional(),
} satisfies ShapeOf<ExperimentAnalysis>));

function useOf<T>(withValues: z.ZodType) {
  const several = z.array(analysisSchema).min(1);
  return formsBy<T>((value) => (Array.isArray(value) ? several : !isRecord(value) ? unfit(value) : 'kind' in value || !('analyses' in value) ? analysisSchema : withValues) as z.ZodType<T> | string);
}

function unfit(value: unknown): string {
  const existing = typeof value === 'string' ? `: a template that is there already is existingAnalysis(${describeValue(value).replaceAll('"', "'")})` : '';
  return `expected an analysis, such as successRate(0.99), got ${describeValue(value)}${existing}`;
}
