import { templateName, type KnownUse } from '../rollouts/analysis-book.ts';
import { argumentMeanings, filled } from '../rollouts/arguments.ts';
import type { FleetRule } from '../rule.ts';
import { record, text } from '../schemas/plain.ts';
import { metricsOf, type AnalysisMetric } from '../scope/analysis.ts';
import { hasPods, sizedSteps, whyNoPods } from '../scope/canary-pods.ts';
import { rolloutServices } from '../scope/rollout.ts';
import { queried } from './analysis-distinction.ts';

/** An analysis of a version without pods sees nothing of it: no series carries its hash, and behind its Service nobody answers. */
export const analysisWithoutPods: FleetRule = {
  id: 'analysis-without-pods',
  scope: 'fleet',
  severity: 'error',
  title: 'An analysis in a step of a canary finds pods of the new version: a weight or a scale above 0 comes before it',
  fix: 'put weight(…) before it (setWeight), so that there are requests to judge; with a router canaryScale({ replicas: 1 }) gives pods to a check of its own',
  check(index, report) {
    for (const known of index.analyses.uses()) {
      const { use, user } = known;
      if (use.place !== 'step' || use.step === undefined) continue;
      const step = sizedSteps(user.value)[use.step];
      if (step === undefined || hasPods(step)) continue;
      for (const template of known.templates) {
        for (const metric of metricsOf(template.value)) {
          if (asksFor(metric, known)) report(user.kept, { field: use.field, message: `expected pods of the new version for the metric ${metric.name} of ${templateName(template)}, got none: ${whyNoPods(step)}` });
        }
      }
    }
  },
};

/** Whether a metric is about the new version: series in a database (`analysis-distinction` sees to it that they are its own), or its Service over HTTP. A Job, or a plugin, may be about anything. */
function asksFor({ providers: [provider = ''], value }: AnalysisMetric, known: KnownUse): boolean {
  if (provider !== 'web') return provider === 'kayenta' || queried.has(provider);
  const url = filled(text(record(record(value, 'provider'), 'web'), 'url') ?? '', argumentMeanings(known));
  const service = (/^[a-z]+:\/\/([^/:?#]+)/i.exec(url)?.[1] ?? '').split('.')[0];
  return rolloutServices(known.user.value).some(({ name, role }) => name === service && role !== 'stable' && role !== 'active');
}
