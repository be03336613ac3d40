import { argoCdController } from '../../lib/controllers/argo-cd/controller.ts';
import { fluxController } from '../../lib/controllers/flux/controller.ts';
import type { KubeObject } from '../../lib/manifests/rendered.ts';
import { at, fieldsAt, listAt, textAt } from '../../lib/values/fields.ts';
import type { Hosted } from '../../lib/controllers/controller.ts';
import type { Subject } from './fixture.ts';

const ofKind = (objects: readonly KubeObject[], ...kinds: string[]): KubeObject[] => objects.filter((object) => kinds.includes(object.kind));
const unique = (texts: readonly string[]): string[] => [...new Set(texts)].sort();

/** Argo CD: one Application for each thing, one AppProject for each team. */
export const argoCdSubject: Subject = {
  controller: argoCdController,
  settings: {},
  hubs: true,
  read(objects) {
    const [application] = ofKind(objects, 'Application');
    const single = at(application, 'spec', 'source');
    const sources = single === undefined ? listAt(application, 'spec', 'sources') : [single];
    const isChart = (source: unknown): boolean => at(source, 'chart') !== undefined;
    const project = textAt(application, 'spec', 'project');
    const { prune, selfHeal } = fieldsAt(application, 'spec', 'syncPolicy', 'automated');
    return {
      folders: sources.filter((source) => !isChart(source)).map((source) => textAt(source, 'path') ?? ''),
      repositories: unique(sources.map((source) => `${isChart(source) && !/^https?:/.test(textAt(source, 'repoURL') ?? '') ? 'oci://' : ''}${textAt(source, 'repoURL') ?? ''}`)),
      charts: unique(sources.filter(isChart).map((source) => `${textAt(source, 'chart') ?? ''} ${textAt(source, 'targetRevision') ?? ''}`)),
      automated: prune === true && selfHeal === true,
      takesObjectsAlong: listAt(application, 'metadata', 'finalizers').includes('resources-finalizer.argocd.argoproj.io'),
      ownReplicas: unique(listAt(application, 'spec', 'ignoreDifferences').filter((each) => listAt(each, 'jsonPointers').includes('/spec/replicas')).map((each) => `${textAt(each, 'group') ?? ''}/${textAt(each, 'kind') ?? ''}/${textAt(each, 'name') ?? ''}`)),
      team: project === 'slipway' ? undefined : project,
    };
  },
  allowedNamespaces(team, input) {
    return unique(projectsOf(team, input).flatMap((project) => listAt(project, 'spec', 'destinations')).map((destination) => {
      const server = textAt(destination, 'server');
      return `${server === undefined ? textAt(destination, 'name') ?? '' : server === 'https://kubernetes.default.svc' ? input.cluster.name : server}/${textAt(destination, 'namespace') ?? ''}`;
    }));
  },
  allowedKinds(team, input) {
    const kinds = projectsOf(team, input).flatMap((project) => [...listAt(project, 'spec', 'clusterResourceWhitelist'), ...listAt(project, 'spec', 'namespaceResourceWhitelist')]);
    return unique(kinds.map((kind) => `${textAt(kind, 'group') ?? ''}/${plural(textAt(kind, 'kind') ?? '')}`));
  },
};

function projectsOf(team: string, input: Hosted): KubeObject[] {
  return ofKind(argoCdController.platform(input), 'AppProject').filter((object) => object.metadata?.name === team);
}

/** Kinds as resources, for the ones that the suite names. */
function plural(kind: string): string {
  const lower = kind.toLowerCase();
  return /(ss|x|ch)$/.test(lower) ? `${lower}es` : /[^aeiou]y$/.test(lower) ? `${lower.slice(0, -1)}ies` : `${lower}s`;
}

