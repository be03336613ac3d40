import type { Analysis, OwnAnalysis } from '../analysis/analysis.ts';
import { ownAnalyses } from '../analysis/arguments.ts';
import type { ExperimentVersions } from '../analysis/facts.ts';
import type { RolloutOptions } from './rollout-options.ts';
import type { AnalysisUse, AnalysisUseOptions, ExperimentAnalysis, ExperimentStep } from './options.ts';

/** Analyses that become one AnalysisRun, and where the app says so. */
export interface PlacedUse {
  readonly use: AnalysisUseOptions;
  /** Path of the field in the props, such as `rollout`, `steps`, 2. */
  readonly path: readonly PropertyKey[];
  /** Path of each analysis, in their order. */
  readonly analysisPaths: readonly (readonly PropertyKey[])[];
  /** The versions of the experiment that it judges. @default - it judges the rollout itself */
  readonly experiment?: ExperimentVersions;
}

/** Every use of analyses in a rollout, in the order in which a reader meets them. */
export function analysisUses(rollout: RolloutOptions): PlacedUse[] {
  if (rollout.kind === 'blueGreen') {
    return (['prePromotion', 'postPromotion'] as const).flatMap((field) => {
      const use = rollout[field];
      return use === undefined ? [] : [placed(use, ['rollout', field])];
    });
  }
  const steps = (rollout.steps ?? []).flatMap((step, index): PlacedUse[] => {
    const path = ['rollout', 'steps', index];
    if (step.step === 'analyse') return [placed(step, path)];
    return step.step === 'experiment' ? experimentUses(step, path) : [];
  });
  return [...(rollout.background === undefined ? [] : [placed(rollout.background, ['rollout', 'background'])]), ...steps];
}

/** The app's own analyses with those that they include, each name once, in the order of their first use. */
export function appAnalyses(rollout: RolloutOptions): OwnAnalysis[] {
  const byName = new Map<string, OwnAnalysis>();
  for (const each of ownAnalyses(analysisUses(rollout).flatMap(({ use }) => use.analyses))) {
    if (!byName.has(each.name)) byName.set(each.name, each);
  }
  return [...byName.values()];
}

/** A use with its analyses in a list. */
export function withAnalyses(use: AnalysisUse): AnalysisUseOptions {
  if (isList(use)) return { analyses: use };
  return 'kind' in use ? { analyses: [use] } : use;
}

/** What judges an experiment, with its values. */
export function experimentAnalysis(said: Analysis | ExperimentAnalysis): ExperimentAnalysis {
  return 'kind' in said ? { analysis: said } : said;
}

/** The one version of an experiment that is the new one, and the one that is the running one, where that is clear. */
export function versionsOf({ versions }: ExperimentStep): ExperimentVersions {
  const only = (of: 'canary' | 'stable'): string | undefined => {
    const names = Object.keys(versions).filter((name) => versions[name]?.of === of);
    return names.length === 1 ? names[0] : undefined;
  };
  const [canary, stable] = [only('canary'), only('stable')];
  return { ...(canary !== undefined && { canary }), ...(stable !== undefined && { stable }) };
}

function placed(use: AnalysisUse, path: readonly PropertyKey[]): PlacedUse {
  const whole = withAnalyses(use);
  const analysisPaths = whole.analyses.map((_, index) => [...path, ...(isList(use) ? [index] : 'kind' in use ? [] : ['analyses', index])]);
  return { use: whole, path, analysisPaths };
}

function experimentUses(step: ExperimentStep, path: readonly PropertyKey[]): PlacedUse[] {
  return Object.entries(step.analyses ?? {}).map(([name, said]) => {
    const { analysis, args } = experimentAnalysis(said);
    const own = [...path, 'analyses', name];
    return { use: { analyses: [analysis], ...(args !== undefined && { args }) }, path: own, analysisPaths: ['kind' in said ? own : [...own, 'analysis']], experiment: versionsOf(step) };
  });
}

function isList(use: AnalysisUse): use is readonly Analysis[] {
  return Array.isArray(use);
}
