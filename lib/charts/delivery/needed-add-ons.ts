import { providedGroups } from '../../controllers/add-ons/folder.ts';
import type { AddOn } from '../../model/add-ons.ts';

/** The API groups of some kinds, such as `argoproj.io` of `argoproj.io/Rollout`, each once; the core group has no name and is left out. */
export function groupsOf(kinds: readonly string[]): string[] {
  return [...new Set(kinds.filter((kind) => kind.includes('/')).map((kind) => kind.slice(0, kind.indexOf('/'))))];
}

/** Names of the add-ons that define custom resources of some API groups, in the order of the add-ons. */
export function addOnsFor(groups: readonly string[], addOns: readonly AddOn[]): string[] {
  return addOns.filter((addOn) => providedGroups(addOn).some((group) => groups.includes(group))).map((addOn) => addOn.name);
}
