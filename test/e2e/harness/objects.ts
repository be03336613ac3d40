import { parseAllDocuments } from 'yaml';
import { binary, build } from '../../../lib/control-plane/build.ts';
import type { Plane } from '../../../lib/control-plane/plane.ts';
import { runOk } from '../../../lib/control-plane/run-program.ts';

/** An object as the server keeps it. */
export interface LiveObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly resourceVersion?: string;
    readonly generation?: number;
    readonly managedFields?: readonly ManagedFields[];
  };
  readonly status?: unknown;
  readonly [field: string]: unknown;
}

/** Which fields a client set, and when it last changed one. */
export interface ManagedFields {
  readonly manager: string;
  readonly subresource?: string;
  readonly [field: string]: unknown;
}

/** Argo CD's finalizer has no domain of the form that Kubernetes wants by now; it is what Argo CD reads. */
const knownWarning = /^Warning: metadata\.finalizers: "resources-finalizer\.argocd\.argoproj\.io": prefer a domain-qualified finalizer name/;

/** The name of the client under which the tests apply. */
export const fieldManager = 'slipway-e2e';

/** What `kustomize build` makes of a folder. */
export async function kustomizeBuild(folder: string): Promise<LiveObject[]> {
  const { stdout } = await runOk(binary(await build('kustomize'), 'kustomize'), ['build', folder]);
  return parseAllDocuments(stdout).map((document) => document.toJS() as LiveObject);
}

/**
 * Server-side apply of a folder with strict field validation.
 *
 * @throws when the server refuses anything, warns of anything, or answers for fewer objects than there are
 */
export async function applyFolder(plane: Plane, folder: string, options: { readonly dryRun?: boolean } = {}): Promise<void> {
  const dryRun = options.dryRun ? ['--dry-run=server'] : [];
  const args = ['apply', '-k', folder, '--server-side', '--validate=strict', `--field-manager=${fieldManager}`, ...dryRun];
  const { stdout, stderr } = await plane.kubectl(args);
  const warnings = stderr.split('\n').filter((line) => line !== '' && !knownWarning.test(line));
  if (warnings.length > 0) throw new Error(`applying ${folder} gave a warning: ${warnings.join('\n')}`);
  const expected = (await kustomizeBuild(folder)).length;
  const applied = stdout.split('\n').filter((line) => line.includes('serverside-applied')).length;
  if (applied !== expected) throw new Error(`applying ${folder}: expected ${expected} objects, got ${applied}:\n${stdout}`);
}

/** Makes the namespaces that a folder's objects lie in: its own, and that of a controller, whose install makes it otherwise. */
export async function makeNamespaces(plane: Plane, folder: string, controllerNamespace: string): Promise<void> {
  const own = (await kustomizeBuild(folder)).filter(({ kind }) => kind === 'Namespace');
  const items = [...own, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: controllerNamespace } }];
  await plane.kubectl(['apply', '--server-side', '-f', '-', `--field-manager=${fieldManager}`], { input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items }) });
}

/**
 * What the server keeps of a folder's objects, sorted by kind and name.
 *
 * @param flags further ones of `kubectl get`
 */
export async function liveObjects(plane: Plane, folder: string, flags: readonly string[] = []): Promise<LiveObject[]> {
  const { stdout } = await plane.kubectl(['get', '-k', folder, '-o', 'json', '--show-managed-fields', ...flags]);
  if (stdout === '') return [];
  const answer = JSON.parse(stdout) as LiveObject & { readonly items?: readonly LiveObject[] };
  return [...(answer.items ?? [answer])].sort((a, b) => (identity(a) < identity(b) ? -1 : 1));
}

/** `Deployment shop/web`. */
export function identity({ kind, metadata }: LiveObject): string {
  return `${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`;
}

/** The paths whose value the server dropped or changed; what it added (defaults, status) is its own affair. */
export function lostFields(sent: unknown, live: unknown, path: string): string[] {
  if (Array.isArray(sent)) {
    if (!Array.isArray(live)) return [`${path}: sent a list, got ${JSON.stringify(live)}`];
    const length = sent.length === live.length ? [] : [`${path}: sent ${sent.length} items, got ${live.length}`];
    return [...length, ...sent.flatMap((item, index) => lostFields(item, live[index], `${path}[${index}]`))];
  }
  if (typeof sent === 'object' && sent !== null) {
    if (typeof live !== 'object' || live === null) return [`${path}: sent an object, got ${JSON.stringify(live)}`];
    const fields = live as Readonly<Record<string, unknown>>;
    return Object.entries(sent).flatMap(([key, item]) => lostFields(item, fields[key], `${path}.${key}`));
  }
  return sent === live ? [] : [`${path}: sent ${JSON.stringify(sent)}, got ${JSON.stringify(live)}`];
}
