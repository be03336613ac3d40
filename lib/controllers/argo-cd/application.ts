import type { IApplication } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1/Application';
import { layout } from '../../manifests/layout.ts';
import type { KubeObject } from '../../manifests/rendered.ts';
import type { Host } from '../controller.ts';
import { takesObjectsAlong } from '../deletion.ts';
import type { Tracked } from '../tracked.ts';
import { labelsOf } from '../tracking-labels.ts';
import { destinationOf } from './destination.ts';
import { argoCdNamespace, ownServer, systemProject } from './names.ts';
import { foldersOf, pathIn, sourcesOf } from './sources.ts';
import { ignoreDifferences, ignoredFields, syncPolicy } from './sync-policy.ts';

/** Roles whose objects are tracking objects: they lie where Argo CD runs. */
const onHost: readonly Tracked['role'][] = ['environment', 'member', 'self'];

/** Roles whose folders build on upstream manifests, which may change under the same name when a version is pinned anew. */
const onUpstream: readonly Tracked['role'][] = ['add-on', 'self'];

/** The Application that follows one thing. */
export function applicationOf(tracked: Tracked, host: Host): KubeObject {
  const sources = sourcesOf(tracked, host.runtimeRepo);
  const [first] = sources;
  const ignored = ignoredFields(tracked);
  const namespace = tracked.namespace ?? (onHost.includes(tracked.role) ? argoCdNamespace : undefined);
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name: tracked.name,
      namespace: argoCdNamespace,
      labels: labelsOf(tracked),
      annotations: annotationsOf(tracked, host),
      ...(takesObjectsAlong(tracked.role) && { finalizers: ['resources-finalizer.argocd.argoproj.io'] }),
    },
    spec: {
      project: tracked.team ?? systemProject,
      ...(sources.length === 1 && first !== undefined ? { source: first } : { sources }),
      destination: {
        ...(onHost.includes(tracked.role) ? { server: ownServer } : destinationOf(tracked.cluster, host)),
        ...(namespace !== undefined && { namespace }),
      },
      syncPolicy: syncPolicy(tracked, ignored),
      ...(ignored.length > 0 && { ignoreDifferences: ignoreDifferences(ignored) }),
      revisionHistoryLimit: 10,
    },
  } satisfies IApplication;
}

function annotationsOf(tracked: Tracked, host: Host): Record<string, string> {
  const folders = [...foldersOf(tracked), ...(onUpstream.includes(tracked.role) ? [layout.upstreams()] : [])];
  return {
    // From the repository's root, so that the same holds for several sources: a commit elsewhere leaves the rendered objects as they are.
    ...(folders.length > 0 && { 'argocd.argoproj.io/manifest-generate-paths': folders.map((folder) => `/${pathIn(host.runtimeRepo, folder)}`).join(';') }),
  };
}
