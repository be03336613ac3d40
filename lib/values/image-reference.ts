import { shown } from './shown.ts';

/** A container image as the distribution reference grammar splits it. */
export interface ImageReference {
  /** Host with an optional port. @default - none was written: the container runtime's default registry */
  readonly registry?: string;
  /** The repository inside the registry, such as `acme/storefront`. */
  readonly path: string;
  /** Registry and path as they were written: what a kustomization's `images:` matches. */
  readonly name: string;
  /** @default - none was written */
  readonly tag?: string;
  /** Algorithm and hexadecimal digits, such as `sha256:` and 64 of them. @default - none was written */
  readonly digest?: string;
}

const host = String.raw`(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?`;
const component = String.raw`[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*`;
const tagPattern = String.raw`[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}`;
const pathExpression = new RegExp(`^${component}(?:/${component})*$`);
const hostExpression = new RegExp(`^${host}$`);
const tagExpression = new RegExp(`^${tagPattern}$`);
const digestExpression = /^(?:sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128})$/;
const longestPath = 255;
/** What the default registry puts before a name of one part. */
const defaultFolder = 'library/';

/** Reads an image reference; undefined when the distribution grammar doesn't allow it. A tag is not judged: see `tagProblem`. */
export function parseImageReference(text: string): ImageReference | undefined {
  const at = text.indexOf('@');
  const digest = at < 0 ? undefined : text.slice(at + 1);
  if (digest !== undefined && !digestExpression.test(digest)) return undefined;
  const named = at < 0 ? text : text.slice(0, at);
  const colon = named.lastIndexOf(':');
  const hasTag = colon > named.lastIndexOf('/');
  const tag = hasTag ? named.slice(colon + 1) : undefined;
  if (tag !== undefined && !tagExpression.test(tag)) return undefined;
  const name = hasTag ? named.slice(0, colon) : named;
  // 64 hexadecimal digits alone name an image by its identifier, not by a repository.
  if (/^[a-f0-9]{64}$/.test(name)) return undefined;
  const { registry, path } = splitName(name);
  if (registry !== undefined && !hostExpression.test(registry)) return undefined;
  const bare = registry === undefined && !path.includes('/');
  if (path.length > longestPath - (bare ? defaultFolder.length : 0) || !pathExpression.test(path)) return undefined;
  return { ...(registry !== undefined && { registry }), path, name, ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) };
}

/** The text of a reference: name, `:tag`, `@digest`. */
export function formatImageReference(reference: Pick<ImageReference, 'name' | 'tag' | 'digest'>): string {
  const tag = reference.tag === undefined ? '' : `:${reference.tag}`;
  return `${reference.name}${tag}${reference.digest === undefined ? '' : `@${reference.digest}`}`;
}

/** What is wrong with an image's name, which carries neither tag nor digest. */
export function imageNameProblem(text: string): string | undefined {
  const reference = parseImageReference(text);
  if (reference === undefined) return `expected an image name such as ghcr.io/acme/storefront, got ${shown(text)}`;
  const extra = reference.digest !== undefined ? 'digest' : reference.tag !== undefined ? 'tag' : undefined;
  return extra === undefined ? undefined : `expected an image name without a ${extra}, got ${shown(text)}`;
}

/** What is wrong with a digest. */
export function digestProblem(text: string): string | undefined {
  return digestExpression.test(text) ? undefined : `expected a digest (sha256: and 64 lower-case hexadecimal digits), got ${shown(text)}`;
}

/** What is wrong with a tag; `latest`, which moves, is. */
export function tagProblem(text: string): string | undefined {
  if (!tagExpression.test(text)) {
    return `expected a tag of at most 128 letters, digits, "_", "." and "-" that starts with a letter, a digit or "_", got ${shown(text)}`;
  }
  return text.toLowerCase() === 'latest' ? `expected a tag that names one version, got ${shown(text)}, which moves` : undefined;
}

/** The first part is a registry when it has a point, a port or capital letters, or is `localhost`; otherwise it is part of the path. */
function splitName(name: string): { readonly registry?: string; readonly path: string } {
  const slash = name.indexOf('/');
  if (slash < 0) return { path: name };
  const first = name.slice(0, slash);
  const isRegistry = first === 'localhost' || /[.:A-Z]/.test(first);
  return isRegistry ? { registry: first, path: name.slice(slash + 1) } : { path: name };
}
