import { fieldPath } from '../../model/schema.ts';
import { canonicalJson } from '../../values/canonical-json.ts';
import { findSecretLiteral } from '../../values/secret-literal.ts';
import type { Problem } from '../../values/errors.ts';
import { dnsLabelProblem } from '../../values/names.ts';
import { didYouMean } from '../../values/suggest.ts';
import type { Analysis, ArgumentValue, OwnAnalysis } from './analysis.ts';
import { resolveValue, withIncluded, type AnalysesUse } from './arguments.ts';
import type { AnalysisFacts } from './facts.ts';
import { metricProblems, type Occasion } from './metric-problems.ts';
import { secretKeyFault } from './secret-key.ts';
import { analysisTemplateName } from './template.ts';

/** Where analyses are used. */
export type AnalysisOccasion = Occasion;

/** What is wrong with analyses where an app uses them; their fields by themselves were checked by `analysisSchema`. `path` is the use's own within the app's props. */
export function analysisProblems(use: AnalysesUse, occasion: AnalysisOccasion, facts: AnalysisFacts, where: string, path: readonly PropertyKey[]): Problem[] {
  const at = (...more: readonly PropertyKey[]): string => fieldPath(where, [...path, ...more]);
  const all = withIncluded(use.analyses);
  return [
    ...use.analyses.flatMap((analysis, index) => (analysis.kind === 'analysis' ? ownAnalysisProblems(analysis, occasion, facts, where, [...path, 'analyses', index]) : secretProblems(analysis.args, at('analyses', index, 'args')))),
    ...sameNames(all, facts, at('analyses')),
    ...useArgumentProblems(use, all, facts, at),
    ...openProblems(use, all, facts, at('args')),
    ...conflictProblems(use, all, facts, at('args')),
  ];
}

/** What is wrong with an analysis of the app's own, whoever uses it. */
export function ownAnalysisProblems(analysis: OwnAnalysis, occasion: AnalysisOccasion, facts: AnalysisFacts, where: string, path: readonly PropertyKey[]): Problem[] {
  const name = analysisTemplateName(analysis, facts.identity);
  const tooLong = dnsLabelProblem(name);
  const { metrics = [], includes = [], args = {} } = analysis;
  return [
    ...(tooLong === undefined ? [] : [{ where: fieldPath(where, [...path, 'name']), message: `name of its template: ${tooLong}`, fix: 'give it a shorter name' }]),
    ...(metrics.length === 0 && includes.length === 0 ? [{ where: fieldPath(where, [...path, 'metrics']), message: 'expected at least one metric, got none', fix: 'say what is measured' }] : []),
    ...Object.entries(args).flatMap(([argument, value]): Problem[] => valueProblems(argument, value, fieldPath(where, [...path, 'args', argument]))),
    ...metrics.flatMap((metric, index) => metricProblems(metric, { occasion, facts, declared: declaredIn(analysis), where, path: [...path, 'metrics', index] })),
    ...includes.flatMap((each, index) => (each.kind === 'analysis' ? ownAnalysisProblems(each, occasion, facts, where, [...path, 'includes', index]) : [])),
  ];
}

/** Names of an analysis's arguments; those of existing templates that it includes aren't known beyond what it gives them. */
function declaredIn(analysis: Analysis): readonly string[] {
  return [...Object.keys(analysis.args ?? {}), ...(analysis.kind === 'analysis' ? (analysis.includes ?? []).flatMap(declaredIn) : [])];
}

function valueProblems(name: string, value: ArgumentValue, where: string): Problem[] {
  if (typeof value === 'object' && 'secret' in value) {
    const fault = secretKeyFault(value.secret, value.key);
    return fault === undefined ? [] : [{ where: `${where}.key`, ...fault }];
  }
  const found = typeof value === 'string' ? findSecretLiteral(name, value) : undefined;
  return found === undefined ? [] : [{ where, message: `expected no secret in Git, got a value that looks like one: ${found.reason}`, fix: 'read it from a Secret: { secret, key }' }];
}

/** Only a template can name a Secret: a Rollout's `args` have no place for it. */
function secretProblems(args: Readonly<Record<string, ArgumentValue>>, where: string): Problem[] {
  return Object.entries(args).flatMap(([name, value]) => (typeof value === 'object' && 'secret' in value
    ? [{ where: `${where}.${name}`, message: 'expected text, a fact or a field, got a key of a Secret', fix: 'say it in the args of the analysis itself: a use of it can\'t name a Secret' }]
    : valueProblems(name, value, `${where}.${name}`)));
}

