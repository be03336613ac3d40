import type { IRollout } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/Rollout';
import type { AppChart } from '../../../lib/constructs/app-chart.ts';
import type { RolloutOptions } from '../../../lib/constructs/rollout/rollout-options.ts';
import { PythonApp } from '../../../lib/constructs/python-app/python-app.ts';
import type { PythonAppProps } from '../../../lib/constructs/python-app/props.ts';
import { gunicorn } from '../../../lib/constructs/servers/gunicorn.ts';
import { objectOf, pin, problemsOf, testChart } from '../support.ts';

/** An app that rolls out, with whatever else is said: `storefront-web` in prod. */
export function rolledOut(rollout: RolloutOptions, props: Partial<PythonAppProps> = {}): { readonly chart: AppChart; readonly app: PythonApp; readonly problems: string[] } {
  const chart = testChart();
  const app = new PythonApp(chart, 'web', { image: pin('storefront'), server: gunicorn('storefront.main:app'), replicas: 5, ...props, rollout } as PythonAppProps);
  return { chart, app, problems: problemsOf(chart) };
}

/** Its Rollout. Throws, telling what was wrong, where there is none. */
export function rolloutOf(rollout: RolloutOptions, props: Partial<PythonAppProps> = {}): IRollout {
  const { chart, problems } = rolledOut(rollout, props);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return objectOf<IRollout>(chart, 'Rollout');
}
