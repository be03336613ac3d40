import { compareText, type Problem } from '../values/errors.ts';
import type { Tracked } from './tracked.ts';

/** What can't ever become ready among the tracked things of one controller: something that waits for what isn't there, or for itself by way of others. */
export function dependencyProblems(tracked: readonly Pick<Tracked, 'dependsOn' | 'name'>[], where: string): Problem[] {
  const byName = new Map(tracked.map((each) => [each.name, each.dependsOn]));
  const missing = tracked.flatMap(({ name, dependsOn }) => dependsOn.filter((other) => !byName.has(other)).map((other) => ({
    where, message: `${name} waits for ${JSON.stringify(other)}, which is not tracked`, fix: 'track it, or wait for something else',
  })));
  return [...missing, ...cyclesOf(byName).map((cycle) => ({
    where, message: `expected an order, got a cycle in dependsOn: ${[...cycle, cycle[0] ?? ''].join(' -> ')}`, fix: 'remove one of these dependencies',
  }))];
}

/** Each cycle once, from its smallest name on. */
function cyclesOf(byName: ReadonlyMap<string, readonly string[]>): string[][] {
  const found = new Map<string, string[]>();
  const done = new Set<string>();
  const walk = (name: string, trail: readonly string[]): void => {
    const start = trail.indexOf(name);
    if (start >= 0) {
      const cycle = trail.slice(start);
      const least = cycle.indexOf([...cycle].sort(compareText)[0] ?? '');
      const turned = [...cycle.slice(least), ...cycle.slice(0, least)];
      found.set(turned.join(' '), turned);
      return;
    }
    if (done.has(name)) return;
    for (const next of byName.get(name) ?? []) walk(next, [...trail, name]);
    done.add(name);
  };
  for (const name of [...byName.keys()].sort(compareText)) walk(name, []);
  return [...found.values()];
}
