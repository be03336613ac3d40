import { didYouMean } from '../../values/suggest.ts';
import type { UnitRule } from '../rule.ts';
import { argumentsOf } from '../scope/analysis.ts';
import { analysisUses } from '../scope/analysis-uses.ts';
import { field, isRecord, list, record } from '../schemas/plain.ts';

/** An argument that nobody gives stops the analysis when it starts; one that no template has is ignored without a word. */
export const analysisArguments: UnitRule = {
  id: 'analysis-arguments',
  scope: 'unit',
  severity: 'error',
  title: 'A Rollout gives its analyses the arguments that their templates ask for, and no others',
  fix: 'give the argument under args, or a value in the template',
  check(landing, report) {
    for (const rollout of landing.ofKind('argoproj.io/Rollout')) {
      for (const use of analysisUses(rollout.value)) {
        const templates = use.templates.map(({ name }) => landing.find('argoproj.io/AnalysisTemplate', rollout.namespace, name));
        // What others make is known to them alone.
        if (use.clusterScoped || templates.includes(undefined)) continue;
        const declared = new Set(templates.flatMap((template) => [...argumentsOf(template?.value).keys()]));
        const needed = new Set(templates.flatMap((template) => neededBy(template?.value)));
        for (const name of [...needed].filter((each) => !use.given.includes(each)).sort()) report(rollout, { field: `${use.field}.args`, message: `expected a value for the argument ${JSON.stringify(name)} of ${use.templates.map((each) => each.name).join(', ')}, got none` });
        for (const [index, name] of use.given.entries()) {
          if (!declared.has(name)) report(rollout, { field: `${use.field}.args[${index}].name`, message: `expected an argument that ${use.templates.map((each) => each.name).join(', ')} declares, got ${JSON.stringify(name)}.${didYouMean(name, [...declared])}` });
        }
      }
    }
  },
};

/** Arguments of a template that have neither a value nor a place to take one from. */
function neededBy(template: unknown): string[] {
  return list(record(template, 'spec'), 'args').flatMap((arg) => (isRecord(arg) && field(arg, 'value') === undefined && field(arg, 'valueFrom') === undefined && typeof arg['name'] === 'string' ? [arg['name']] : []));
}
