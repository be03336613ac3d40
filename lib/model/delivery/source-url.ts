/** Host and path of a Git URL, without `.git`; undefined where it has none. */
function placeOf(url: string): { readonly host: string; readonly path: string } | undefined {
  const match = /^(?:https?|ssh):\/\/(?:[^/@]*@)?([^/:]+)(?::\d+)?\/(.+)$/.exec(url) ?? /^(?:[\w.-]+@)?([\w.-]+):(?!\/)(.+)$/.exec(url);
  const [, host, path] = match ?? [];
  return host === undefined || path === undefined ? undefined : { host: host.toLowerCase(), path: path.replace(/\/+$/, '').replace(/\.git$/, '') };
}

/** The path of a repository at a server, such as `acme/storefront` of `git@github.com:acme/storefront.git` at `https://github.com`; undefined where it lives elsewhere. */
export function pathAt(server: string, url: string): string | undefined {
  const place = placeOf(url);
  return place !== undefined && place.host === server.replace(/^https:\/\//, '') && place.path.includes('/') ? place.path : undefined;
}

/** The repository of CodeCommit that a Git URL names. @default - it names none */
export function codeCommitAt(url: string): { readonly region: string; readonly name: string } | undefined {
  const place = placeOf(url);
  const region = /^git-codecommit(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/.exec(place?.host ?? '')?.[1];
  const name = /^v1\/repos\/([\w.-]+)$/.exec(place?.path ?? '')?.[1];
  return region === undefined || name === undefined ? undefined : { region, name };
}
