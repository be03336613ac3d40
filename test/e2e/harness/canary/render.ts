import type { Analysis } from '../../../../lib/constructs/analysis/analysis.ts';
import { analyse, byPods, canary, gunicorn, PythonApp, weight } from '../../../../lib/index.ts';
import type { KubeObject } from '../../../../lib/manifests/rendered.ts';
import { objectsOf, pin, problemsOf, testChart } from '../../../constructs/support.ts';
import type { RolloutCase } from './case.ts';

/** The name by which the rendered objects know Wavefront, and that by which it is found on this machine. */
const rewritten = { from: 'acme.wavefront.com', to: '127.0.0.1' } as const;

/** A case whose objects the product renders: an app with a canary of three steps, the second of which analyses. Only the address of Wavefront is rewritten. */
export function renderedCase(id: string, judge: Analysis): Pick<RolloutCase, 'id' | 'render' | 'rollout'> {
  const render = (namespace: string): ReturnType<NonNullable<RolloutCase['render']>> => {
    const objects = rendered(id, namespace, judge);
    const rollout = objects.find(({ kind }) => kind === 'Rollout');
    if (rollout === undefined) throw new Error(`expected a Rollout, got ${objects.map(({ kind }) => kind).join(', ')}`);
    return { rollout, templates: objects.filter(({ kind }) => kind === 'AnalysisTemplate'), others: objects.filter(({ kind }) => kind !== 'Rollout' && kind !== 'AnalysisTemplate') };
  };
  return { id, render, rollout: render('anywhere').rollout };
}

function rendered(id: string, namespace: string, judge: Analysis): KubeObject[] {
  const chart = testChart({ app: id, namespace });
  new PythonApp(chart, 'web', {
    image: pin(id),
    server: gunicorn('storefront.main:app'),
    port: 8000,
    replicas: 4,
    rollout: canary({ traffic: byPods(), steps: [weight(25), analyse(judge), weight(75)] }),
  });
  const problems = problemsOf(chart);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return JSON.parse(JSON.stringify(objectsOf(chart)).replaceAll(rewritten.from, rewritten.to)) as KubeObject[];
}
