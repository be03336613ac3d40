import { isRecord, list, text } from '../schemas/plain.ts';

/** One entry of a kustomization's `images`. */
export interface ImageChange {
  readonly name: string;
  readonly newName?: string;
  readonly newTag?: string;
  readonly digest?: string;
}

/** The entries of a kustomization's `images`. */
export function imageChanges(kustomization: unknown): ImageChange[] {
  return list(kustomization, 'images').filter(isRecord).map((entry) => {
    const newName = text(entry, 'newName');
    const newTag = typeof entry['newTag'] === 'number' ? String(entry['newTag']) : text(entry, 'newTag');
    const digest = text(entry, 'digest');
    return { name: text(entry, 'name') ?? '', ...(newName !== undefined && { newName }), ...(newTag !== undefined && { newTag }), ...(digest !== undefined && { digest }) };
  });
}

/** An image's name apart from its tag and digest. */
export function splitImage(image: string): { readonly name: string; readonly tag: string | undefined; readonly digest: string | undefined } {
  const at = image.indexOf('@');
  const named = at < 0 ? image : image.slice(0, at);
  const colon = named.lastIndexOf(':');
  const tagged = colon > named.lastIndexOf('/');
  return { name: tagged ? named.slice(0, colon) : named, tag: tagged ? named.slice(colon + 1) : undefined, digest: at < 0 ? undefined : image.slice(at + 1) };
}

/** The image that runs once kustomize has applied the changes: a new tag or digest replaces both. */
export function changedImage(image: string, changes: readonly ImageChange[]): string {
  let { name, tag, digest } = splitImage(image);
  for (const change of changes) {
    if (change.name !== name) continue;
    if (change.newTag !== undefined || change.digest !== undefined) [tag, digest] = [change.newTag, change.digest];
    name = change.newName ?? name;
  }
  return `${name}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}
