/** A Git hosting service, as far as pull requests go. */
export type ForgeKind = 'github' | 'gitlab' | 'gitea' | 'bitbucket';

/** A repository on a hosting service. */
export interface Forge {
  readonly kind: ForgeKind;
  /** Host, with a port where the web address has one. */
  readonly host: string;
  /** `owner/name`, with groups on GitLab. */
  readonly repository: string;
}

const kinds: readonly (readonly [RegExp, ForgeKind])[] = [
  [/(^|[.-])github([.-]|$)/i, 'github'],
  [/(^|[.-])gitlab([.-]|$)/i, 'gitlab'],
  [/(^|[.-])(gitea|forgejo|codeberg)([.-]|$)/i, 'gitea'],
  [/(^|[.-])bitbucket([.-]|$)/i, 'bitbucket'],
];

/** The hosting service of a Git URL (https, ssh, and `git@host:path`), told by its host name; `undefined` when the name doesn't say. */
export function forgeOf(url: string): Forge | undefined {
  const web = /^(https?|ssh|git):\/\/(?:[^/@]*@)?([^/:]+)(:\d+)?\/(.+)$/i.exec(url);
  const short = web === null ? /^(?:[^/@:]+@)?([^/:@]+):(?!\/\/)(.+)$/.exec(url) : null;
  const name = web?.[2] ?? short?.[1];
  const path = (web?.[4] ?? short?.[2])?.replace(/^\/+/, '').replace(/\/+$/, '').replace(/\.git$/, '');
  if (name === undefined || path === undefined || path === '') return undefined;
  const kind = kinds.find(([pattern]) => pattern.test(name))?.[1];
  const port = web !== null && /^https?$/i.test(web[1] ?? '') ? web[3] ?? '' : '';
  return kind === undefined ? undefined : { kind, host: `${name.replace(/^(ssh|altssh)\./, '')}${port}`, repository: path };
}

/** The page on which a person opens a pull request from one branch to another. */
export function compareUrl(forge: Forge, from: string, to: string): string {
  const root = `https://${forge.host}/${forge.repository.split('/').map(encodeURIComponent).join('/')}`;
  const [head, base] = [encodeURIComponent(from), encodeURIComponent(to)];
  switch (forge.kind) {
    case 'github':
      return `${root}/compare/${base}...${head}?expand=1`;
    case 'gitlab':
      return `${root}/-/merge_requests/new?merge_request%5Bsource_branch%5D=${head}&merge_request%5Btarget_branch%5D=${base}`;
    case 'gitea':
      return `${root}/compare/${base}...${head}`;
    case 'bitbucket':
      return `${root}/pull-requests/new?source=${head}&dest=${base}`;
    default:
      return forge.kind satisfies never;
  }
}

/** The web address that a server prints after a push (`remote: … https://…`), for hosts whose name doesn't say what they are. */
export function announcedUrl(said: string): string | undefined {
  return said.split('\n').filter((line) => line.startsWith('remote:')).map((line) => /https?:\/\/\S+/.exec(line)?.[0]).find((url) => url !== undefined);
}
