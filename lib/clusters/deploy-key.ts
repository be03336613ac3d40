import * as pulumi from '@pulumi/pulumi';
import type { Repository } from '../model/repository.ts';
import type { Problem } from '../values/errors.ts';
import { pageFor, placeOf } from './forge/place.ts';
import { DeployKeyRegistration } from './forge/resource.ts';
import { needing } from './providers.ts';
import type { DeployKey } from './secrets/repository.ts';
import type { StackSettings } from './settings.ts';

/** Where a deploy key opens a repository, and who lets it in. */
export interface DeployKeyArgs {
  readonly repository: Repository;
  readonly settings: Pick<StackSettings, 'forge' | 'forgeApi' | 'forgeToken'>;
}

/** A deploy key that is made, or going to be. */
export interface MadeDeployKey extends DeployKey {
  /** Whether it is let in by the stack itself; otherwise a person does it. */
  readonly isRegistered: boolean;
  /** What the stack tells of it, by the name of the output. */
  readonly outputs: Readonly<Record<string, pulumi.Input<unknown>>>;
}

/** What is wrong with the stack's config about the forge: told before anything is made. */
export function deployKeyProblems({ repository, settings }: DeployKeyArgs): readonly Problem[] {
  if (settings.forgeToken === undefined) return [];
  if (repository.credential?.kind === 'deploy-key') return placeOf(repository, settings).problems;
  return [{ where: 'slipway:forgeToken', message: `expected none, because no deploy key opens the runtime repo (its credential is ${repository.credential?.kind ?? 'none'}), got one`, fix: 'pulumi config rm slipway:forgeToken' }];
}

/**
 * A new ed25519 key pair for one cluster: no other cluster's key is touched, and replacing it rotates this one's alone. With a token of the
 * forge it is registered there, before anything gets its private part; without one, the outputs say where to paste it.
 */
export async function makeDeployKey(cluster: string, { repository, settings }: DeployKeyArgs, opts: pulumi.CustomResourceOptions): Promise<MadeDeployKey> {
  const tls = await needing('@pulumi/tls', 'deploy keys', () => import('@pulumi/tls'));
  const key = new tls.PrivateKey(`${cluster}-deploy-key`, { algorithm: 'ED25519' }, { ...opts, additionalSecretOutputs: ['privateKeyOpenssh', 'privateKeyPem', 'privateKeyPemPkcs8'] });
  const publicKey = key.publicKeyOpenssh.apply((line) => `${line.trim()} slipway-${cluster}`);
  const outputs = { deployKey: publicKey, deployKeyBelongsTo: repository.url };
  const { place } = placeOf(repository, settings);
  if (settings.forgeToken === undefined || place === undefined) {
    const page = pageFor(repository, settings);
    return { privateKey: key.privateKeyOpenssh, publicKey, isRegistered: false, outputs: { ...outputs, ...(page !== undefined && { deployKeyPage: page }) } };
  }
  const { forge, api, repository: path } = place;
  const registration = new DeployKeyRegistration(`${cluster}-deploy-key`, { cluster, forge, api, repository: path, publicKey, token: settings.forgeToken }, opts);
  // Its URN is known in previews too, and whoever uses the key comes after the registration because of it.
  const privateKey = pulumi.all([key.privateKeyOpenssh, registration.urn]).apply(([text]) => text);
  return { privateKey, publicKey, isRegistered: true, outputs: { ...outputs, deployKeyTitle: registration.title } };
}
