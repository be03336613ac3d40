import { at, textAt } from '../values/fields.ts';
import type { KubeContext } from './kubectl.ts';
import type { HostController } from './read.ts';

/** How long to wait for controllers that were asked. */
export interface Patience {
  /** How often to look whether they have answered. */
  readonly looks: number;
  /** Waits between two looks. */
  pause(): Promise<void>;
}

/**
 * Asks a controller to look at Git now, by the annotation that its own tools set, and waits until it has.
 *
 * @param names the tracking objects
 * @param asked when it is asked: a text that differs each time
 * @returns the tracking objects that it hasn't looked at when patience is over
 */
export async function refresh(context: KubeContext, { kind, namespace }: HostController, names: readonly string[], asked: string, { looks, pause }: Patience): Promise<string[]> {
  if (names.length === 0) return [];
  const resource = kind === 'argo-cd' ? 'applications.argoproj.io' : 'kustomizations.kustomize.toolkit.fluxcd.io';
  const annotate = (what: string, objects: readonly string[], annotation: string): Promise<string> => context.run(['annotate', '--namespace', namespace, '--overwrite', what, ...objects, annotation]);
  if (kind === 'flux') {
    // The source first: a Kustomization that is asked before has nothing new to apply.
    const sources = await context.list(['gitrepositories.source.toolkit.fluxcd.io'], ['--namespace', namespace, '--selector', 'app.kubernetes.io/managed-by=slipway']);
    const sourceNames = sources.flatMap((source) => textAt(source, 'metadata', 'name') ?? []);
    if (sourceNames.length > 0) await annotate('gitrepositories.source.toolkit.fluxcd.io', sourceNames, `${fluxAnnotation}=${asked}`);
  }
  const settled = async (): Promise<string[]> => {
    let waiting: string[] = [...names];
    for (let look = 0; look < looks && waiting.length > 0; look += 1) {
      if (look > 0) await pause();
      const objects = await context.list([resource], ['--namespace', namespace, '--selector', 'app.kubernetes.io/managed-by=slipway']);
      waiting = objects.filter((object) => !isRefreshed(object, asked)).flatMap((object) => textAt(object, 'metadata', 'name') ?? []).filter((name) => names.includes(name));
    }
    return waiting;
  };
  // Argo CD takes its annotation off when it has looked: one that were set while it looks by another's request would go with that.
  if (kind === 'argo-cd') await settled();
  await annotate(resource, names, kind === 'argo-cd' ? `${argoCdAnnotation}=normal` : `${fluxAnnotation}=${asked}`);
  return await settled();
}

const argoCdAnnotation = 'argocd.argoproj.io/refresh';
const fluxAnnotation = 'reconcile.fluxcd.io/requestedAt';

/** Argo CD takes its annotation off when it has looked; Flux repeats the text in the status. A suspended Kustomization never looks. */
function isRefreshed(object: unknown, asked: string): boolean {
  if (textAt(object, 'kind') === 'Application') return at(object, 'metadata', 'annotations', argoCdAnnotation) === undefined;
  return at(object, 'spec', 'suspend') === true || textAt(object, 'status', 'lastHandledReconcileAt') === asked;
}