function sameNames(all: readonly Analysis[], facts: AnalysisFacts, where: string): Problem[] {
  const names = all.flatMap((analysis) => (analysis.kind === 'analysis' ? (analysis.metrics ?? []).map((metric) => metric.name) : []));
  const twice = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))].sort();
  const templates = all.map((analysis) => analysisTemplateName(analysis, facts.identity));
  const again = [...new Set(templates.filter((name, index) => templates.indexOf(name) !== index))].sort();
  return [
    ...twice.map((name) => ({ where, message: `expected a name of its own for every metric of one run, got ${JSON.stringify(name)} more than once`, fix: 'name one otherwise, or judge in two steps' })),
    ...again.map((name) => ({ where, message: `expected each analysis once in a run, got ${JSON.stringify(name)} more than once`, fix: 'leave one out, or name it otherwise' })),
  ];
}

function useArgumentProblems(use: AnalysesUse, all: readonly Analysis[], facts: AnalysisFacts, at: (...path: readonly PropertyKey[]) => string): Problem[] {
  const known = all.flatMap((analysis) => Object.keys(analysis.args ?? {}));
  // What else an existing template takes is known to whoever made it.
  const open = all.some((analysis) => analysis.kind === 'existing-analysis');
  return [
    ...secretProblems(use.args ?? {}, at('args')),
    ...Object.entries(use.args ?? {}).flatMap(([name]): Problem[] => (open || known.includes(name) ? [] : [{ where: at('args', name), message: 'expected the name of an argument that the analyses declare, got another.', fix: `name one.${didYouMean(name, known)}` }])),
    ...Object.keys(use.args ?? {}).flatMap((name): Problem[] => (all.some((analysis) => 'secret' in resolved(analysis.args?.[name], facts)) ? [{ where: at('args', name), message: 'expected no other value for an argument that reads a Secret, got one', fix: 'leave it out: the controller would take the Secret\'s all the same' }] : [])),
  ];
}

function resolved(value: ArgumentValue | undefined, facts: AnalysisFacts) {
  return value === undefined ? { required: true as const } : resolveValue(value, facts);
}

/** Arguments that nobody gives a value. */
function openProblems(use: AnalysesUse, all: readonly Analysis[], facts: AnalysisFacts, where: string): Problem[] {
  const values = new Map<string, ArgumentValue>();
  for (const analysis of all) {
    for (const [name, value] of Object.entries(analysis.args ?? {})) {
      const before = values.get(name);
      if (before === undefined || 'required' in resolved(before, facts)) values.set(name, value);
    }
  }
  for (const [name, value] of Object.entries(use.args ?? {})) values.set(name, value);
  return [...values].flatMap(([name, value]): Problem[] => {
    const found = resolved(value, facts);
    if ('required' in found) return [{ where: `${where}.${name}`, message: 'expected a value for this argument, got none', fix: 'say it where the analysis is used: args' }];
    if (!('unknown' in found)) return [];
    const hash = found.unknown.endsWith('hash');
    return [{ where: `${where}.${name}`, message: `expected to know the app's ${found.unknown}, which ${name} is, got nothing`, fix: hash ? 'give the experiment a version of that kind' : 'give the app a port, and with it Services, or say the argument yourself' }];
  });
}

/** Two analyses of one run that mean different values by one name: the controller refuses templates that differ, and takes one value for all else. */
function conflictProblems(use: AnalysesUse, all: readonly Analysis[], facts: AnalysisFacts, where: string): Problem[] {
  const values = new Map<string, { readonly written: Set<string>; readonly all: Set<string> }>();
  for (const analysis of all) {
    for (const [name, value] of Object.entries(analysis.args ?? {})) {
      const found = resolved(value, facts);
      if ('required' in found) continue;
      const known = values.get(name) ?? { written: new Set(), all: new Set() };
      known.all.add(canonicalJson(found));
      if (analysis.kind === 'analysis' && 'value' in found) known.written.add(found.value);
      values.set(name, known);
    }
  }
  return [...values].flatMap(([name, known]): Problem[] => {
    if (known.written.size > 1) return [{ where: `${where}.${name}`, message: `expected one value of the argument ${name} in the templates of a run, got ${[...known.written].map((value) => JSON.stringify(value)).sort().join(', ')}`, fix: 'name one argument otherwise' }];
    return known.all.size < 2 || use.args?.[name] !== undefined ? [] : [{ where: `${where}.${name}`, message: `expected one value of the argument ${name} in a run, got ${known.all.size}`, fix: 'say it where the analyses are used, or name one argument otherwise' }];
  });
}
