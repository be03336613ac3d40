import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { cacheFolder } from './build.ts';
import type { Plane } from './plane.ts';
import { run } from './run-program.ts';

/** Where the CustomResourceDefinitions of an API group come from: a folder of a Go module. */
interface CrdSource {
  readonly module: string;
  readonly version: string;
  /** The module's checksum, as in a go.sum. */
  readonly sum: string;
  readonly folder: string;
}

/**
 * API groups that the suite installs. external-secrets 2 is not to be had as a module: its last version 1 serves the same
 * API version, `external-secrets.io/v1`.
 */
export const crdSources: Readonly<Record<string, CrdSource>> = {
  'argoproj.io': {
    module: 'github.com/argoproj/argo-rollouts',
    version: 'v1.10.1',
    sum: 'h1:6oyVPGiHHxu3ixkT6mngemh88HLPDoTX1IwO6KNR1Y4=',
    folder: 'manifests/crds',
  },
  'bitnami.com': {
    module: 'github.com/bitnami-labs/sealed-secrets',
    version: 'v0.36.6',
    sum: 'h1:oXj+YUIp/eS8NI81BYLcF8yPwxBf8d+gRpTHJ/Qg/R8=',
    folder: 'helm/sealed-secrets/crds',
  },
  'external-secrets.io': {
    module: 'github.com/external-secrets/external-secrets',
    version: 'v1.3.2',
    sum: 'h1:u2J8RjlHIeF0oZCqtl92adI/uZWUwOesJIDkfql6LqQ=',
    folder: 'config/crds/bases',
  },
  'gateway.networking.k8s.io': {
    module: 'sigs.k8s.io/gateway-api',
    version: 'v1.6.1',
    sum: 'h1:mock6phZbI6rvZerwrVNk7hVNymQgHo+6sJ81Ia7ftY=',
    folder: 'config/crd/standard',
  },
  'monitoring.coreos.com': {
    module: 'github.com/prometheus-operator/prometheus-operator',
    version: 'v0.93.0',
    sum: 'h1:AohlYJT+En8TmNpAcEUJ3GsaJTAqfEBwHmGTVpRm/Io=',
    folder: 'example/prometheus-operator-crd',
  },
};

/** A CustomResourceDefinition, as far as we read it. */
interface Definition {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: { readonly group: string; readonly names: { readonly kind: string } };
}

/** The files of an API group's folder, from a Go module that is downloaded unless Go has it. @throws when the group is not listed, the module cannot be had or its checksum differs */
export async function definitionFiles(group: string): Promise<string[]> {
  const source = crdSources[group];
  if (source === undefined) {
    throw new Error(`no CustomResourceDefinitions for ${group}: add it to test/e2e/harness/crds.ts, which has ${Object.keys(crdSources).sort().join(', ')}`);
  }
  const folder = join(await download(source), source.folder);
  return (await readdir(folder)).filter((file) => file.endsWith('.yaml')).sort().map((file) => join(folder, file));
}

/** An object's API version and kind. */
interface Typed {
  readonly apiVersion: string;
  readonly kind: string;
}

/** Installs the definitions of the custom resources among objects and waits until the server serves them. */
export async function installCrds(plane: Plane, objects: readonly Typed[]): Promise<void> {
  const kinds = customKinds(objects);
  const items = (await Promise.all([...kinds].map(([group, names]) => definitionsOf(group, names)))).flat();
  if (items.length === 0) return;
  const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
  await plane.kubectl(['apply', '--server-side', '-f', '-'], { input });
  const names = items.map(({ metadata }) => `crd/${metadata.name}`);
  await plane.kubectl(['wait', '--for=condition=Established', '--timeout=60s', ...names]);
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
  const texts = await Promise.all((await definitionFiles(group)).map((file) => readFile(file, 'utf8')));
  return [...kinds].map((kind) => {
    // Parsed only where the kind stands: some of these files have 10,000 lines.
    const objects = texts.filter((text) => text.includes(`kind: ${kind}\n`)).flatMap((text) => parseAllDocuments(text).map((document) => document.toJS() as Definition | null));
    const found = objects.find((object) => object?.kind === 'CustomResourceDefinition' && object.spec.group === group && object.spec.names.kind === kind);
    if (!found) throw new Error(`no CustomResourceDefinition for ${group} ${kind} in ${crdSources[group]?.module}`);
    return found;
  });
}

async function download({ module, version, sum }: CrdSource): Promise<string> {
  const cwd = cacheFolder();
  await mkdir(cwd, { recursive: true });
  // The checksum above is what we trust; no other is asked for.
  const env = { ...process.env, GO111MODULE: 'on', GOFLAGS: '-mod=mod', GOWORK: 'off', GONOSUMDB: '*' };
  const { stdout, stderr } = await run('go', ['mod', 'download', '-json', `${module}@${version}`], { cwd, env });
  const answer = JSON.parse(stdout || '{}') as { readonly Dir?: string; readonly Sum?: string; readonly Error?: string };
  if (answer.Dir === undefined) throw new Error(`${module}@${version} cannot be downloaded: ${answer.Error ?? stderr}`);
  if (answer.Sum !== sum) throw new Error(`${module}@${version}: expected the checksum ${sum}, got ${answer.Sum}`);
  return answer.Dir;
}
