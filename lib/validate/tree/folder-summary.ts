import { kubernetesData } from '../schemas/library.ts';
import { record, text } from '../schemas/plain.ts';
import type { KeptObject } from '../kept-object.ts';
import type { LandedObject } from '../scope/landing.ts';

/** What is kept of a folder's objects to see in which order a cluster can be built: each kind once, with an object to show for it. */
export interface FolderSummary {
  readonly folder: string;
  /** Custom resources that it uses, as `<group>/<Kind>`. */
  readonly uses: Map<string, KeptObject>;
  /** Custom resources that it defines, as `<group>/<Kind>`. */
  readonly defines: Map<string, KeptObject>;
  /** Namespaces in which its objects land. */
  readonly namespaces: Map<string, KeptObject>;
  /** Namespaces that it makes. */
  readonly makes: Map<string, KeptObject>;
}

let builtIn: ReadonlySet<string> | undefined;

/** Whether Kubernetes itself has a group and kind, such as `apps/Deployment`, in any version. */
function isBuiltIn(kind: string): boolean {
  builtIn ??= new Set(Object.keys(kubernetesData().kinds).map((key) => {
    const parts = key.split('/');
    return parts.length === 3 ? `${parts[0] ?? ''}/${parts[2] ?? ''}` : parts.at(-1) ?? '';
  }));
  return builtIn.has(kind);
}

export function emptySummary(folder: string): FolderSummary {
  return { folder, uses: new Map(), defines: new Map(), namespaces: new Map(), makes: new Map() };
}

/** Notes an object of a folder. */
export function summarizeObject(summary: FolderSummary, object: LandedObject, kept: KeptObject): void {
  const put = (map: Map<string, KeptObject>, key: string): void => {
    if (!map.has(key)) map.set(key, kept);
  };
  if (!isBuiltIn(object.kind)) put(summary.uses, object.kind);
  if (object.namespace !== '') put(summary.namespaces, object.namespace);
  if (object.kind === 'Namespace') put(summary.makes, object.name);
  if (object.kind === 'apiextensions.k8s.io/CustomResourceDefinition') {
    const spec = record(object.value, 'spec');
    put(summary.defines, `${text(spec, 'group') ?? ''}/${text(record(spec, 'names'), 'kind') ?? ''}`);
  }
}
