import { compareText } from '../../values/errors.ts';
import { declaredArguments } from '../rollouts/arguments.ts';
import { templateName, type KnownUse } from '../rollouts/analysis-book.ts';
import type { FleetRule } from '../rule.ts';
import { record } from '../schemas/plain.ts';
import { analysisUses, metricPatterns } from '../scope/analysis-uses.ts';
import { metricsOf } from '../scope/analysis.ts';

type Say = (field: string, message: string, fix?: string) => void;

/** Several templates make one analysis: what each is right by itself may not fit together. */
export const analysisTogether: FleetRule = {
  id: 'analysis-together',
  scope: 'fleet',
  severity: 'error',
  title: 'The templates of one analysis fit together: metrics, arguments and dry runs each once, and no circle',
  fix: 'name the metrics apart, or start two analyses',
  check(index, report) {
    for (const known of index.analyses.uses()) {
      const say: Say = (field, message, fix) => report(known.user.kept, { field: `${known.use.field}${field}`, message, ...(fix !== undefined && { fix }) });
      if (known.circle !== undefined) say('', `the templates name each other in a circle: ${known.circle.join(' -> ')}`, 'take one of the references out: the controller would follow them for ever');
      checkMetrics(known, say);
      checkValues(known, say);
      checkPatterns(known, 'dryRun', say);
      checkPatterns(known, 'measurementRetention', say);
    }
  },
};

function checkMetrics({ templates, missing }: KnownUse, say: Say): void {
  const owners = new Map<string, string>();
  for (const template of templates) {
    for (const { name } of metricsOf(template.value)) {
      const owner = owners.get(name);
      if (owner === undefined) owners.set(name, templateName(template));
      else if (owner !== templateName(template)) say('.templates', `expected every metric once, got ${JSON.stringify(name)} of ${owner} and of ${templateName(template)}`);
    }
  }
  if (templates.length > 0 && missing.length === 0 && owners.size === 0) say('.templates', `expected at least one metric, got none in ${templates.map(templateName).join(', ')}`, 'give a template a metric');
}

function checkValues({ templates }: KnownUse, say: Say): void {
  const values = new Map<string, { readonly value: string; readonly owner: string }>();
  for (const template of templates) {
    for (const { name, value } of declaredArguments(template.value)) {
      const known = values.get(name);
      if (value === undefined) continue;
      if (known === undefined) values.set(name, { value, owner: templateName(template) });
      else if (known.value !== value) say('.templates', `expected one value for the argument ${JSON.stringify(name)}, got ${JSON.stringify(known.value)} of ${known.owner} and ${JSON.stringify(value)} of ${templateName(template)}`, 'give them the same value, or give the argument another name in one of them');
    }
  }
}

/** A pattern stands once, and means some metric. */
function checkPatterns(known: KnownUse, list: 'dryRun' | 'measurementRetention', say: Say): void {
  const { use, user, templates, missing } = known;
  const own = list === 'dryRun' ? use.dryRun : use.retention;
  const theirs = templates.flatMap(({ value }) => metricPatterns(record(value, 'spec'), list));
  // The controller tries the patterns of every step on every analysis of the canary.
  const steps = analysisUses(user.value).filter(({ place }) => place === 'step').map((each) => (list === 'dryRun' ? each.dryRun : each.retention));
  const twice = [own, ...(use.place === 'experiment' ? [] : steps)].flatMap((patterns) => [...patterns, ...theirs].filter((pattern, index, all) => all.indexOf(pattern) !== index));
  for (const pattern of [...new Set(twice)].sort(compareText)) say(`.${list}`, `expected every pattern once, in the analyses of all steps and their templates together, got ${JSON.stringify(pattern)} twice`, 'take one of them out');
  if (missing.length > 0) return;
  const names = templates.flatMap(({ value }) => metricsOf(value).map(({ name }) => name));
  for (const pattern of [...new Set([...own, ...theirs])].sort(compareText)) {
    if (!names.some((name) => matches(pattern, name))) say(`.${list}`, `expected a pattern that matches a metric, got ${JSON.stringify(pattern)}. The metrics: ${[...names].sort(compareText).join(', ') || 'none'}`, 'name a metric: the analysis would be an error');
  }
}

/** A pattern that JavaScript can't read isn't judged. */
function matches(pattern: string, name: string): boolean {
  try {
    return new RegExp(pattern).test(name);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return true;
  }
}
