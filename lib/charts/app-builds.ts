import { App as Cdk8sApp } from 'cdk8s';
import { AppChart } from '../constructs/app-chart.ts';
import type { Cluster } from '../model/cluster.ts';
import type { Environment } from '../model/environment.ts';
import type { App, Fleet } from '../model/fleet.ts';
import { clustersFor } from '../model/placement.ts';
import { SlipwayError, type Problem } from '../values/errors.ts';
import { buildInput } from './build-context.ts';
import type { ClusterReads } from './cluster-reads.ts';

/** One build of an app: its chart, and the clusters that get exactly this. */
export interface AppBuild {
  readonly chart: AppChart;
  /** In the environment's order. */
  readonly clusters: readonly string[];
  /** What went wrong while building; constructs note theirs on the chart. */
  readonly problems: readonly Problem[];
}

/** Builds an app for an environment: once for all clusters that answer alike what the build asks of them. */
export function buildApp(fleet: Fleet, app: App, environment: Environment): AppBuild[] {
  const builds: { build: AppBuild & { clusters: string[] }; reads: ClusterReads }[] = [];
  for (const cluster of clustersFor(app, environment)) {
    const same = builds.find((each) => each.reads.answersAlike(cluster));
    if (same === undefined) builds.push(buildFor(fleet, app, environment, cluster));
    else same.build.clusters.push(cluster.name);
  }
  return builds.map(({ build }) => ({ ...build, problems: [...build.problems, ...sopsProblems(build, environment)] }));
}

/** Argo CD applies what Git holds: an encrypted Secret would reach the cluster encrypted. */
function sopsProblems(build: AppBuild, environment: Environment): Problem[] {
  const clusters = environment.clusters.filter((cluster) => cluster.controller.kind === 'argo-cd' && build.clusters.includes(cluster.name)).map((cluster) => cluster.name);
  if (clusters.length === 0) return [];
  return build.chart.sopsSecrets.map(({ where, name }) => ({
    where,
    message: `Secret ${name} is encrypted by SOPS, which Flux decrypts and Argo CD doesn't, and ${clusters.join(', ')} ${clusters.length === 1 ? 'runs' : 'run'} Argo CD`,
    fix: 'use externalSecret(…), sealedSecret(…) or existingSecret(…) there, or flux() on the cluster',
  }));
}

function buildFor(fleet: Fleet, app: App, environment: Environment, cluster: Cluster): { build: AppBuild & { clusters: string[] }; reads: ClusterReads } {
  const { reads, ...props } = buildInput(fleet, app, environment, cluster);
  const chart = new AppChart(new Cdk8sApp(), app.name, props);
  const problems: Problem[] = [];
  try {
    const returned: unknown = app.build(chart, props.context);
    if (returned instanceof Promise) {
      // What it does after its first `await` would come too late. That it fails then is no news.
      returned.catch(() => undefined);
      problems.push({ where: `${app.file}: build`, message: 'expected a build that is done when it returns, got an async one', fix: 'make it a plain function; what has to be awaited goes to the top of the file, outside of defineApp' });
    }
  } catch (error) {
    problems.push(...problemsOf(error, app));
  }
  return { build: { chart, clusters: [cluster.name], problems }, reads };
}

/** What a throwing build says, at the app's file. */
function problemsOf(error: unknown, app: App): Problem[] {
  if (error instanceof SlipwayError) return error.problems.map((problem) => (problem.where.startsWith(app.file) ? problem : { ...problem, where: `${app.file}: ${problem.where}` }));
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const line = error instanceof Error ? placeIn(error, app.file) : '';
  return [{ where: `${app.file}${line}`, message: `build threw ${message}`, fix: 'mend the build, or what it is given' }];
}

/** `:12:5`, where the stack names the app's file. */
function placeIn(error: Error, file: string): string {
  const frame = (error.stack ?? '').split('\n').find((line) => line.includes(file));
  const place = frame === undefined ? undefined : /:(\d+):\d+\)?$/.exec(frame);
  return place?.[1] === undefined ? '' : `:${place[1]}`;
}
