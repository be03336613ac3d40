import type { OwnAnalysis } from '../../../lib/constructs/analysis/analysis.ts';
import { canary, analyse, gunicorn, httpRoute, pause, prometheus, PythonApp, starletteExporter, weight } from '../../../lib/index.ts';
import type { KubeObject } from '../../../lib/manifests/rendered.ts';
import { objectsOf, pin, problemsOf, testChart } from '../support.ts';

/** Whether an analysis measures until it is stopped, as only one in the background may. */
function isEndless({ metrics = [] }: OwnAnalysis): boolean {
  return metrics.some((metric) => metric.interval !== undefined && metric.count === undefined);
}

/** The objects of the app `storefront-web` whose canary an analysis judges. Throws where something is wrong with it. */
export function judgedBy(analysis: OwnAnalysis): KubeObject[] {
  const chart = testChart();
  new PythonApp(chart, 'web', {
    image: pin('storefront'), server: gunicorn('storefront.main:app'), port: 8000, replicas: 6,
    expose: httpRoute({ host: 'shop' }),
    monitoring: prometheus({ http: starletteExporter }),
    rollout: isEndless(analysis)
      ? canary({ background: analysis, steps: [weight(20), pause('20m')] })
      : canary({ steps: [weight(20), analyse(analysis), weight(80), pause('5m')] }),
  });
  const problems = problemsOf(chart);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return objectsOf(chart);
}
