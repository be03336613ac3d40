import type * as pulumi from '@pulumi/pulumi';
import type { Controller } from '../../model/cluster.ts';
import type { Repository } from '../../model/repository.ts';
import type { Problem } from '../../values/errors.ts';
import type { StackSettings } from '../settings.ts';
import { knownHostsOf, knownHostsProblems } from './known-hosts.ts';

/** The two parts of a deploy key. */
export interface DeployKey {
  /** OpenSSH's own format. A secret. */
  readonly privateKey: pulumi.Input<string>;
  /** One line, as authorized_keys has it. */
  readonly publicKey: pulumi.Input<string>;
}

/** What is missing in the stack's config for the credential by which a controller reads the runtime repo. */
export function credentialProblems(controller: Controller['kind'], repository: Repository, settings: StackSettings): Problem[] {
  const { credential } = repository;
  switch (credential?.kind) {
    case 'deploy-key':
      return controller === 'flux' ? knownHostsProblems(repository, settings.knownHosts) : [];
    case undefined:
      return [];
    case 'github-app':
      return settings.githubAppPrivateKey === undefined ? [wanted('githubAppPrivateKey', `the private key of the GitHub App ${credential.appId}`)] : [];
    case 'codecommit':
    case 'secret':
      return settings.repositoryToken === undefined ? [wanted('repositoryToken', 'the token or password that reads the runtime repo')] : [];
    default:
      return credential satisfies never;
  }
}

function wanted(key: string, what: string): Problem {
  return { where: `slipway:${key}`, message: `expected ${what}, got nothing`, fix: `pulumi config set --secret slipway:${key}` };
}

/** Data of the Secret by which a controller reads the runtime repo. */
export function repositoryData(controller: Controller['kind'], repository: Repository, settings: StackSettings, key: DeployKey | undefined): Record<string, pulumi.Input<string>> {
  const { credential, url } = repository;
  const own: Record<string, string> = controller === 'argo-cd' ? { type: 'git', url } : {};
  switch (credential?.kind) {
    case 'deploy-key': {
      if (key === undefined) throw new TypeError('a deploy key was expected');
      return controller === 'argo-cd' ? { ...own, sshPrivateKey: key.privateKey } : { identity: key.privateKey, 'identity.pub': key.publicKey, known_hosts: knownHostsOf(repository, settings.knownHosts) };
    }
    case 'github-app':
      return { ...own, githubAppID: String(credential.appId), githubAppInstallationID: String(credential.installationId), githubAppPrivateKey: settings.githubAppPrivateKey ?? '' };
    case 'codecommit':
    case 'secret':
      return { ...own, username: settings.repositoryUser, password: settings.repositoryToken ?? '' };
    case undefined:
      return own;
    default:
      return credential satisfies never;
  }
}
