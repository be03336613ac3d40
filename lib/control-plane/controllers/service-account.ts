import { readFile } from 'node:fs/promises';
import { tokenKubeconfigText } from '../pki.ts';
import type { Plane } from '../plane.ts';

/** Seconds for which a token is good: longer than any run. */
const lifetime = 6 * 3600;

/** A kubeconfig with a fresh token of a service account, such as a pod of it would have. */
export async function serviceAccountKubeconfig(plane: Plane, namespace: string, name: string): Promise<string> {
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`;
  const request = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: lifetime } };
  const answer = await plane.api.send('POST', path, request);
  if (answer.status !== 201) throw new Error(`POST ${path}: expected status 201, got ${answer.status}: ${answer.body}`);
  const { status } = JSON.parse(answer.body) as { readonly status: { readonly token: string } };
  const admin = JSON.parse(await readFile(plane.kubeconfig, 'utf8')) as AdminConfig;
  const ca = Buffer.from(admin.clusters[0].cluster['certificate-authority-data'], 'base64').toString('utf8');
  return tokenKubeconfigText(plane.server, ca, status.token);
}

/** The part of a plane's kubeconfig that we read. */
interface AdminConfig {
  readonly clusters: readonly [{ readonly cluster: { readonly 'certificate-authority-data': string } }];
}
