import type { IAnalysisRunArgument } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/AnalysisRunArgument';
import type { IArgument } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/Argument';
import { secretName, type SecretSource } from '../secret-source.ts';
import type { Analysis, AnalysisFact, ArgumentValue, OwnAnalysis } from './analysis.ts';
import type { AnalysisFacts } from './facts.ts';

/** Analyses and the values that their use gives them. */
export interface AnalysesUse {
  readonly analyses: readonly Analysis[];
  /** Values of arguments for this use. @default {} */
  readonly args?: Readonly<Record<string, ArgumentValue>>;
}

/** A value as it stands for an app: written into the template, read from the Rollout when the analysis starts, or still open. */
export type ResolvedValue =
  | { readonly value: string }
  | { readonly field: string }
  | { readonly hash: 'Latest' | 'Stable' }
  | { readonly secret: SecretSource; readonly key: string }
  | { readonly required: true }
  | { readonly unknown: AnalysisFact };

/** The analyses with all that they include, each once, those that are included first used last. */
export function withIncluded(analyses: readonly Analysis[]): Analysis[] {
  const found = new Set<Analysis>();
  const add = (each: Analysis): void => {
    if (found.has(each)) return;
    found.add(each);
    if (each.kind === 'analysis') each.includes?.forEach(add);
  };
  analyses.forEach(add);
  return [...found];
}

/** The app's own analyses among them, with those that they include: each becomes a template. */
export function ownAnalyses(analyses: readonly Analysis[]): OwnAnalysis[] {
  return withIncluded(analyses).filter((each) => each.kind === 'analysis');
}

/** What a value is for this app. */
export function resolveValue(value: ArgumentValue, facts: AnalysisFacts): ResolvedValue {
  if (typeof value !== 'object') return { value: String(value) };
  if (!('fact' in value)) return value;
  return factValue(value.fact, facts);
}

function factValue(fact: AnalysisFact, { identity, environment, canaryService, stableService, port, experiment }: AnalysisFacts): ResolvedValue {
  const known = (text: string | number | undefined): ResolvedValue => (text === undefined ? { unknown: fact } : { value: String(text) });
  const ofExperiment = (version: string | undefined): ResolvedValue => known(version === undefined ? undefined : `{{templates.${version}.podTemplateHash}}`);
  switch (fact) {
    case 'name': return known(identity.name);
    case 'namespace': return identity.namespace === undefined ? { field: 'metadata.namespace' } : known(identity.namespace);
    case 'environment': return known(environment);
    case 'canary-service': return known(canaryService);
    case 'stable-service': return known(stableService);
    case 'port': return known(port);
    case 'canary-hash': return experiment === undefined ? { hash: 'Latest' } : ofExperiment(experiment.canary);
    case 'stable-hash': return experiment === undefined ? { hash: 'Stable' } : ofExperiment(experiment.stable);
    default: return fact satisfies never;
  }
}

/** `spec.args` of a template: what is known stands there, what changes from version to version whoever uses it gives. */
export function templateArguments(args: OwnAnalysis['args'], facts: AnalysisFacts): IArgument[] {
  return Object.entries(args ?? {}).map(([name, value]) => {
    // A template is used in and outside of experiments: hashes are given at every use.
    const resolved = resolveValue(value, { ...facts, experiment: undefined });
    if ('value' in resolved) return { name, value: resolved.value };
    if ('secret' in resolved) return { name, valueFrom: { secretKeyRef: { name: secretName(resolved.secret, facts.identity.app), key: resolved.key } } };
    return { name };
  });
}

/** `args` of a use: what the templates don't say themselves, and what this use says otherwise. */
export function analysisArguments(use: AnalysesUse, facts: AnalysisFacts): IAnalysisRunArgument[] {
  const given = new Map<string, ArgumentValue>();
  for (const each of withIncluded(use.analyses)) {
    for (const [name, value] of Object.entries(each.args ?? {})) {
      if (!given.has(name) && (each.kind === 'existing-analysis' || isGivenLate(value, facts))) given.set(name, value);
    }
  }
  for (const [name, value] of Object.entries(use.args ?? {})) given.set(name, value);
  return [...given].flatMap(([name, value]) => argument(name, resolveValue(value, facts)) ?? []);
}

/** Whether only the Rollout knows a value. */
function isGivenLate(value: ArgumentValue, facts: AnalysisFacts): boolean {
  const resolved = resolveValue(value, { ...facts, experiment: undefined });
  return 'field' in resolved || 'hash' in resolved;
}

function argument(name: string, resolved: ResolvedValue): IAnalysisRunArgument | undefined {
  if ('value' in resolved) return { name, value: resolved.value };
  if ('field' in resolved) return { name, valueFrom: { fieldRef: { fieldPath: resolved.field } } };
  if ('hash' in resolved) return { name, valueFrom: { podTemplateHashValue: resolved.hash } };
  return undefined;
}

/** Secrets that the analyses read, whose objects the app has to make. */
export function argumentSecrets(analyses: readonly OwnAnalysis[]): SecretSource[] {
  return analyses.flatMap(({ args = {} }) => Object.values(args).flatMap((value) => (typeof value === 'object' && 'secret' in value ? [value.secret] : [])));
}
