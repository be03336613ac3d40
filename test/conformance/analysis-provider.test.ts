import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { MetricOptions, OwnAnalysis } from '../../lib/constructs/analysis/analysis.ts';
import { analysisProblems } from '../../lib/constructs/analysis/problems.ts';
import type { MetricProvider } from '../../lib/constructs/analysis/provider.ts';
import { providers } from '../../lib/constructs/analysis/providers.ts';
import { analysisSchema } from '../../lib/constructs/analysis/schema.ts';
import { analysisTemplateFor } from '../../lib/constructs/analysis/template.ts';
import { isPlain } from '../../lib/constructs/plain.ts';
import { providerExamples, readyMadeExamples } from '../constructs/analysis/examples.ts';
import { webFacts } from '../constructs/analysis/support.ts';
import { faults, refusals } from '../constructs/network/samples.ts';

const examples = Object.values({ ...providerExamples, ...readyMadeExamples });
const metricsOf = (kind: string): { readonly metric: MetricOptions; readonly analysis: OwnAnalysis }[] => examples.flatMap((analysis) => (analysis.metrics ?? []).filter((metric) => metric.provider.provider === kind).map((metric) => ({ metric, analysis })));
const facts = webFacts();

/** An analysis of one metric with what the example has of arguments. */
function only(analysis: OwnAnalysis, metric: MetricOptions, change: Readonly<Record<string, unknown>> = {}): OwnAnalysis {
  return { ...analysis, metrics: [{ ...metric, provider: { ...metric.provider, ...change } as MetricProvider }] };
}

describe.each(Object.entries(providers))('the provider %s', (kind, provider) => {
  const known = metricsOf(kind);

  it('has a folder of its own, and examples', () => {
    expect(readdirSync(new URL(`../../lib/constructs/analysis/${kind}`, import.meta.url))).toContain('options.ts');
    expect(known.length).toBeGreaterThan(0);
  });

  it('renders its own part of a metric, plain and the same every time, which the resource\'s schema takes', () => {
    for (const { metric, analysis } of known) {
      const before = JSON.stringify(metric);
      const rendered = provider.render(metric.provider, facts, { template: 'storefront-web-a', metric: metric.name });
      expect(Object.keys(rendered)).toEqual([kind]);
      expect(isPlain(rendered)).toBe(true);
      expect(provider.render(metric.provider, facts, { template: 'storefront-web-a', metric: metric.name })).toEqual(rendered);
      expect(JSON.stringify(metric)).toBe(before);
      expect(refusals(analysisTemplateFor(only(analysis, metric), facts))).toEqual([]);
    }
  });

  it('finds nothing wrong with its examples, and names any field that it hasn\'t', () => {
    for (const { metric, analysis } of known) {
      expect(analysisProblems({ analyses: [only(analysis, metric)] }, 'background', facts, 'web', [])).toEqual([]);
      const [fault = ''] = faults(analysisSchema, only(analysis, metric, { adress: 'x' }));
      expect(fault).toMatch(/^web: metrics\[0\]\.provider\.adress: unknown field\..* Known: .*provider/);
    }
  });

  it('refuses what it can\'t do without, each field at its place', () => {
    expect(faults(analysisSchema, { kind: 'analysis', name: 'a', metrics: [{ name: 'm', provider: { provider: kind } }] }).every((fault) => fault.startsWith('web: metrics[0].provider.'))).toBe(true);
    expect(faults(analysisSchema, { kind: 'analysis', name: 'a', metrics: [{ name: 'm', provider: { provider: kind } }] })).not.toEqual([]);
  });

  it('uses no argument that its analysis doesn\'t declare', () => {
    for (const { metric, analysis } of known) {
      const used = JSON.stringify(provider.render(metric.provider, facts, { template: 't', metric: metric.name }));
      for (const [, name = ''] of used.matchAll(/\{\{args\.([^}]+)\}\}/g)) expect(Object.keys(analysis.args ?? {})).toContain(name);
    }
  });

  it('writes no secret: keys of Secrets are read by the controller or the pods', () => {
    for (const { metric, analysis } of known) {
      const used = JSON.stringify(analysisTemplateFor(only(analysis, metric), facts));
      expect(/"(secretKeyRef|valueFrom)"/.test(used)).toBe(/"secret":/.test(JSON.stringify(only(analysis, metric))));
    }
  });
});
