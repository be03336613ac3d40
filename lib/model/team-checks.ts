import type { Problem } from '../values/errors.ts';
import { didYouMean } from '../values/suggest.ts';
import type { Outline } from './outline.ts';
import { reservedTeams } from './team.ts';

/** What is wrong between teams and the apps that name them. */
export function teamProblems(outline: Outline): Problem[] {
  const owners = [...outline.apps, ...outline.externalApps].flatMap((app) => (app.team === undefined ? [] : [app.team]));
  const known = [...new Set([...owners, ...outline.clusters.flatMap((cluster) => cluster.setTeams)])];
  return [
    ...[...outline.apps, ...outline.externalApps].flatMap((app) => (reservedTeams as readonly string[]).includes(app.team ?? '') ? [{
      where: `${app.file}: team`, message: `expected the name of a team, got ${JSON.stringify(app.team)}, which is the name of a project of Argo CD itself`, fix: 'name the team otherwise',
    }] : []),
    ...outline.teams.flatMap((team): Problem[] => {
      const where = `${team.file}: teams.${team.name}`;
      if (!known.includes(team.name)) return [{ where, message: `expected a team that owns something, got ${JSON.stringify(team.name)}.`, fix: `name one.${didYouMean(team.name, known)}` }];
      const apps = outline.apps.filter((app) => app.team === team.name).map((app) => app.name);
      if (apps.length > 0 && team.clusterKinds.length > 0) {
        return [{ where: `${where}.clusterKinds`, message: `expected no cluster-scoped kinds for a team that owns apps (${apps.sort().join(', ')}), got ${[...team.clusterKinds].sort().join(', ')}`, fix: 'give them to a team of the platform that has external apps only' }];
      }
      return [];
    }),
  ];
}
