import type { Repository } from '../../model/repository.ts';
import { throwProblems, type Problem } from '../../values/errors.ts';

/** Host keys that the hosts publish themselves, and Argo CD's own install trusts too. */
const published: Readonly<Record<string, string>> = {
  'bitbucket.org': 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIazEu89wgQZ4bqs3d63QSMzYVa0MuJ2e2gKTKqu+UUO',
  'github.com': 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl',
  'gitlab.com': 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAfuCHKVTjquxvt6CM6tdG4SLp1Btn/nOeHHE5UOzRdf',
  'ssh.github.com': 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl',
};

/** Host of a Git URL over SSH, with its port where it isn't 22; undefined for another scheme. */
export function sshHost(url: string): string | undefined {
  const scp = /^[\w.-]+@([\w.-]+):(?!\/\/)/.exec(url)?.[1];
  if (scp !== undefined) return scp;
  if (!url.startsWith('ssh://')) return undefined;
  const { hostname, port } = new URL(url);
  return port === '' || port === '22' ? hostname : `[${hostname}]:${port}`;
}

/** What is wrong with the host keys of a repository: nobody vouches for its host. */
export function knownHostsProblems({ url }: Pick<Repository, 'url'>, said: string | undefined): Problem[] {
  if (said !== undefined || keyOf(url) !== undefined) return [];
  const host = sshHost(url);
  return [{
    where: 'slipway:knownHosts',
    message: `expected the host keys of ${host ?? url}, which Slipway doesn't know`,
    fix: `pulumi config set slipway:knownHosts "$(ssh-keyscan ${host?.replace(/^\[(.*)\]:(\d+)$/, '-p $2 $1') ?? 'HOST'})", after comparing them with what the host's owner says`,
  }];
}

/** Lines of known_hosts for a repository. @throws SlipwayError for a host that nobody vouches for */
export function knownHostsOf(repository: Pick<Repository, 'url'>, said: string | undefined): string {
  throwProblems(knownHostsProblems(repository, said));
  return said === undefined ? `${sshHost(repository.url) ?? ''} ${keyOf(repository.url) ?? ''}\n` : said.endsWith('\n') ? said : `${said}\n`;
}

function keyOf(url: string): string | undefined {
  return published[sshHost(url)?.replace(/^\[(.*)\]:\d+$/, '$1') ?? ''];
}
