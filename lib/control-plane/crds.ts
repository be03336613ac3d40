import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { moduleFolder, type GoModule } from './go-module.ts';
import type { Plane } from './plane.ts';
import { waitFor } from './process.ts';
import { argoCdModules, argoRolloutsModule, fluxInstallManifest } from './releases.ts';

/** Where CustomResourceDefinitions of an API group come from: a folder of a Go module, or a manifest that we put together. */
type CrdSource = (GoModule & { readonly folder: string }) | { readonly manifest: () => Promise<string> };

/**
 * API groups whose definitions are at hand; a group may have several sources. external-secrets 2 is not to be had as a module: its
 * last version 1 serves the same API version, `external-secrets.io/v1`.
 */
export const crdSources: Readonly<Record<string, readonly CrdSource[]>> = {
  'argoproj.io': [
    { ...argoRolloutsModule, folder: 'manifests/crds' },
    { ...argoCdModules['3.2.11'], folder: 'manifests/crds' },
  ],
  'bitnami.com': [{
    module: 'github.com/bitnami-labs/sealed-secrets',
    version: 'v0.36.6',
    sum: 'h1:oXj+YUIp/eS8NI81BYLcF8yPwxBf8d+gRpTHJ/Qg/R8=',
    folder: 'helm/sealed-secrets/crds',
  }],
  'external-secrets.io': [{
    module: 'github.com/external-secrets/external-secrets',
    version: 'v1.3.2',
    sum: 'h1:u2J8RjlHIeF0oZCqtl92adI/uZWUwOesJIDkfql6LqQ=',
    folder: 'config/crds/bases',
  }],
  'gateway.networking.k8s.io': [{
    module: 'sigs.k8s.io/gateway-api',
    version: 'v1.6.1',
    sum: 'h1:mock6phZbI6rvZerwrVNk7hVNymQgHo+6sJ81Ia7ftY=',
    folder: 'config/crd/standard',
  }],
  ...Object.fromEntries(
    ['helm', 'image', 'kustomize', 'notification', 'source'].map((part) => [
      `${part}.toolkit.fluxcd.io`,
      [{ manifest: () => fluxInstallManifest({ imageAutomation: true }) }],
    ]),
  ),
  'monitoring.coreos.com': [{
    module: 'github.com/prometheus-operator/prometheus-operator',
    version: 'v0.93.0',
    sum: 'h1:AohlYJT+En8TmNpAcEUJ3GsaJTAqfEBwHmGTVpRm/Io=',
    folder: 'example/prometheus-operator-crd',
  }],
};

/** A CustomResourceDefinition, as far as we read it. */
export interface Definition {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: { readonly group: string; readonly names: { readonly kind: string } };
}

/** The YAML texts that hold an API group's definitions, from Go modules that are downloaded unless Go has them. @throws when the group is not listed, a module cannot be had or its checksum differs */
export async function definitionTexts(group: string): Promise<string[]> {
  const sources = crdSources[group];
  if (sources === undefined) {
    throw new Error(`no CustomResourceDefinitions for ${group}: add it to lib/control-plane/crds.ts, which has ${Object.keys(crdSources).sort().join(', ')}`);
  }
  return (await Promise.all(sources.map(textsOf))).flat();
}

async function textsOf(source: CrdSource): Promise<string[]> {
  if ('manifest' in source) return (await source.manifest()).split('\n---\n');
  const folder = join(await moduleFolder(source), source.folder);
  const files = (await readdir(folder)).filter((file) => file.endsWith('.yaml')).sort();
  return Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
}

/** An object's API version and kind. */
interface Typed {
  readonly apiVersion: string;
  readonly kind: string;
}

/** Installs the definitions of the custom resources among objects and waits until the server serves them. */
export async function installCrds(plane: Plane, objects: readonly Typed[]): Promise<void> {
  const items = await customDefinitions(objects);
  if (items.length === 0) return;
  const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
  await plane.kubectl(['apply', '--server-side', '-f', '-'], { input });
  await awaitDefinitions(plane, ...items.map(({ metadata }) => `crd/${metadata.name}`));
}

/** Waits until definitions, as kubectl names them, are established. */
export async function awaitDefinitions(plane: Pick<Plane, 'kubectl'>, ...names: readonly string[]): Promise<void> {
  // `kubectl wait` gives up at once on a definition so young that it has no conditions: it is asked again.
  await waitFor('the definitions to be established', async () => (await plane.kubectl(['wait', '--for=condition=Established', '--timeout=30s', ...names])).stdout, { seconds: 240, programs: [] });
}

/** The definitions of the custom resources among objects. */
export async function customDefinitions(objects: readonly Typed[]): Promise<Definition[]> {
  return (await Promise.all([...customKinds(objects)].map(([group, names]) => definitionsOf(group, names)))).flat();
}

/** The kinds of each group that is not Kubernetes' own: a group listed above, or one with another domain. */
function customKinds(objects: readonly Typed[]): Map<string, Set<string>> {
  const kinds = new Map<string, Set<string>>();
  for (const { apiVersion, kind } of objects) {
    const [group, version] = apiVersion.split('/') as [string, string?];
    if (version === undefined || (!(group in crdSources) && (!group.includes('.') || group.endsWith('.k8s.io')))) continue;
    kinds.set(group, (kinds.get(group) ?? new Set()).add(kind));
  }
  return kinds;
}

async function definitionsOf(group: string, kinds: ReadonlySet<string>): Promise<Definition[]> {
  const texts = await definitionTexts(group);
  return [...kinds].map((kind) => {
    // Parsed only where the kind stands: some of these files have 10,000 lines.
    const objects = texts.filter((text) => text.includes(`kind: ${kind}\n`)).flatMap((text) => parseAllDocuments(text).map((document) => document.toJS() as Definition | null));
    const found = objects.find((object) => object?.kind === 'CustomResourceDefinition' && object.spec.group === group && object.spec.names.kind === kind);
    if (!found) throw new Error(`no CustomResourceDefinition for ${group} ${kind} in what lib/control-plane/crds.ts names for it`);
    return found;
  });
}