/** Flux: a Kustomization for each folder, a source and what applies it for each external source, a ServiceAccount for each team. */
export const fluxSubject: Subject = {
  controller: fluxController,
  settings: {},
  hubs: false,
  read(objects) {
    const appliers = ofKind(objects, 'HelmRelease', 'Kustomization').filter((object) => listAt(object, 'spec', 'patches').length === 0);
    const kustomizations = ofKind(appliers, 'Kustomization');
    const ofFolder = (object: KubeObject): boolean => textAt(object, 'spec', 'chart', 'spec', 'sourceRef', 'kind') === 'GitRepository';
    const releases = ofKind(appliers, 'HelmRelease');
    const source = (kind: string, name: string): KubeObject | undefined => ofKind(objects, kind).find((object) => object.metadata?.name === name);
    const sources = appliers.map((object) => {
      const ref = [fieldsAt(object, 'spec', 'sourceRef'), fieldsAt(object, 'spec', 'chartRef'), fieldsAt(object, 'spec', 'chart', 'spec', 'sourceRef')].find((each) => Object.keys(each).length > 0);
      return source(textAt(ref, 'kind') ?? '', textAt(ref, 'name') ?? '');
    });
    const waited = kustomizations.flatMap((object) => listAt(object, 'spec', 'dependsOn').map((each) => textAt(each, 'name')));
    const inOrder = [...kustomizations].sort((a, b) => Number(waited.includes(b.metadata?.name)) - Number(waited.includes(a.metadata?.name)));
    const account = textAt(appliers[0], 'spec', 'serviceAccountName');
    return {
      folders: [...inOrder.map((object) => textAt(object, 'spec', 'path') ?? ''), ...releases.filter(ofFolder).map((object) => textAt(object, 'spec', 'chart', 'spec', 'chart') ?? '')]
        .map((path) => path.replace(/^\.\/(?=.)/, '').replace(/^\.\/$/, '.')),
      // The runtime repo's own source lies in the root.
      repositories: unique(sources.map((each) => (each === undefined ? 'git@github.com:acme/runtime.git' : repositoryOf(each)))),
      charts: unique(releases.filter((object) => !ofFolder(object)).map((object) => chartOf(object, source))),
      automated: appliers.every((object) => at(object, 'spec', 'suspend') !== true && (object.kind === 'HelmRelease' || at(object, 'spec', 'prune') === true)),
      takesObjectsAlong: appliers.every((object) => object.kind === 'HelmRelease' || textAt(object, 'spec', 'deletionPolicy') === 'Delete'),
      ownReplicas: unique(kustomizations.flatMap((object) => listAt(object, 'spec', 'ignore')).filter((each) => listAt(each, 'paths').includes('/spec/replicas')).map((each) => `${textAt(each, 'target', 'group') ?? ''}/${textAt(each, 'target', 'kind') ?? ''}/${textAt(each, 'target', 'name') ?? ''}`)),
      team: account?.startsWith('team-') === true ? account.slice('team-'.length) : undefined,
    };
  },
  allowedNamespaces(team, input) {
    return unique(bindingsOf(team, input).map((object) => `${input.cluster.name}/${object.metadata?.namespace ?? ''}`));
  },
  allowedKinds(team, input) {
    const objects = fluxController.platform(input);
    const [binding] = bindingsOf(team, input);
    const roles = new Set(bindingsOf(team, input).filter((each) => each.metadata?.namespace === binding?.metadata?.namespace).map((each) => textAt(each, 'roleRef', 'name')));
    const rules = ofKind(objects, 'ClusterRole').filter((object) => roles.has(object.metadata?.name)).flatMap((object) => listAt(object, 'rules')).filter((rule) => listAt(rule, 'verbs').includes('create'));
    return unique(rules.flatMap((rule) => listAt(rule, 'apiGroups').flatMap((group) => listAt(rule, 'resources').map((resource) => `${String(group)}/${String(resource)}`))));
  },
};

function bindingsOf(team: string, input: Hosted): KubeObject[] {
  return ofKind(fluxController.platform(input), 'RoleBinding').filter((object) => listAt(object, 'subjects').some((subject) => textAt(subject, 'name') === `team-${team}`));
}

function repositoryOf(source: KubeObject): string {
  const url = textAt(source, 'spec', 'url') ?? '';
  if (source.kind === 'OCIRepository') return url.slice(0, url.lastIndexOf('/'));
  return url === 'ssh://git@github.com/acme/runtime.git' ? 'git@github.com:acme/runtime.git' : url;
}

function chartOf(release: KubeObject, source: (kind: string, name: string) => KubeObject | undefined): string {
  const chart = fieldsAt(release, 'spec', 'chart', 'spec');
  if (textAt(chart, 'chart') !== undefined) return `${textAt(chart, 'chart') ?? ''} ${textAt(chart, 'version') ?? ''}`;
  const registry = source('OCIRepository', textAt(release, 'spec', 'chartRef', 'name') ?? '');
  return `${(textAt(registry, 'spec', 'url') ?? '').split('/').at(-1) ?? ''} ${textAt(registry, 'spec', 'ref', 'tag') ?? ''}`;
}
