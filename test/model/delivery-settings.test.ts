import { describe, expect, it } from 'vitest';
import { applicationSet } from '../../lib/model/argo-cd/application-set.ts';
import { assembleFleet } from '../../lib/model/assemble.ts';
import { defineExternalApp, git, helm } from '../../lib/model/external-app.ts';
import { describeProblem } from '../../lib/values/errors.ts';
import { draft, sourcesOf, type Draft } from './sources.ts';

const at = 'environments/clusters/prod-eu.ts: controller';
const window = { kind: 'deny', schedule: '0 16 * * fri', duration: '62h' };
const previews = applicationSet('previews', {
  team: 'shop',
  generators: [{ kind: 'git-folders', url: 'https://github.com/acme/previews', revision: 'main', folders: ['apps/*'] }],
  application: { name: 'preview-{{ .path.basename }}', source: git({ url: 'https://github.com/acme/previews', revision: 'main', path: '{{ .path.path }}' }), to: { cluster: 'prod-eu', namespace: 'preview-{{ .path.basename }}' } },
  namespaces: ['preview-*'],
});

function told(controller: Readonly<Record<string, unknown>>, edit: (draft: Draft) => void = () => undefined): string[] {
  const edited = draft();
  Object.assign(edited.clusters['prod-eu'] ?? {}, { controller: { kind: 'argo-cd', ...controller } });
  edit(edited);
  return assembleFleet(sourcesOf(edited)).problems.map(describeProblem);
}

function toldOfTeams(teams: unknown, edit: (draft: Draft) => void = () => undefined): string[] {
  return told({}, (drafted) => { drafted.fleet['teams'] = teams; edit(drafted); });
}

const operators = (drafted: Draft): void => {
  drafted.apps['operator'] = { ...defineExternalApp('operator', { team: 'platform', source: helm({ repo: 'https://charts.acme.example', chart: 'operator', version: '1.0.0' }), to: { cluster: 'prod-eu', namespace: 'operator' } }) };
};

describe('a sync window', () => {
  it('of five cron fields, a duration and names of the fleet is right', () => {
    expect(told({ syncWindows: [window, { ...window, kind: 'allow', schedule: '*/15 8-18 1,15 jan-jun 1-5', timeZone: 'Europe/Berlin', teams: ['shop'], environments: ['prod'] }] })).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['an unknown kind', { kind: 'forbid' }, `${at}.syncWindows[0].kind: expected one of allow, deny, got "forbid"\n    fix: choose one. Known: allow, deny.`],
    ['four fields', { schedule: '0 16 * *' }, `${at}.syncWindows[0].schedule: expected five cron fields (minute hour day month weekday), got "0 16 * *"`],
    ['an hour of 25', { schedule: '0 25 * * *' }, `${at}.syncWindows[0].schedule: expected the hour of a cron schedule (0 to 23, *, lists, ranges, steps), got "25" in "0 25 * * *"`],
    ['no duration', { duration: 'all day' }, `${at}.syncWindows[0].duration: expected a duration such as 30s, 5m, 1h30m or 250ms, got "all day"`],
    ['less than a minute', { duration: '30s' }, `${at}.syncWindows[0].duration: expected a minute or more, got "30s"`],
    ['an unknown time zone', { timeZone: 'Mars/Olympus' }, `${at}.syncWindows[0].timeZone: expected an IANA time zone such as Europe/Berlin`],
    ['an unknown team', { teams: ['shopp'] }, `${at}.syncWindows[0].teams[0]: expected a team of the fleet, got "shopp".\n    fix: name one. Did you mean "shop"? Known: shop, web.`],
    ['an unknown environment', { environments: ['prd'] }, `${at}.syncWindows[0].environments[0]: expected an environment of the fleet, got "prd".\n    fix: name one. Did you mean "prod"? Known: dev, prod, staging.`],
  ])('with %s is told so', (_, fields, message) => {
    const [first, ...rest] = told({ syncWindows: [{ ...window, ...fields }] });
    expect(rest).toEqual([]);
    expect(first?.startsWith(message) === true ? message : first).toBe(message);
  });
});

