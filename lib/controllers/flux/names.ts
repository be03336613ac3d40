import { contentHash } from '../../values/content-hash.ts';

/** The namespace in which Flux runs and in which its tracking objects lie. */
export const fluxNamespace = 'flux-system';
/** Name of the GitRepository that holds the runtime repo. */
export const sourceName = 'flux-system';
/** The ServiceAccount that may apply what Slipway itself tracks; upstream binds it to cluster-admin. */
export const systemAccount = 'kustomize-controller';
/** Kustomizations are named in a label of all they apply. */
const longestName = 63;

/** Name of the Kustomization of a `pre/` folder. It has a dot, so that no tracked thing, which is named by a DNS label, has the same. */
export function preName(name: string): string {
  return withSuffix(name, 'pre');
}

/** Name of what a source of an external app becomes beyond the first, counted from 2. */
export function partName(name: string, part: number): string {
  return part === 1 ? name : withSuffix(name, String(part));
}

/** GitRepositories that are no external app's. */
const ownSources: readonly string[] = [sourceName, 'config-repo'];

/** Name of the GitRepository of an external app's source. */
export function gitSourceName(name: string): string {
  return ownSources.includes(name) ? withSuffix(name, 'source') : name;
}

/** The ServiceAccount in whose name a team's objects are applied. */
export function teamAccount(team: string): string {
  return `team-${team}`;
}

function withSuffix(name: string, suffix: string): string {
  const whole = `${name}.${suffix}`;
  return whole.length <= longestName ? whole : `${name.slice(0, longestName - suffix.length - 12).replace(/-+$/, '')}-${contentHash(name)}.${suffix}`;
}
