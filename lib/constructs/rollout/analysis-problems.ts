import { fieldPath } from '../../model/schema.ts';
import { canonicalJson } from '../../values/canonical-json.ts';
import type { Problem } from '../../values/errors.ts';
import type { OwnAnalysis } from '../analysis/analysis.ts';
import { ownAnalyses } from '../analysis/arguments.ts';
import { analysisProblems, type AnalysisOccasion } from '../analysis/problems.ts';
import { analysisUses, type PlacedUse } from './analyses.ts';
import type { RolloutPlan } from './plan.ts';

/** What is wrong with the analyses of a rollout, at every place where they are used. */
export function useProblems({ rollout, analysis }: RolloutPlan, where: string): Problem[] {
  const uses = analysisUses(rollout);
  const each = uses.flatMap((placed) => {
    const facts = placed.experiment === undefined ? analysis : { ...analysis, experiment: placed.experiment };
    return analysisProblems(placed.use, occasionOf(placed), facts, where, placed.path).map((problem) => ({ ...problem, where: inPlace(problem.where, placed, where) }));
  });
  return [...each, ...sameName(uses, where)];
}

function occasionOf({ path, experiment }: PlacedUse): AnalysisOccasion {
  if (experiment !== undefined) return 'experiment';
  if (path[1] === 'background') return 'background';
  return path[1] === 'steps' ? 'step' : 'promotion';
}

/** The place as the app wrote it: an analysis may stand there by itself or in a list. */
function inPlace(told: string, { path, analysisPaths }: PlacedUse, where: string): string {
  const index = analysisPaths.findIndex((_, position) => told.startsWith(fieldPath(where, [...path, 'analyses', position])));
  const said = analysisPaths[index];
  return said === undefined ? told : `${fieldPath(where, said)}${told.slice(fieldPath(where, [...path, 'analyses', index]).length)}`;
}

/** Templates are objects of the app: one name is one analysis. */
function sameName(uses: readonly PlacedUse[], where: string): Problem[] {
  const first = new Map<string, { readonly text: string; readonly at: string }>();
  return uses.flatMap(({ use, analysisPaths }) => use.analyses.flatMap((top, index) => ownAnalyses([top]).flatMap((each: OwnAnalysis): Problem[] => {
    const at = fieldPath(where, analysisPaths[index] ?? []);
    const text = canonicalJson(each);
    const before = first.get(each.name);
    if (before === undefined) first.set(each.name, { text, at });
    if (before === undefined || before.text === text) return [];
    return [{ where: at, message: `expected a name of its own for each analysis, got ${JSON.stringify(each.name)}, which says something else at ${before.at.slice(where.length + 2)}`, fix: 'name one otherwise, or keep the analysis in a constant and vary its args' }];
  })));
}