describe('an ApplicationSet', () => {
  it('of a generator, a template and namespaces of its own is right, and makes its team known', () => {
    expect(told({ applicationSets: [{ ...previews, team: 'previews' }] }, (drafted) => { drafted.fleet['teams'] = { previews: { groups: ['acme:dev'] } }; })).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['no generator', { generators: [] }, `${at}.applicationSets[0].generators: expected at least 1 items, got a list of 0`],
    ['an empty list', { generators: [{ kind: 'list', elements: [] }] }, `${at}.applicationSets[0].generators[0].elements: expected at least 1 items, got a list of 0`],
    ['every cluster there is', { generators: [{ kind: 'clusters', labels: {} }] }, `${at}.applicationSets[0].generators[0].labels: expected at least one label: without any, every registered cluster would be meant, and the own one twice`],
    ['one name for all', { application: { ...previews.application, name: 'preview' } }, `${at}.applicationSets[0].application.name: expected a Go template that makes the names differ, such as preview-{{ .path.basename }}, got "preview"`],
    ['names that a folder of the repository chooses', { application: { ...previews.application, name: '{{ .path.basename }}' } }, `${at}.applicationSets[0].application.name: expected a name that begins with text of its own, such as preview-{{ .path.basename }}, so that no parameter can name somebody else's Application, got "{{ .path.basename }}"`],
    ['a template that never ends', { application: { ...previews.application, name: 'preview-{{ .path' } }, `${at}.applicationSets[0].application.name: expected a Go template whose braces are closed, got "preview-{{ .path"`],
    ['a cluster that this Argo CD doesn\'t deliver to', { clusters: ['staging'], application: { ...previews.application, to: { cluster: 'staging', namespace: 'preview-x' } } }, `${at}.applicationSets[0].clusters[0]: expected a cluster that prod-eu delivers to, got "staging".\n    fix: name one. Known: prod-eu, prod-onprem.`],
    ['a destination outside of its clusters', { application: { ...previews.application, to: { cluster: 'prod-onprem', namespace: 'preview-x' } } }, `${at}.applicationSets[0].application.to.cluster: expected a cluster of the set, got "prod-onprem".\n    fix: name one, or list it in clusters. Known: prod-eu.`],
    ['a destination outside of its namespaces', { application: { ...previews.application, to: { cluster: 'prod-eu', namespace: 'storefront-prod' } } }, `${at}.applicationSets[0].application.to.namespace: expected a namespace of the set, got "storefront-prod".\n    fix: name one, or list it in namespaces. Known: preview-*.`],
    ['every namespace', { namespaces: ['*'] }, `${at}.applicationSets[0].namespaces[0]: expected a namespace, or the beginning of some, such as preview-*, got "*"`],
    ['namespaces of Kubernetes', { namespaces: ['preview-*', 'kube-*'] }, `${at}.applicationSets[0].namespaces[1]: expected namespaces of team shop alone, got "kube-*", which reaches kube-node-lease, which is not for apps\n    fix: name the namespaces otherwise`],
    ['another team\'s namespaces', { namespaces: ['preview-*', 'hello-*'] }, `${at}.applicationSets[0].namespaces[1]: expected namespaces of team shop alone, got "hello-*", which reaches hello-tornado-prod of team web on prod-eu\n    fix: name the namespaces otherwise`],
    ['the name of a project of Argo CD', { team: 'slipway' }, `${at}.applicationSets[0].team: expected the name of a team, got "slipway", which is the name of a project of Argo CD itself\n    fix: name the team otherwise`],
  ])('with %s is told so', (_, fields, message) => {
    expect(told({ applicationSets: [{ ...previews, ...fields }] })).toEqual([message]);
  });

  it('goes, with impersonation, only to namespaces that have an account of its team', () => {
    const application = { ...previews.application, to: { cluster: 'prod-eu', namespace: 'storefront-prod' } };
    expect(told({ impersonation: true, applicationSets: [{ ...previews, application, namespaces: ['storefront-prod'] }] })).toEqual([]);
    expect(told({ impersonation: true, applicationSets: [{ ...previews, application, namespaces: ['storefront-prod', 'preview-*'] }] })).toEqual([
      `${at}.applicationSets[0].namespaces[1]: expected, with impersonation, a namespace in which team shop has an app, because its account is made there, got "preview-*".\n    fix: name one. Known: flask-api-prod, storefront-prod.`,
    ]);
  });

  it('that is listed twice is told so', () => {
    expect(told({ applicationSets: [previews, previews] })).toEqual([`${at}.applicationSets[1].name: application set "previews" is listed twice`]);
  });
});

