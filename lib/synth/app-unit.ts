import { ApiObject } from 'cdk8s';
import { Node, type IConstruct } from 'constructs';
import { buildApp, type AppBuild } from '../charts/app-builds.ts';
import { Manifest } from '../constructs/manifest.ts';
import { kindProblems } from '../controllers/tenant-kinds.ts';
import { layout } from '../manifests/layout.ts';
import type { ExistingObject, ImageVersion, KubeObject, RenderedFolder, RenderedUnit } from '../manifests/rendered.ts';
import type { Environment } from '../model/environment.ts';
import type { App, Fleet } from '../model/fleet.ts';
import { clustersFor } from '../model/placement.ts';
import { compareText, type Problem } from '../values/errors.ts';
import { pluginProblems } from './plugin-problems.ts';
import { providedProblems } from './provided.ts';
import type { RenderProblem } from './render-problem.ts';
import { factsOf } from './folder-facts.ts';
import { fileFolder, type FolderInput, type StagedObject } from './folder.ts';
import { withClaimKept } from './kept-claim.ts';

/** Renders one app in one environment; what is wrong is added to the problems. */
export function renderApp(fleet: Fleet, app: App, environment: Environment, problems: RenderProblem[]): RenderedUnit {
  const found: Problem[] = [];
  const renders = buildApp(fleet, app, environment).map((build) => ({ build, objects: objectsOf(build, found) }));
  const endpoints = Object.values(app.endpoints);
  // A build that failed made nothing that could be asked for its Services.
  if (found.length === 0 && endpoints.length > 0) for (const { objects } of renders) found.push(...providedProblems(endpoints, objects.map((object) => object.value), app.file));
  const kept = mergeEqual(renders);
  const base = kept.reduce((largest, each) => (each.clusters.length > largest.clusters.length ? each : largest));
  const folders: RenderedFolder[] = [];
  const inputs: FolderInput[] = [];
  for (const render of kept) {
    const facts = factsOf(render.objects, render.chart.context.namespace, render.chart.sopsSecrets.length > 0);
    const targets = render === base ? [undefined] : render.clusters;
    for (const cluster of targets) {
      const path = layout.app(environment.name, app.name, cluster);
      folders.push({ path, clusters: cluster === undefined ? [...render.clusters].sort(compareText) : [cluster], facts });
      inputs.push({ path, source: app.file, namespace: render.chart.context.namespace, objects: render.objects, images: Object.values(render.chart.context.images) });
    }
  }
  found.push(...kept.flatMap((render) => pluginProblems(fleet, environment.name, render.clusters, render.objects.map((object) => object.value))));
  const files = inputs.flatMap((input) => fileFolder(input, found));
  found.push(...kindProblems(fleet, app, folders.flatMap((folder) => folder.facts?.kinds ?? [])));
  problems.push(...found.map((problem) => ({ ...problem, where: problem.where.startsWith(app.file) ? problem.where : `${app.file}: ${problem.where}`, environment: environment.name })));
  return {
    id: layout.app(environment.name, app.name),
    app: app.name,
    environment: environment.name,
    clusters: clustersFor(app, environment).map((cluster) => cluster.name).sort(compareText),
    folders: folders.sort((a, b) => compareText(a.path, b.path)),
    files: files.sort((a, b) => compareText(a.path, b.path)),
    images: versionsOf(base.chart.context.images),
    existing: distinctBy(kept.flatMap((render) => render.chart.existing), (object: ExistingObject) => `${object.kind}/${object.namespace}/${object.name}`),
  };
}

interface Render {
  readonly chart: AppBuild['chart'];
  readonly clusters: readonly string[];
  readonly objects: readonly StagedObject[];
}

function objectsOf(build: AppBuild, problems: Problem[]): StagedObject[] {
  problems.push(...build.problems);
  const { chart } = build;
  const objects: StagedObject[] = [];
  for (const node of Node.of(chart).findAll()) {
    problems.push(...Node.of(node).validate().map((message) => ({ where: Node.of(node).path, message })));
    if (Node.of(node).dependencies.length > 0) problems.push(dependencyProblem(node));
    if (!(node instanceof ApiObject)) continue;
    objects.push({ value: withClaimKept(node.toJson() as KubeObject), construct: Node.of(node).path, ...placed(node) });
  }
  problems.push(...chart.problems);
  return objects;
}

function placed(node: ApiObject): Pick<StagedObject, 'stage' | 'waivers'> {
  if (!(node instanceof Manifest)) return { stage: 'app' };
  return { stage: node.stage, ...(node.waivers.length > 0 && { waivers: node.waivers }) };
}

function dependencyProblem(node: IConstruct): Problem {
  return {
    where: Node.of(node).path,
    message: 'addDependency orders nothing here: every object has a file of its own and controllers apply them together',
    fix: 'call beforeApp() on what must be there before the new version takes traffic, or use DatabaseMigration',
  };
}

/** Renders that came out the same although the builds read different things are one. */
function mergeEqual(renders: readonly { readonly build: AppBuild; readonly objects: readonly StagedObject[] }[]): Render[] {
  if (renders.length === 1) return renders.map(({ build, objects }) => ({ chart: build.chart, clusters: build.clusters, objects }));
  const byText = new Map<string, { chart: AppBuild['chart']; clusters: string[]; objects: readonly StagedObject[] }>();
  for (const { build, objects } of renders) {
    const text = JSON.stringify(objects.map(({ value, stage }) => [stage, value]));
    const same = byText.get(text);
    if (same === undefined) byText.set(text, { chart: build.chart, clusters: [...build.clusters], objects });
    else same.clusters.push(...build.clusters);
  }
  return [...byText.values()];
}

function versionsOf(images: Readonly<Record<string, { readonly name: string; readonly tag?: string; readonly digest?: string }>>): ImageVersion[] {
  return distinctBy(Object.values(images).map(({ name, tag, digest }) => ({ name, ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) })), (image) => image.name)
    .sort((a, b) => compareText(a.name, b.name));
}

function distinctBy<T>(items: readonly T[], key: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}
