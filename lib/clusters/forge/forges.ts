import type { Forge, ForgeKind } from './forge.ts';
import { gitea } from './gitea.ts';
import { github } from './github.ts';
import { gitlab } from './gitlab.ts';

/** Every kind of forge at which a deploy key can be registered. */
export const forges: { readonly [Kind in ForgeKind]: Forge & { readonly kind: Kind } } = { gitea: { ...gitea, kind: 'gitea' }, github: { ...github, kind: 'github' }, gitlab: { ...gitlab, kind: 'gitlab' } };

/** Whether a text names a kind of forge. */
export function isForgeKind(text: string): text is ForgeKind {
  return Object.hasOwn(forges, text);
}
