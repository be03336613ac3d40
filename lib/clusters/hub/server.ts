import { readFileSync } from 'node:fs';
import { KubeConfig } from '@kubernetes/client-node';
import { SlipwayError } from '../../values/errors.ts';

/** How Argo CD checks whom it talks to: the field `tlsClientConfig` of its `config`. */
export interface TlsClientConfig {
  readonly insecure: false;
  /** Base64 of the certificate authority. @default - one that every machine trusts */
  readonly caData?: string;
  /** Name in the server's certificate. @default - the host of its URL */
  readonly serverName?: string;
}

/**
 * What a kubeconfig says of its server's certificate.
 *
 * @throws SlipwayError for one that checks no certificate: a credential would go to whoever answers
 */
export function tlsOf(cluster: string, kubeconfig: string): TlsClientConfig {
  const config = new KubeConfig();
  config.loadFromString(kubeconfig);
  const { caData, caFile, skipTLSVerify = false, tlsServerName } = config.getCurrentCluster() ?? {};
  if (skipTLSVerify) throw SlipwayError.of(`kubeconfig of ${cluster}`, 'expected a certificate authority, by which the hub knows the API server, got insecure-skip-tls-verify', 'give a kubeconfig with certificate-authority-data');
  const authority = caData ?? (caFile === undefined ? undefined : readFileSync(caFile).toString('base64'));
  return { insecure: false, ...(authority !== undefined && { caData: authority }), ...(tlsServerName !== undefined && { serverName: tlsServerName }) };
}
