import { argumentMeanings } from '../rollouts/arguments.ts';
import { templateName } from '../rollouts/analysis-book.ts';
import { inconclusiveWhen } from '../rollouts/inconclusive.ts';
import { measuringsOf } from '../rollouts/measuring.ts';
import type { FleetRule } from '../rule.ts';

/** An analysis that ends inconclusive pauses the rollout until a person decides. */
export const unattendedVerdict: FleetRule = {
  id: 'unattended-verdict',
  scope: 'fleet',
  severity: 'warning',
  title: 'Where an environment is unattended, an analysis ends well or badly, and never inconclusive',
  fix: 'write conditions of which one always holds (no data among the results), or raise inconclusiveLimit to count',
  check(index, report) {
    for (const known of index.analyses.uses()) {
      if (known.user.unattended === undefined) continue;
      const meanings = argumentMeanings(known);
      for (const measuring of measuringsOf(known)) {
        if (known.use.dryRun.some((pattern) => pattern === measuring.metric.name || pattern === '.*')) continue;
        const when = inconclusiveWhen(measuring, meanings);
        if (when !== undefined) report(known.user.kept, { field: known.use.field, message: `the metric ${measuring.metric.name} of ${templateName(measuring.template)} may end inconclusive, when ${when}; then the rollout waits for a person, and ${known.user.unattended} is unattended` });
      }
    }
  },
};
