import type { Repository } from '../../model/repository.ts';
import { SlipwayError } from '../../values/errors.ts';

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

/** Lines of known_hosts for a repository. @throws SlipwayError for a host that nobody vouches for */
export function knownHostsOf({ url }: Pick<Repository, 'url'>, said: string | undefined): string {
  if (said !== undefined) return said.endsWith('\n') ? said : `${said}\n`;
  const host = sshHost(url);
  const key = host === undefined ? undefined : published[host.replace(/^\[(.*)\]:\d+$/, '$1')];
  if (host !== undefined && key !== undefined) return `${host} ${key}\n`;
  throw SlipwayError.of('slipway:knownHosts', `expected the host keys of ${host ?? url}, which Slipway doesn't know`, `pulumi config set slipway:knownHosts "$(ssh-keyscan ${host?.replace(/^\[(.*)\]:(\d+)$/, '-p $2 $1') ?? 'HOST'})", after comparing them with what the host's owner says`);
}
