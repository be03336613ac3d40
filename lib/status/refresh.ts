import { textAt } from '../values/fields.ts';
import type { KubeContext } from './kubectl.ts';
import type { HostController } from './read.ts';

/**
 * Asks a controller to look at Git now, by the annotation that its own tools set.
 *
 * @param names the tracking objects
 * @param at when it is asked: a text that differs each time
 */
export async function refresh(context: KubeContext, { kind, namespace }: HostController, names: readonly string[], at: string): Promise<void> {
  const annotate = (resource: string, objects: readonly string[], annotation: string): Promise<string> => context.run(['annotate', '--namespace', namespace, '--overwrite', resource, ...objects, annotation]);
  if (names.length === 0) return;
  if (kind === 'argo-cd') {
    await annotate('applications.argoproj.io', names, 'argocd.argoproj.io/refresh=normal');
    return;
  }
  // The source first: a Kustomization that is asked before has nothing new to apply.
  const sources = await context.list(['gitrepositories.source.toolkit.fluxcd.io'], ['--namespace', namespace, '--selector', 'app.kubernetes.io/managed-by=slipway']);
  const sourceNames = sources.flatMap((source) => textAt(source, 'metadata', 'name') ?? []);
  if (sourceNames.length > 0) await annotate('gitrepositories.source.toolkit.fluxcd.io', sourceNames, `reconcile.fluxcd.io/requestedAt=${at}`);
  await annotate('kustomizations.kustomize.toolkit.fluxcd.io', names, `reconcile.fluxcd.io/requestedAt=${at}`);
}
