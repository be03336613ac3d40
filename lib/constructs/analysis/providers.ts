import { jobProvider } from './job/provider.ts';
import { kayentaProvider } from './kayenta/provider.ts';
import { prometheusProvider } from './prometheus/provider.ts';
import type { AnalysisProvider, MetricProvider } from './provider.ts';
import { wavefrontProvider } from './wavefront/provider.ts';
import { webProvider } from './web/provider.ts';

/** The five ways to measure. */
export const providers: Readonly<Record<MetricProvider['provider'], AnalysisProvider>> = {
  job: jobProvider,
  kayenta: kayentaProvider,
  prometheus: prometheusProvider,
  wavefront: wavefrontProvider,
  web: webProvider,
};
