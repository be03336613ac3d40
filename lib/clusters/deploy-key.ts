import type * as pulumi from '@pulumi/pulumi';
import { needing } from './providers.ts';
import type { DeployKey } from './secrets/repository.ts';

/** A new ed25519 key pair for one cluster: no other cluster's key is touched, and replacing it rotates this one's alone. */
export async function makeDeployKey(cluster: string, opts: pulumi.CustomResourceOptions): Promise<DeployKey> {
  const tls = await needing('@pulumi/tls', 'deploy keys', () => import('@pulumi/tls'));
  const key = new tls.PrivateKey(`${cluster}-deploy-key`, { algorithm: 'ED25519' }, { ...opts, additionalSecretOutputs: ['privateKeyOpenssh', 'privateKeyPem', 'privateKeyPemPkcs8'] });
  return { privateKey: key.privateKeyOpenssh, publicKey: key.publicKeyOpenssh.apply((line) => `${line.trim()} slipway-${cluster}`) };
}
