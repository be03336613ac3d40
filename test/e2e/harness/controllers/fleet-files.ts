import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { argoCdInstallManifest, fluxInstallManifest } from '../../../../lib/control-plane/releases.ts';
import { root } from '../sample-fleet.ts';
import { folderOf, lockOf, type UpstreamManifest } from './upstream-manifests.ts';

/** The clusters of the tests' fleet: the same apps under either controller. */
export const clusters = { 'argo-cd': 'blue', flux: 'green' } as const;

/** The apps of the tests' fleet: this project's own samples. */
export const apps = ['flask-api', 'hello-tornado', 'storefront'] as const;

/** The environment whose apps the controllers apply by themselves, and the one that waits to be asked. */
export const environments = { automated: 'prod', waiting: 'dev' } as const;

/** The Argo CD from which the fleet starts and the one to which it is upgraded. */
export const argoCdVersions = { first: '3.2.6', next: '3.2.11' } as const;

/**
 * A fleet of this project's own sample apps on two clusters, one under Argo CD and one under Flux. Changed in the samples: their
 * environments are prod and dev only, and none rolls out by canary.
 *
 * @param runtimeRepo the URL from which the clusters read
 */
export async function fleetFiles(runtimeRepo: string): Promise<Record<string, string>> {
  const imports = (names: string): string => `import { ${names} } from '../lib/index.ts';\n`;
  const environment = (name: string, options: string): string =>
    `${imports('defineEnvironment')}import blue from './clusters/blue.ts';\nimport green from './clusters/green.ts';\nexport default defineEnvironment({ name: '${name}', clusters: [blue, green], registry: 'ghcr.io/acme', domain: '${name}.acme.example', images: { digests: 'optional' }, ${options} });\n`;
  const samples = await Promise.all(apps.map(async (app) => [`apps/${app}.ts`, await sample(app)] as const));
  return {
    ...blueAt(argoCdVersions.first),
    'environments/clusters/green.ts': cluster(clusters.flux, 'flux()', 'flux'),
    'environments/prod.ts': environment(environments.automated, ''),
    'environments/dev.ts': environment(environments.waiting, `sync: 'none'`),
    'environments/index.ts': `${imports('defineFleet')}import dev from './dev.ts';\nimport prod from './prod.ts';\nexport default defineFleet({ environments: [dev, prod], runtimeRepo: { url: '${runtimeRepo}' } });\n`,
    'environments/images/prod/kustomization.yaml': pins(),
    'environments/images/dev/kustomization.yaml': pins(),
    'environments/upstream.lock.yaml': lockOf(await manifests()),
    ...Object.fromEntries(samples),
  };
}

/** The definition of the cluster under Argo CD at a version. */
export function blueAt(version: string): Record<string, string> {
  return { 'environments/clusters/blue.ts': cluster(clusters['argo-cd'], `argoCd({ version: '${version}' })`, 'argoCd') };
}

/** The definition of a cluster under either controller. */
export function clusterUnder(name: string, kind: keyof typeof clusters): Record<string, string> {
  return { [`environments/clusters/${name}.ts`]: kind === 'flux' ? cluster(name, 'flux()', 'flux') : cluster(name, `argoCd({ version: '${argoCdVersions.next}' })`, 'argoCd') };
}

/** What add-ons would bring; the tests install it before anything else. */
const existingDefinitions = ['external-secrets.io', 'gateway.networking.k8s.io', 'monitoring.coreos.com'];

function cluster(name: string, controller: string, factory: string): string {
  return `import { defineCluster, ${factory} } from '../../lib/index.ts';\nexport default defineCluster({ name: '${name}', provider: 'existing', kubernetes: '1.35', existingDefinitions: ${JSON.stringify(existingDefinitions)}, controller: ${controller} });\n`;
}

/** A sample app's file, with prod and dev as its environments unless others are named, and as a Deployment: canaries have a fleet of their own. */
export async function sample(app: string, of: readonly string[] = [environments.waiting, environments.automated]): Promise<string> {
  const text = await readFile(join(root, 'apps', `${app}.ts`), 'utf8');
  const changed = text.replace(/environments: \[[^\]]*\]/, `environments: ${JSON.stringify(of)}`);
  if (changed === text) throw new Error(`apps/${app}.ts: expected its environments in one line`);
  const plain = changed.replace(/^ *rollout: .*\n/m, '');
  if (/\brollout:/.test(plain)) throw new Error(`apps/${app}.ts: expected its rollout in one line`);
  return plain;
}

/** The pins of an environment: every app at version v1 but those that are named. */
export function pins(tags: Partial<Record<(typeof apps)[number], string>> = {}): string {
  return `images:\n${apps.map((name) => `  - name: ${name}\n    newName: ghcr.io/acme/${name}\n    newTag: ${tags[name] ?? 'v1'}\n`).join('')}`;
}

async function manifests(): Promise<UpstreamManifest[]> {
  const argoCd = await Promise.all(Object.values(argoCdVersions).map(async (version) => ({ name: 'argo-cd', version, text: await argoCdInstallManifest(version) })));
  return [...argoCd, { name: 'flux', version: '2.9.4', text: await fluxInstallManifest() }];
}

/** A folder of upstream manifests, as `slipway vendor --from` reads one. */
export async function upstreamFolder(): Promise<string> {
  return folderOf(await manifests());
}
