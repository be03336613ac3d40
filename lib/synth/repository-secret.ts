import { buildFolder } from '../manifests/kustomize/build.ts';
import { layout } from '../manifests/layout.ts';
import type { Repository } from '../model/repository.ts';
import { textAt } from '../values/fields.ts';
import type { RequiredSecret, SecretsInput } from './required-secret.ts';

type Credential = NonNullable<Repository['credential']>;

/** Name of the Secret by which Argo CD reads the runtime repo, unless the credential names one. */
export const argoCdRepositorySecret = 'runtime-repo';

/** The Secret by which a controller reads the runtime repo; undefined where it needs none. */
export function repositorySecret({ cluster, namespace, source, repository }: SecretsInput): RequiredSecret | undefined {
  const folder = layout.root(cluster.name);
  const objects = buildFolder(folder, source);
  const git = objects.find(({ kind }) => kind === 'GitRepository');
  const credential = repository?.credential;
  // Flux names its Secret; Argo CD finds it by its label and the URL.
  const name = cluster.controller.kind === 'flux' ? textAt(git, 'spec', 'secretRef', 'name') : credential === undefined ? undefined : credential.kind === 'secret' ? credential.name : argoCdRepositorySecret;
  if (name === undefined) return undefined;
  return {
    namespace,
    name,
    purpose: 'repository',
    keys: cluster.controller.kind === 'flux' ? fluxKeys(credential) : argoCdKeys(credential),
    ...(cluster.controller.kind === 'argo-cd' && { labels: { 'argocd.argoproj.io/secret-type': 'repository' } }),
    namedBy: [git === undefined ? `${folder}: the runtime repo` : `${folder}: GitRepository/${git.metadata?.name ?? ''}`],
    bring: wayOf(credential),
  };
}

function argoCdKeys(credential: Credential | undefined): string[] {
  switch (credential?.kind) {
    case 'deploy-key':
      return ['sshPrivateKey', 'type', 'url'];
    case 'github-app':
      return ['githubAppID', 'githubAppInstallationID', 'githubAppPrivateKey', 'type', 'url'];
    case 'codecommit':
    case 'secret':
    case undefined:
      return ['password', 'type', 'url', 'username'];
    default:
      return credential satisfies never;
  }
}

function fluxKeys(credential: Credential | undefined): string[] {
  switch (credential?.kind) {
    case 'deploy-key':
      return ['identity', 'known_hosts'];
    case 'github-app':
      return ['githubAppID', 'githubAppInstallationID', 'githubAppPrivateKey'];
    case 'codecommit':
    case 'secret':
      return ['password', 'username'];
    case undefined:
      return [];
    default:
      return credential satisfies never;
  }
}

function wayOf(credential: Credential | undefined): string {
  switch (credential?.kind) {
    case 'deploy-key':
      return 'a new SSH key pair for this cluster: the public part becomes a read-only deploy key of the runtime repo';
    case 'github-app':
      return `the private key of the GitHub App ${credential.appId}, from where the team keeps it (${credential.privateKeySecret})`;
    case 'codecommit':
      return 'Git credentials of the IAM identity that may read the repository';
    case 'secret':
    case undefined:
      return 'a token that may read the runtime repo, from where the team keeps it';
    default:
      return credential satisfies never;
  }
}
