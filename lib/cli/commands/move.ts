import { dnsAnnotations } from '../../constructs/network/weighted-dns.ts';
import type { KubeObject, RenderedUnit } from '../../manifests/rendered.ts';
import { addOnsOf } from '../../model/add-ons.ts';
import { namespaceFor, type Environment } from '../../model/environment.ts';
import type { App, Fleet } from '../../model/fleet.ts';
import { clustersFor, runsOn } from '../../model/placement.ts';
import { planMove, type MovedRoute, type MovePlan } from '../../runtime-repo/move-plan.ts';
import { renderApp } from '../../synth/app-unit.ts';
import type { RenderProblem } from '../../synth/render-problem.ts';
import { compareText, exitCodes, throwProblems, type Problem } from '../../values/errors.ts';
import { listAt, textAt } from '../../values/fields.ts';
import { didYouMean } from '../../values/suggest.ts';
import { loadWorkspace } from '../../workspace.ts';
import type { Output } from '../output.ts';

/** What `slipway move` takes. */
export interface MoveOptions {
  readonly app: string;
  readonly environment: string;
  /** The cluster that it leaves. */
  readonly from: string;
  /** The cluster to which it goes. */
  readonly to: string;
  readonly format: 'text' | 'json';
}

/** Says in which order an app goes from one cluster to another, and which step is next. Changes nothing. */
export async function move(options: MoveOptions, cwd: string, output: Output): Promise<number> {
  const fleet = await loadWorkspace(cwd);
  const { app, environment } = partsOf(options, fleet);
  const problems: RenderProblem[] = [];
  const unit = renderApp(fleet, app, environment, problems);
  throwProblems(problems);
  const provider = (cluster: string): string | undefined => textAt(addOnsOf(fleet, { name: cluster }).find(({ name }) => name === 'external-dns')?.values, 'provider', 'name');
  const [from, to] = [provider(options.from), provider(options.to)];
  const plan = planMove({
    app: app.name,
    environment: environment.name,
    from: options.from,
    to: options.to,
    placement: clustersFor(app, environment).map(({ name }) => name),
    routes: [options.from, options.to].flatMap((cluster) => objectsOn(unit, cluster).flatMap((object) => routeOf(object, cluster))),
    dns: { ...(from !== undefined && { from }), ...(to !== undefined && { to }) },
    ...(isAlone(app, environment, options.from, fleet) && { emptied: namespaceFor(environment, app) }),
    stateful: [...new Set([options.from, options.to].flatMap((cluster) => objectsOn(unit, cluster).flatMap(statefulName)))].sort(compareText),
  });
  output.print(options.format === 'json' ? JSON.stringify(plan, null, 2) : describeMove(plan, app.file));
  return exitCodes.ok;
}

function partsOf(options: MoveOptions, fleet: Fleet): { readonly app: App; readonly environment: Environment } {
  const problems: Problem[] = [];
  const named = <T extends { readonly name: string }>(where: string, what: string, name: string, all: readonly T[]): T | undefined => {
    const found = all.find((each) => each.name === name);
    if (found === undefined) problems.push({ where, message: `expected ${what}, got ${JSON.stringify(name)}.`, fix: `name one.${didYouMean(name, all.map((each) => each.name))}` });
    return found;
  };
  const environment = named('--environment', 'an environment of the fleet', options.environment, fleet.environments);
  const external = fleet.externalApps.find(({ name }) => name === options.app);
  const app = external === undefined ? named('<app>', 'an app of the fleet', options.app, fleet.apps) : undefined;
  if (external !== undefined) problems.push({ where: '<app>', message: `expected an app that Slipway renders, got ${external.name}, which comes from elsewhere`, fix: `define it a second time for ${options.to}, and take the first away when that is healthy` });
  if (environment !== undefined) {
    for (const [where, name] of [['--from', options.from], ['--to', options.to]] as const) named(where, `a cluster of ${environment.name}`, name, environment.clusters);
    if (app !== undefined && problems.length === 0) {
      const placement = clustersFor(app, environment).map(({ name }) => name);
      if (!placement.includes(options.from) && !placement.includes(options.to)) problems.push({ where: '--from', message: `expected a cluster on which ${app.name} runs in ${environment.name} (${placement.join(', ') || 'none'}), got ${options.from}` });
    }
  }
  if (options.from === options.to) problems.push({ where: '--to', message: `expected another cluster than ${options.from}` });
  throwProblems(problems);
  if (app === undefined || environment === undefined) throw new Error('unreachable: a missing part is a problem');
  return { app, environment };
}

/** Whether nothing else of the fleet lies in an app's namespace on a cluster. */
function isAlone(app: App, environment: Environment, cluster: string, fleet: Fleet): boolean {
  const namespace = namespaceFor(environment, app);
  const others = fleet.environments.flatMap((each) => fleet.apps.filter((other) => (other !== app || each !== environment) && runsOn(other, each, cluster)).map((other) => namespaceFor(each, other)));
  return !others.includes(namespace) && !fleet.externalApps.some((other) => other.cluster === cluster && other.namespace === namespace);
}

/** The objects that a cluster takes of an app's render. */
function objectsOn(unit: RenderedUnit, cluster: string): KubeObject[] {
  const folder = unit.folders?.find((each) => each.clusters.includes(cluster));
  return folder === undefined ? [] : unit.files.filter(({ path }) => path.startsWith(`${folder.path}/`)).flatMap(({ objects }) => objects.map(({ value }) => value));
}

function routeOf(object: KubeObject, cluster: string): MovedRoute[] {
  const hosts = object.kind === 'HTTPRoute' ? listAt(object, 'spec', 'hostnames').map(String)
    : object.kind === 'Ingress' ? listAt(object, 'spec', 'rules').flatMap((rule) => textAt(rule, 'host') ?? [])
      : object.kind === 'Service' ? (object.metadata?.annotations?.['external-dns.alpha.kubernetes.io/hostname'] ?? '').split(',').map((host) => host.trim()).filter((host) => host !== '') : [];
  if (hosts.length === 0) return [];
  const { [dnsAnnotations.identifier]: identifier, [dnsAnnotations.weight]: weight } = object.metadata?.annotations ?? {};
  return [{ cluster, object: `${object.kind}/${object.metadata?.name ?? ''}`, hosts, ...(identifier !== undefined && weight !== undefined && { weight: Number(weight) }) }];
}

function statefulName(object: KubeObject): string[] {
  const stateful = object.kind === 'PersistentVolumeClaim' || (object.kind === 'StatefulSet' && listAt(object, 'spec', 'volumeClaimTemplates').length > 0);
  return stateful ? [`${object.kind}/${object.metadata?.namespace === undefined ? '' : `${object.metadata.namespace}/`}${object.metadata?.name ?? ''}`] : [];
}

function describeMove(plan: MovePlan, file: string): string {
  const marks = { done: 'done', next: 'NEXT', later: 'then' } as const;
  return [
    `${plan.app} in ${plan.environment}: from ${plan.from} to ${plan.to}${plan.hosts.length === 0 ? ', which nobody reaches from outside' : ` (${plan.hosts.join(', ')})`}. One commit for each step.`,
    ...plan.steps.flatMap((step, index) => [
      '', `${index + 1}. [${marks[step.state]}] ${step.title}`,
      ...(step.state === 'done' ? [] : [...step.edits.map((edit) => `     ${file}: ${edit}`), ...step.run.map((command) => `     $ ${command}`), ...step.notes.map((note) => `     ${note}`)]),
    ]),
  ].join('\n');
}
