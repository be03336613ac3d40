import { existsSync } from 'node:fs';
import { mkdtemp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { loadWorkspace } from '../../../lib/workspace.ts';
import { runFolder } from '../../../lib/control-plane/plane.ts';
import { runOk } from '../../../lib/control-plane/run-program.ts';

/** The root of this project. */
export const root = join(import.meta.dirname, '../../..');

/** A folder of the rendered tree, for `kubectl apply -k`. */
export interface RenderedPath {
  /** Its path in the tree, such as `apps/prod/storefront`. */
  readonly label: string;
  /** Its path on this machine. */
  readonly path: string;
}

/** What one cluster gets of the rendered tree, in the order in which it is applied. */
export interface ClusterRender {
  readonly name: string;
  /** The namespace in which its controller would run. */
  readonly controllerNamespace: string;
  /** Namespaces, and what lets teams deliver there. */
  readonly platform: RenderedPath;
  /** What its controller would follow: the root, then a folder for each environment. */
  readonly tracking: readonly RenderedPath[];
  /** One for each app, its `pre/` folder before it. */
  readonly apps: readonly RenderedPath[];
}

/** Stands in the list of clusters where nothing can be rendered, so that what is skipped shows. */
export const unrendered: ClusterRender = { name: 'none', controllerNamespace: '', platform: { label: '', path: '' }, tracking: [], apps: [] };

/** Renders this project's own fleet the way a user does and says which folders each cluster gets. */
export async function renderSampleFleet(): Promise<ClusterRender[]> {
  const tree = await mkdtemp(join(await runFolder(), 'render-'));
  await runOk('npx', ['cdk8s', 'synth', '--check-upgrade=false', '--output', tree], { cwd: root });
  const at = (label: string): RenderedPath => ({ label, path: join(tree, label) });
  const fleet = await loadWorkspace(root);
  return Promise.all(
    fleet.clusters.map(async ({ name, controller }) => {
      const environments = fleet.environments.filter(({ clusters }) => clusters.some((cluster) => cluster.name === name));
      const apps = await Promise.all(environments.map((environment) => appFolders(tree, `apps/${environment.name}`, name)));
      const tracking = [`clusters/${name}`, ...environments.map((environment) => `clusters/${name}/${environment.name}`)].map(at);
      const controllerNamespace = controller.kind === 'argo-cd' ? 'argocd' : 'flux-system';
      return { name, controllerNamespace, platform: at(`clusters/${name}/platform`), tracking, apps: apps.flat().map(at) };
    }),
  );
}

/** The folders of an environment for one cluster: a render of its own (`<app>@<cluster>`) stands for the common one. */
async function appFolders(tree: string, environment: string, cluster: string): Promise<string[]> {
  const entries = await readdir(join(tree, environment));
  const apps = entries.filter((entry) => !entry.includes('@')).sort();
  return apps.flatMap((app) => {
    const own = `${app}@${cluster}`;
    const folder = `${environment}/${entries.includes(own) ? own : app}`;
    const pre = `${folder}/pre`;
    return existsSync(join(tree, pre)) ? [pre, folder] : [folder];
  });
}
