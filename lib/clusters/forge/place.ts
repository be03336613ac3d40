import type { Repository } from '../../model/repository.ts';
import { forgeOf } from '../../runtime-repo/forge.ts';
import type { Problem } from '../../values/errors.ts';
import { didYouMean } from '../../values/suggest.ts';
import { apiProblem } from './ask.ts';
import type { Forge, ForgeKind } from './forge.ts';
import { forges, isForgeKind } from './forges.ts';

/** What the stack's config says of the forge. */
export interface ForgeSettings {
  /** @default - what is known of the repository's host */
  readonly forge?: string;
  /** @default - where the forge has it on the repository's host */
  readonly forgeApi?: string;
}

/** A repository at a forge. */
export interface ForgePlace {
  readonly forge: ForgeKind;
  /** Base URL of the API, without a slash at the end. */
  readonly api: string;
  /** `owner/name`, with groups on GitLab. */
  readonly repository: string;
  /** The page on which a person adds a deploy key. */
  readonly page: string;
}

/** A repository at a forge, or why it can't be told where it is. */
export type FoundPlace = { readonly place: ForgePlace; readonly problems: readonly [] } | { readonly place?: undefined; readonly problems: readonly Problem[] };

/** The forge of a repository, by its host's name or by what the config says. */
export function placeOf({ url }: Pick<Repository, 'url'>, settings: ForgeSettings): FoundPlace {
  const address = addressOf(url);
  if (address === undefined) return { problems: [{ where: 'slipway:forgeToken', message: `expected a runtime repo at a forge, which has a host, got ${url}`, fix: 'pulumi config rm slipway:forgeToken, and let the key in by hand' }] };
  const { host, repository } = address;
  const said = settings.forge ?? Object.values(forges).find(({ hosts }) => hosts.includes(host))?.kind;
  if (said === undefined) {
    const guess = forgeOf(url)?.kind;
    return { problems: [{ where: 'slipway:forge', message: `expected which kind of forge ${host} is (${Object.keys(forges).join(', ')}), got nothing`, fix: `pulumi config set slipway:forge ${guess !== undefined && guess !== 'bitbucket' ? guess : 'KIND'}; and slipway:forgeApi, where its API isn't where it commonly is` }] };
  }
  if (!isForgeKind(said)) return { problems: [{ where: 'slipway:forge', message: `expected a kind of forge, got ${JSON.stringify(said)}.${didYouMean(said, Object.keys(forges))}` }] };
  const forge = forges[said];
  const api = (settings.forgeApi ?? forge.apiOf(host)).replace(/\/+$/, '');
  const problems = [...partsProblems(forge, repository), ...apiProblems(api)];
  return problems.length > 0 ? { problems } : { place: { forge: forge.kind, api, repository, page: forge.page(host, repository) }, problems: [] };
}

/** Where a person pastes a deploy key; undefined where it isn't known what the repository's host is. */
export function pageFor(repository: Pick<Repository, 'url'>, settings: ForgeSettings): string | undefined {
  const guess = forgeOf(repository.url)?.kind;
  return placeOf(repository, { ...(guess !== undefined && guess !== 'bitbucket' && { forge: guess }), ...settings }).place?.page;
}

function partsProblems({ name, parts: { least, most } }: Forge, repository: string): Problem[] {
  const count = repository.split('/').length;
  if (count >= least && count <= (most ?? count)) return [];
  return [{ where: 'the runtime repo', message: `expected the path of a repository at ${name}, ${most === undefined ? 'group/…/name' : 'owner/name'}, got ${repository}`, fix: 'give the URL from which it is cloned by SSH' }];
}

function apiProblems(api: string): Problem[] {
  const message = apiProblem(api);
  return message === undefined ? [] : [{ where: 'slipway:forgeApi', message, fix: 'give the URL by which the forge documents its API, such as https://git.acme.example/api/v4; http is for this machine alone' }];
}

/** Other names of hosts, by which SSH gets through firewalls. */
const otherNames: Readonly<Record<string, string>> = { 'altssh.gitlab.com': 'gitlab.com', 'ssh.github.com': 'github.com' };

/** Host (of its web pages: without the port of SSH) and path of a Git URL; undefined where it has none, as a file. */
function addressOf(url: string): { readonly host: string; readonly repository: string } | undefined {
  const text = url.replace(/^([\w.-]+@[\w.-]+):(?!\/\/)/, 'ssh://$1/');
  if (!/^(https?|ssh|git):\/\//.test(text) || !URL.canParse(text)) return undefined;
  const { protocol, hostname, host, pathname } = new URL(text);
  const repository = pathname.replace(/^\/+/, '').replace(/\/+$/, '').replace(/\.git$/, '');
  const web = (protocol.startsWith('http') ? host : hostname).toLowerCase();
  return repository === '' || web === '' ? undefined : { host: otherNames[web] ?? web, repository };
}
