import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { identity, liveObjects } from '../objects.ts';
import type { Plane } from '../../../../lib/control-plane/plane.ts';
import { apps, environments } from './fleet-files.ts';

/** The folders of a checkout that hold the apps of the environment that is applied by itself. */
export function appFolders(checkout: string, wanted: readonly string[] = apps): string[] {
  const folders = wanted.flatMap((app) => [`apps/${environments.automated}/${app}/pre`, `apps/${environments.automated}/${app}`]);
  return folders.map((folder) => join(checkout, folder)).filter((folder) => existsSync(folder));
}

/** The live objects of folders by name, without what tracks them and what the server chose. */
export async function comparable(plane: Plane, folders: readonly string[]): Promise<Record<string, unknown>> {
  const objects = (await Promise.all(folders.map((folder) => liveObjects(plane, folder)))).flat();
  return Object.fromEntries(objects.map((object) => [identity(object), withoutServersOwn(object)]));
}

/** The uids of the live objects of folders by name, but for Jobs, of which a new version makes new ones: whoever deletes and makes again changes a uid. */
export async function uids(plane: Plane, folders: readonly string[]): Promise<Record<string, unknown>> {
  const all = (await Promise.all(folders.map((folder) => liveObjects(plane, folder, ['--ignore-not-found'])))).flat();
  const objects = all.filter(({ kind }) => kind !== 'Job');
  return Object.fromEntries(objects.map((object) => [identity(object), (object.metadata as { readonly uid?: string }).uid]));
}

/** Fields that the API server and Kubernetes' own controllers choose, by name. */
const chosen = new Set(['uid', 'resourceVersion', 'generation', 'creationTimestamp', 'managedFields', 'status', 'clusterIP', 'clusterIPs', 'nodePort', 'healthCheckNodePort', 'controller-uid', 'batch.kubernetes.io/controller-uid', 'deployment.kubernetes.io/revision']);
/** Labels and annotations by which a controller knows its objects, and by which client-side apply knows what it applied. */
const tracking = [/^argocd\.argoproj\.io\/tracking-id$/, /^kustomize\.toolkit\.fluxcd\.io\/(name|namespace)$/, /^kubectl\.kubernetes\.io\/last-applied-configuration$/];

function withoutServersOwn(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutServersOwn);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !chosen.has(key) && !tracking.some((pattern) => pattern.test(key)));
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutServersOwn(item)] as const).filter(([key, item]) => !(isEmptyMap(item) && (key === 'labels' || key === 'annotations'))));
}

function isEmptyMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

