import type { IKayentaMetric } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/KayentaMetric';
import { z } from 'zod';
import type { ShapeOf } from '../../python-app/container-schema.ts';
import { textSchema, urlSchema } from '../fields.ts';
import type { AnalysisProvider, MetricUse, ProviderFault } from '../provider.ts';
import type { KayentaScopeDetail, KayentaScopePair, KayentaScore } from './options.ts';

const scopeSchema = z.strictObject({
  scope: textSchema,
  region: textSchema,
  step: z.int().min(1).optional(),
  start: textSchema.optional(),
  end: textSchema.optional(),
} satisfies ShapeOf<KayentaScopeDetail>);
const score = z.int().min(0).max(100);

/** What a comparison is where nothing is said. */
export const kayentaDefaults = { threshold: { pass: 90, marginal: 75 }, step: 60 } as const;

/** Kayenta, Spinnaker's canary judge. */
export const kayentaProvider: AnalysisProvider<KayentaScore> = {
  schema: z.strictObject({
    provider: z.literal('kayenta'),
    address: urlSchema,
    application: textSchema,
    canaryConfig: textSchema,
    accounts: z.strictObject({ metrics: textSchema, configuration: textSchema, storage: textSchema }),
    threshold: z.strictObject({ pass: score, marginal: score }).optional(),
    lookback: z.boolean().optional(),
    scopes: z.record(textSchema, z.strictObject({ control: scopeSchema, experiment: scopeSchema } satisfies ShapeOf<KayentaScopePair>)).refine((scopes) => Object.keys(scopes).length > 0, { error: 'expected at least one scope' }),
  } satisfies ShapeOf<KayentaScore>),
  render: (options) => ({ kayenta: rendered(options) }),
  faults: (options, _facts, metric) => [...thresholdFaults(options), ...timeFaults(options, metric)],
};

function rendered({ address, application, canaryConfig, accounts, threshold = kayentaDefaults.threshold, lookback, scopes }: KayentaScore): IKayentaMetric {
  return {
    address,
    application,
    canaryConfigName: canaryConfig,
    configurationAccountName: accounts.configuration,
    metricsAccountName: accounts.metrics,
    storageAccountName: accounts.storage,
    ...(lookback === true && { lookback }),
    threshold: { pass: threshold.pass, marginal: threshold.marginal },
    scopes: Object.entries(scopes).map(([name, { control, experiment }]) => ({ name, controlScope: detail(control), experimentScope: detail(experiment) })),
  };
}

function detail({ scope, region, step = kayentaDefaults.step, start, end }: KayentaScopeDetail) {
  return { scope, region, step, ...(start !== undefined && { start }), ...(end !== undefined && { end }) };
}

function thresholdFaults({ threshold }: KayentaScore): ProviderFault[] {
  if (threshold === undefined || threshold.marginal <= threshold.pass) return [];
  return [{ path: ['threshold', 'marginal'], message: `expected at most pass (${threshold.pass}), got ${threshold.marginal}`, fix: 'say from which score it is inconclusive, then from which it passes' }];
}

function timeFaults({ scopes, lookback }: KayentaScore, { interval }: MetricUse): ProviderFault[] {
  return Object.entries(scopes).flatMap(([name, { control, experiment }]): ProviderFault[] => {
    const faults: ProviderFault[] = [];
    for (const field of ['start', 'end'] as const) {
      if ((control[field] === undefined) !== (experiment[field] === undefined)) faults.push({ path: ['scopes', name], message: `expected ${field} of both versions or of neither, got one`, fix: 'say both or leave both out' });
    }
    if (control.start === undefined && experiment.start === undefined && lookback !== true && interval === undefined) faults.push({ path: ['scopes', name], message: 'expected to know since when versions are compared, got neither start, lookback nor an interval of the metric', fix: 'say lookback: true, or give the metric an interval' });
    return faults;
  });
}
