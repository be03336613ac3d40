/** What a run of the suite was asked for. */
export interface Wishes {
  /** Names of files. @default - all */
  readonly only?: readonly string[];
  /** The context of an existing cluster. @default - control planes of the run's own */
  readonly context?: string;
  /** The variable `KUBECONFIG`. @default - it isn't set */
  readonly kubeconfig?: string;
  /** The contexts that the kubeconfig has. */
  readonly contexts: readonly string[];
}

/** A file of tests. */
export interface TestFile {
  readonly name: string;
  readonly path: string;
  /** Its folder: `plane` where all files share one control plane, which may be an existing cluster. */
  readonly folder: 'controllers' | 'host' | 'plane';
}

/** What is run, and what isn't. */
export interface Selection {
  readonly files: readonly TestFile[];
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
}

/** Why files of a folder don't run on an existing cluster. */
const reasons = {
  controllers: 'it starts controllers as processes of this machine, which must be the only ones of their cluster',
  host: 'it needs no cluster, or empty ones of its own on which nobody else changes anything',
} as const;

/** Decides what runs where. An existing cluster is used only when its context is named, never because a kubeconfig happens to name one. */
export function select(files: readonly TestFile[], wishes: Wishes): Selection | { readonly problem: string } {
  const { only = [], context } = wishes;
  const names = files.map(({ name }) => name).sort();
  const unknown = only.filter((name) => !names.includes(name));
  if (unknown.length > 0) return { problem: `--only: expected one of ${names.join(', ')}, got ${unknown.join(', ')}` };
  const wanted = files.filter(({ name }) => only.length === 0 || only.includes(name));
  if (context === undefined) return { files: wanted, skipped: [] };
  const problem = contextProblem(context, wishes);
  if (problem !== undefined) return { problem };
  const elsewhere = wanted.flatMap(({ name, folder }) => (folder === 'plane' ? [] : [{ name, reason: reasons[folder] }]));
  const asked = elsewhere.filter(({ name }) => only.includes(name));
  if (asked.length > 0) return { problem: asked.map(({ name, reason }) => `--only ${name}: doesn't run on an existing cluster: ${reason}`).join('\n') };
  return { files: wanted.filter(({ folder }) => folder === 'plane'), skipped: elsewhere };
}

function contextProblem(context: string, { kubeconfig, contexts }: Wishes): string | undefined {
  if (kubeconfig === undefined || kubeconfig === '') return '--context: expected KUBECONFIG to name the kubeconfig of the cluster, because ~/.kube/config is never read; it isn\'t set';
  if (contexts.includes(context)) return undefined;
  const found = contexts.length === 0 ? 'no context at all' : [...contexts].sort().join(', ');
  return `--context: expected a context of ${kubeconfig}, got ${JSON.stringify(context)}; it has ${found}`;
}
