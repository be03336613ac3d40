import { execFile } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { binary, build } from './build.ts';

/** Where the keys and certificates of one control plane lie. */
export interface Pki {
  readonly folder: string;
  /** The path of a file: `file('ca.crt')`. */
  file(name: string): string;
  /** What a client needs: the authority, and the administrator's certificate and key, as PEM. */
  readonly client: ClientCertificate;
}

/** What a TLS client of the API server presents, as PEM. */
export interface ClientCertificate {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** Makes fresh keys and certificates (`tools/pki`) in a folder that only this user can read. */
export async function createPki(folder: string): Promise<Pki> {
  await mkdir(folder, { mode: 0o700 });
  await promisify(execFile)(binary(await build('pki'), 'pki'), [folder]);
  const file = (name: string): string => join(folder, name);
  const [ca, cert, key] = await Promise.all(['ca.crt', 'admin.crt', 'admin.key'].map((name) => readFile(file(name), 'utf8')));
  return { folder, file, client: { ca: ca!, cert: cert!, key: key! } };
}

/** The text of a kubeconfig (JSON is YAML too) for the administrator. */
export function kubeconfigText(server: string, client: ClientCertificate, name = 'slipway-e2e'): string {
  const user = { 'client-certificate-data': base64(client.cert), 'client-key-data': base64(client.key) };
  return configText(name, server, client.ca, user);
}

/** The text of a kubeconfig for whoever has a token, such as a service account's. */
export function tokenKubeconfigText(server: string, ca: string, token: string): string {
  return configText('service-account', server, ca, { token });
}

function configText(name: string, server: string, ca: string, user: Readonly<Record<string, string>>): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server, 'certificate-authority-data': base64(ca) } }],
    users: [{ name, user }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    'current-context': name,
  });
}

function base64(pem: string): string {
  return Buffer.from(pem).toString('base64');
}