describe('a team', () => {
  it('that owns an app may have groups, kinds and repositories', () => {
    expect(toldOfTeams({ shop: { groups: ['acme:shop'], kinds: ['cert-manager.io/Certificate', 'ResourceQuota'], sourceRepos: ['https://github.com/acme/x', 'oci://ghcr.io/acme/charts'] } })).toEqual([]);
  });

  it('that has external apps only may have cluster-scoped kinds', () => {
    expect(toldOfTeams({ platform: { clusterKinds: ['apiextensions.k8s.io/CustomResourceDefinition'] } }, operators)).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ['that nobody is in', { shopp: {} }, 'environments/index.ts: teams.shopp: expected a team that owns something, got "shopp".\n    fix: name one. Did you mean "shop"? Known: platform, shop, web.'],
    ['of apps with a cluster-scoped kind', { shop: { clusterKinds: ['rbac.authorization.k8s.io/ClusterRole'] } }, 'environments/index.ts: teams.shop.clusterKinds: expected no cluster-scoped kinds for a team that owns apps (flask-api, storefront), got rbac.authorization.k8s.io/ClusterRole\n    fix: give them to a team of the platform that has external apps only'],
    ['with a cluster-scoped kind among the others', { shop: { kinds: ['Namespace'] } }, 'environments/index.ts: teams.shop.kinds[0]: expected a kind that has namespaces, got Namespace; an app team delivers none other: it belongs to the platform'],
    ['with every kind', { shop: { kinds: ['*'] } }, 'environments/index.ts: teams.shop.kinds[0]: expected a kind as <group>/<Kind>, such as rbac.authorization.k8s.io/Role, or <Kind> of the core group, no "*", got "*"'],
    ['with the controller\'s own kinds', { platform: { kinds: ['argoproj.io/AppProject'] } }, 'environments/index.ts: teams.platform.kinds[0]: expected a kind that steers no controller, got argoproj.io/AppProject: who may deliver it may deliver anything; tracking objects are rendered, never delivered by a team'],
    ['with Flux\'s own kinds', { platform: { kinds: ['kustomize.toolkit.fluxcd.io/Kustomization'] } }, 'environments/index.ts: teams.platform.kinds[0]: expected a kind that steers no controller, got kustomize.toolkit.fluxcd.io/Kustomization: who may deliver it may deliver anything; tracking objects are rendered, never delivered by a team'],
    ['with a group in quotes', { shop: { groups: ['"acme:shop"'] } }, 'environments/index.ts: teams.shop.groups[0]: expected the name of a group, without quotes, tabs and line breaks, got "\\"acme:shop\\""'],
    ['with an unknown field', { shop: { repos: [] } }, 'environments/index.ts: teams.shop.repos: unknown field.\n    fix: remove it or spell it as the schema does.'],
  ])('%s is told so', (_, teams, message) => {
    const [first, ...rest] = toldOfTeams(teams, operators);
    expect(rest).toEqual([]);
    expect(first?.startsWith(message) === true ? message : first).toBe(message);
  });
});
