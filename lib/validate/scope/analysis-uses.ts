import { dig, list, record, text } from '../schemas/plain.ts';

/** An analysis that a Rollout starts. */
export interface AnalysisUse {
  /** Path of its field, such as `spec.strategy.canary.steps[1].analysis`. */
  readonly field: string;
  /** Its templates in the Rollout's own namespace, with the path of each name. */
  readonly templates: readonly { readonly name: string; readonly field: string }[];
  /** Whether it also uses templates of the whole cluster, which somebody else may make. */
  readonly clusterScoped: boolean;
  /** Names of the arguments that it gives, in order. */
  readonly given: readonly string[];
}

/** The analyses of a Rollout: those of its steps, in the background, and before and after a promotion. */
export function analysisUses(rollout: unknown): AnalysisUse[] {
  const strategy = dig(rollout, 'spec', 'strategy');
  const base = 'spec.strategy';
  const steps = list(record(strategy, 'canary'), 'steps').map((step, index) => [dig(step, 'analysis'), `${base}.canary.steps[${index}].analysis`] as const);
  const others = [['canary', 'analysis'], ['blueGreen', 'prePromotionAnalysis'], ['blueGreen', 'postPromotionAnalysis']].map((path) => [dig(strategy, ...path), [base, ...path].join('.')] as const);
  return [...steps, ...others].flatMap(([use, field]) => (use === undefined ? [] : [useOf(use, field)]));
}

function useOf(use: unknown, field: string): AnalysisUse {
  const templates = list(use, 'templates').map((template, index) => ({ name: text(template, 'templateName'), clusterScope: dig(template, 'clusterScope') === true, field: `${field}.templates[${index}].templateName` }));
  return {
    field,
    templates: templates.flatMap(({ name, clusterScope, field: at }) => (name === undefined || clusterScope ? [] : [{ name, field: at }])),
    clusterScoped: templates.some(({ clusterScope }) => clusterScope),
    given: list(use, 'args').flatMap((arg) => text(arg, 'name') ?? []),
  };
}
