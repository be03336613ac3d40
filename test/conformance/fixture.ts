import type { GitOpsController, Host, Hosted } from '../../lib/controllers/controller.ts';
import type { Tracked, TrackedRole } from '../../lib/controllers/tracked.ts';
import { FleetMap } from '../../lib/charts/delivery/fleet-map.ts';
import { hostedOn } from '../../lib/charts/delivery/hosted.ts';
import { layout } from '../../lib/manifests/layout.ts';
import type { KubeObject } from '../../lib/manifests/rendered.ts';
import { assembleFleet } from '../../lib/model/assemble.ts';
import { defineExternalApp, git, helm } from '../../lib/model/external-app.ts';
import { describeProblem, type Problem } from '../../lib/values/errors.ts';
import { draft, sourcesOf, type Draft } from '../model/sources.ts';

/** What a tracking object says, in words that hold for every controller. */
export interface Reading {
  /** Folders of the repository that it applies, those that come first first; none for a chart of a repository. */
  readonly folders: readonly string[];
  /** Repositories that it reads, sorted. */
  readonly repositories: readonly string[];
  /** Exact versions of charts, sorted. */
  readonly charts: readonly string[];
  /** Whether it applies, prunes and heals by itself. */
  readonly automated: boolean;
  /** Whether its objects go when it goes. */
  readonly takesObjectsAlong: boolean;
  /** `<group>/<Kind>/<name>` of workloads whose replicas it leaves alone, sorted. */
  readonly ownReplicas: readonly string[];
  /** In whose name it is applied: a team, or nothing for Slipway itself. */
  readonly team: string | undefined;
}

/** One implementation, and how its objects are read. */
export interface Subject {
  readonly controller: GitOpsController;
  /** What `argoCd()` or `flux()` gives. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Whether one cluster can deliver to others. */
  readonly hubs: boolean;
  read(objects: readonly KubeObject[]): Reading;
  /** The namespaces, as `<cluster>/<namespace>`, to which the platform's objects let a team deliver, sorted. */
  allowedNamespaces(team: string, input: Hosted): readonly string[];
  /** The kinds that they let it deliver, as `<group>/<resource or Kind>` in lower case, sorted. */
  allowedKinds(team: string, input: Hosted): readonly string[];
}

/** The draft fleet on one kind of controller, each cluster managing itself, with what a test changes. */
export function fleetDraft(subject: Subject, edit: (draft: Draft) => void = () => undefined): { readonly problems: readonly Problem[]; readonly hosted: (cluster: string) => Hosted } {
  const edited = draft();
  for (const cluster of Object.values(edited.clusters)) {
    cluster['controller'] = { kind: subject.controller.kind, ...subject.settings };
    delete cluster['managedBy'];
    delete cluster['server'];
  }
  delete edited.environments['prod']?.['runtimeRepo'];
  edit(edited);
  const { fleet, problems } = assembleFleet(sourcesOf(edited));
  return { problems, hosted: (name) => hostedOf(fleet, name) };
}

function hostedOf(fleet: ReturnType<typeof assembleFleet>['fleet'], name: string): Hosted {
  const cluster = fleet.clusters.find((each) => each.name === name);
  if (cluster === undefined) throw new Error(`no cluster ${name}`);
  return hostedOn(new FleetMap(fleet), cluster);
}

/** The inputs of a fleet in which nothing is wrong. */
export function hostedIn(subject: Subject, cluster: string, edit?: (draft: Draft) => void): Hosted {
  const { problems, hosted } = fleetDraft(subject, edit);
  if (problems.length > 0) throw new Error(problems.map(describeProblem).join('\n'));
  return hosted(cluster);
}

/** One external app of each kind of source, of a team that has nothing else, and one of two sources. */
export function withExternalApps(cluster: string): (draft: Draft) => void {
  return (drafted) => {
    const add = (name: string, source: Parameters<typeof defineExternalApp>[1]['source'], sync?: 'none'): void => {
      drafted.apps[name] = { ...defineExternalApp(name, { team: 'data', source, to: { cluster, namespace: `${name}-ns` }, ...(sync !== undefined && { sync }) }) };
    };
    add('ext-folder', git({ url: 'https://github.com/acme/grafana.git', revision: 'main', path: 'deploy' }));
    add('ext-tag', git({ url: 'https://github.com/acme/tools.git', revision: 'v1.4.2' }));
    add('ext-chart', helm({ repo: 'https://charts.acme.example', chart: 'redis', version: '20.6.1', values: { replica: { replicaCount: 2 } } }));
    add('ext-oci', helm({ repo: 'oci://ghcr.io/acme/charts', chart: 'podinfo', version: '6.7.0' }), 'none');
    add('ext-git-chart', git({ url: 'https://github.com/acme/charts.git', revision: 'main', path: 'agent', helm: { values: { replicas: 2 } } }));
    add('ext-both', [git({ url: 'https://github.com/acme/grafana.git', revision: 'main', path: 'deploy' }), helm({ repo: 'https://charts.acme.example', chart: 'redis', version: '20.6.1' })]);
  };
}

/** An app as it is tracked, with what a test changes. */
export function appOf(host: Host, fields: Partial<Tracked> = {}): Tracked {
  return {
    name: 'storefront-prod', role: 'app', from: { folder: layout.app('prod', 'storefront') }, cluster: host.cluster, team: 'shop', environment: 'prod', app: 'storefront',
    namespace: 'storefront-prod', sync: 'automated', dependsOn: [], autoscaled: [], rollouts: [], encrypted: false, ...fields,
  };
}

/** Every role that lies in a folder of the runtime repo. */
export const folderRoles: readonly TrackedRole[] = ['self', 'platform', 'add-on', 'observability', 'environment', 'app'];
