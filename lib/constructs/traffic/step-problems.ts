import { fieldPath } from '../../model/schema.ts';
import { compareText, type Problem } from '../../values/errors.ts';
import type { ExperimentStep, HeaderMatch } from '../rollout/options.ts';
import type { RouterAbilities, TrafficUse } from './traffic-router.ts';

/** Steps that the router can't do, each with those that can. */
export function stepProblems<Kind extends string>(router: Kind, abilities: Readonly<Record<Kind, RouterAbilities>>, { where, steps }: Pick<TrafficUse, 'steps' | 'where'>): Problem[] {
  return steps.flatMap((step, index) => {
    const at = (...path: PropertyKey[]): string => fieldPath(where, ['rollout', 'steps', index, ...path]);
    const refused = (what: string, ability: keyof RouterAbilities): Problem[] => abilities[router][ability] !== false ? [] : [{
      where: at(),
      message: `expected a router that can ${what} (${ableOf(abilities, ability)}), got ${router}`,
      fix: 'choose one of them by `traffic`, or leave the step out',
    }];
    switch (step.step) {
      case 'canary-scale': return refused('tell the number of pods from the weight', 'ownWeights');
      case 'header-route': return [...refused('send requests by their headers', 'headerRoutes'), ...(abilities[router].headerRoutes === 'exact' ? inexact(step.headers, router, at) : [])];
      case 'mirror-route': return refused('mirror requests', 'mirrorRoutes');
      case 'experiment': return weighted(step) ? refused('give a version of an experiment a weight', 'experimentWeights') : [];
      case 'analyse':
      case 'pause':
      case 'plugin':
      case 'weight': return [];
      default: return step satisfies never;
    }
  });
}

function inexact(headers: Readonly<Record<string, HeaderMatch>>, router: string, at: (...path: PropertyKey[]) => string): Problem[] {
  return Object.entries(headers).filter(([, match]) => typeof match !== 'string' && !('exact' in match))
    .map(([name]) => ({ where: at('headers', name), message: `expected a whole value, which is all that ${router} compares, got a prefix or a regular expression`, fix: 'say the whole value' }));
}

function weighted(step: ExperimentStep): boolean {
  return Object.values(step.versions).some((version) => version.weight !== undefined);
}

function ableOf(abilities: Readonly<Record<string, RouterAbilities>>, ability: keyof RouterAbilities): string {
  return Object.entries(abilities).filter(([, each]) => each[ability] !== false).map(([name]) => name).sort(compareText).join(', ');
}
