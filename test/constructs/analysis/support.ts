import type { AnalysisFacts } from '../../../lib/constructs/analysis/facts.ts';
import { starletteExporter } from '../../../lib/constructs/observability/http-metrics.ts';
import { identityOf } from '../../../lib/constructs/python-app/identity.ts';
import { pin, testChart } from '../support.ts';

/** The facts of `storefront-web` in prod, which Prometheus reads and which has a Service for each version. */
export function webFacts(facts: Partial<AnalysisFacts> = {}): AnalysisFacts {
  const { context } = testChart();
  return {
    identity: identityOf(context, 'web'),
    environment: 'prod',
    canaryService: 'storefront-web-canary',
    stableService: 'storefront-web',
    port: 80,
    podPorts: [{ name: 'http', port: 8000 }],
    monitoring: { http: starletteExporter },
    image: pin('storefront'),
    place: { app: 'storefront', bare: false, size: (name) => context.size(name) },
    ...facts,
  };
}
