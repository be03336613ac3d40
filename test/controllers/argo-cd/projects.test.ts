import { describe, expect, it } from 'vitest';
import type { Hosted } from '../../../lib/controllers/controller.ts';
import { argoCdController } from '../../../lib/controllers/argo-cd/controller.ts';
import { systemProjects } from '../../../lib/controllers/argo-cd/projects.ts';
import { kindProblems, tenantKinds, tenantKindsOf } from '../../../lib/controllers/tenant-kinds.ts';
import type { KubeObject } from '../../../lib/manifests/rendered.ts';
import { describeProblem } from '../../../lib/values/errors.ts';
import { at, fieldsAt, listAt } from '../../../lib/values/fields.ts';
import { hostedIn, withExternalApps, type Subject } from '../../conformance/fixture.ts';
import { argoCdSubject } from '../../conformance/subjects.ts';
import type { Draft } from '../../model/sources.ts';

function hosted(settings: Readonly<Record<string, unknown>> = {}, edit?: (draft: Draft) => void): Hosted {
  const subject: Subject = { ...argoCdSubject, settings };
  return hostedIn(subject, 'prod-eu', edit);
}

const member = (drafted: Draft): void => { Object.assign(drafted.clusters['prod-onprem'] ?? {}, { managedBy: 'prod-eu', server: 'https://onprem.acme.example:6443' }); };

function projectOf(team: string, input: Hosted): KubeObject | undefined {
  return [...systemProjects(input), ...argoCdController.platform(input)].find((object) => object.kind === 'AppProject' && object.metadata?.name === team);
}

describe('the project', () => {
  it('default allows nothing at all', () => {
    expect(projectOf('default', hosted())?.['spec']).toEqual({
      description: 'Empty on purpose: an Application belongs to the project of its team.',
      sourceRepos: [], destinations: [], clusterResourceWhitelist: [], namespaceResourceBlacklist: [{ group: '*', kind: '*' }],
    });
  });

  it('slipway takes the runtime repo alone, to the clusters of this Argo CD alone, and only the cluster-scoped kinds of platforms', () => {
    const project = projectOf('slipway', hosted({}, member));
    expect(at(project, 'spec', 'sourceRepos')).toEqual(['git@github.com:acme/runtime.git']);
    expect(at(project, 'spec', 'destinations')).toEqual([{ server: 'https://kubernetes.default.svc', namespace: '*' }, { name: 'prod-onprem', namespace: '*' }]);
    const kinds = listAt(project, 'spec', 'clusterResourceWhitelist').map((kind) => String(at(kind, 'kind')));
    expect(kinds).toContain('CustomResourceDefinition');
    expect(kinds).not.toContain('*');
  });

  it('of a team allows its namespaces, its sources, and no cluster-scoped kind', () => {
    const input = hosted({}, withExternalApps('prod-eu'));
    const project = projectOf('data', input);
    expect(at(project, 'spec', 'sourceRepos')).toEqual(['ghcr.io/acme/charts', 'git@github.com:acme/runtime.git', 'https://charts.acme.example', 'https://github.com/acme/charts.git', 'https://github.com/acme/grafana.git', 'https://github.com/acme/tools.git']);
    expect(listAt(project, 'spec', 'destinations').map((each) => String(at(each, 'namespace')))).toEqual(['ext-both-ns', 'ext-chart-ns', 'ext-folder-ns', 'ext-git-chart-ns', 'ext-oci-ns', 'ext-tag-ns']);
    expect(at(project, 'spec', 'clusterResourceWhitelist')).toEqual([]);
    expect(listAt(project, 'spec', 'namespaceResourceWhitelist')).toEqual(tenantKinds.map(({ group, kind }) => ({ group, kind })));
    expect(at(project, 'spec', 'orphanedResources')).toEqual({ warn: true });
    expect(JSON.stringify(at(project, 'spec'))).not.toContain('"*"');
  });

  it('of a team stays when its last app leaves, and allows the namespaces of apps that run elsewhere now: Argo CD deletes by its leave', () => {
    const all = projectOf('web', hosted());
    expect(all?.metadata?.annotations).toEqual({ 'argocd.argoproj.io/compare-options': 'IgnoreExtraneous', 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' });
    const moved = projectOf('web', { ...hosted(), tenants: hosted().tenants.map((tenant) => (tenant.team === 'web' ? { ...tenant, namespace: 'another' } : tenant)) });
    const namespaces = (project: KubeObject | undefined): string[] => listAt(project, 'spec', 'destinations').map((each) => String(at(each, 'namespace')));
    expect(namespaces(all)).toEqual(['hello-tornado-prod']);
    expect(namespaces(moved)).toEqual(['another', 'hello-tornado-prod']);
    // A namespace that teams share is a team's only while it delivers there.
    const shared = projectOf('web', { ...hosted(), fleet: { ...hosted().fleet, environments: hosted().fleet.environments.map((each) => ({ ...each, namespace: '{environment}' })) } });
    expect(namespaces(shared)).toEqual(['hello-tornado-prod']);
  });

  it('of a team has its further kinds and repositories, and its people may see and sync, not change', () => {
    const input = hosted({}, (drafted) => { drafted.fleet['teams'] = { web: { kinds: ['cert-manager.io/Certificate'], sourceRepos: ['https://github.com/acme/more'], groups: ['acme:web', 'acme:sre', 'cn=web,ou=groups,dc=acme'] } }; });
    const project = projectOf('web', input);
    expect(listAt(project, 'spec', 'namespaceResourceWhitelist')).toContainEqual({ group: 'cert-manager.io', kind: 'Certificate' });
    expect(listAt(project, 'spec', 'sourceRepos')).toContain('https://github.com/acme/more');
    expect(at(project, 'spec', 'roles')).toEqual([{
      name: 'members', description: 'People of team web.', groups: ['"cn=web,ou=groups,dc=acme"', 'acme:sre', 'acme:web'],
      policies: ['applications, action/argoproj.io/Rollout/*', 'applications, get', 'applications, sync', 'logs, get'].map((right) => `p, proj:web:members, ${right}, web/*, allow`),
    }]);
    expect(at(projectOf('shop', input), 'spec', 'roles')).toBeUndefined();
  });

  it('of a team of the platform, which has external apps only, may allow cluster-scoped kinds', () => {
    const input = hosted({}, (drafted) => { withExternalApps('prod-eu')(drafted); drafted.fleet['teams'] = { data: { clusterKinds: ['apiextensions.k8s.io/CustomResourceDefinition'] } }; });
    expect(at(projectOf('data', input), 'spec', 'clusterResourceWhitelist')).toEqual([{ group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' }]);
  });

  it('of a team has the windows that are meant for it, by the places of the environments they name', () => {
    const input = hosted({ syncWindows: [
      { kind: 'deny', schedule: '0 16 * * fri', duration: '62h', timeZone: 'Europe/Berlin', description: 'weekend', environments: ['prod'] },
      { kind: 'allow', schedule: '0 8 * * 1-5', duration: '10h', teams: ['web'], manualSync: true },
    ] }, member);
    expect(at(projectOf('web', input), 'spec', 'syncWindows')).toEqual([
      { kind: 'deny', schedule: '0 16 * * fri', duration: '62h', timeZone: 'Europe/Berlin', manualSync: false, description: 'weekend', clusters: ['https://kubernetes.default.svc', 'prod-onprem'], namespaces: ['hello-tornado-prod'], andOperator: true },
      { kind: 'allow', schedule: '0 8 * * 1-5', duration: '10h', timeZone: 'UTC', manualSync: true, applications: ['*'] },
    ]);
    expect(listAt(projectOf('shop', input), 'spec', 'syncWindows')).toHaveLength(1);
  });
});

describe('impersonation', () => {
  const input = hosted({ impersonation: true }, member);

  it('names an account for every destination of every project', () => {
    expect(at(projectOf('web', input), 'spec', 'destinationServiceAccounts')).toEqual([
      { server: 'https://kubernetes.default.svc', namespace: 'hello-tornado-prod', defaultServiceAccount: 'slipway-web' },
      { server: 'https://onprem.acme.example:6443', namespace: 'hello-tornado-prod', defaultServiceAccount: 'slipway-web' },
    ]);
    expect(at(projectOf('slipway', input), 'spec', 'destinationServiceAccounts')).toEqual([
      { server: 'https://kubernetes.default.svc', namespace: '*', defaultServiceAccount: 'argocd:slipway-system' },
      { server: 'https://onprem.acme.example:6443', namespace: '*', defaultServiceAccount: 'kube-system:argocd-manager' },
    ]);
  });

  it.each(['prod-eu', 'prod-onprem'])('makes each team\'s account on %s, with the rights that its project allows and no others', (name) => {
    const cluster = input.clusters.find((each) => each.name === name);
    if (cluster === undefined) throw new Error(`no ${name}`);
    const objects = name === 'prod-eu' ? argoCdController.platform(input) : argoCdController.memberPlatform(input, cluster);
    const role = objects.find((object) => object.kind === 'ClusterRole' && object.metadata?.name === 'slipway-web');
    const granted = listAt(role, 'rules').flatMap((rule) => listAt(rule, 'resources').map((resource) => `${String(listAt(rule, 'apiGroups')[0])}/${String(resource)}`)).sort();
    expect(granted).toEqual(tenantKindsOf(input.fleet, 'web').map(({ group, resource }) => `${group}/${resource}`).sort());
    expect(objects.filter((object) => object.kind === 'RoleBinding' && object.metadata?.name === 'slipway-web').map((object) => object.metadata?.namespace)).toEqual(['hello-tornado-prod']);
    expect(objects.filter((object) => object.kind === 'ClusterRoleBinding')).toEqual([]);
  });

  it('puts the account of Slipway\'s own project into the install, without which nothing could be synced', () => {
    expect(systemProjects(input).map((object) => `${object.kind}/${object.metadata?.name ?? ''}`)).toEqual(['AppProject/default', 'AppProject/slipway', 'ServiceAccount/slipway-system', 'ClusterRoleBinding/slipway-system']);
  });

  it('is off unless asked for: no accounts, no roles', () => {
    const off = hosted({}, member);
    const objects = [...systemProjects(off), ...argoCdController.platform(off), ...off.clusters.slice(1).flatMap((cluster) => argoCdController.memberPlatform(off, cluster))];
    expect(objects.filter((object) => object.kind !== 'AppProject')).toEqual([]);
    expect(JSON.stringify(objects)).not.toContain('destinationServiceAccounts');
  });
});

describe('a kind that an app renders', () => {
  const { fleet } = hosted({}, (drafted) => { drafted.fleet['teams'] = { web: { kinds: ['traefik.io/Middleware'] } }; });
  const app = { name: 'hello-tornado', team: 'web', file: 'apps/hello-tornado.ts' };

  it('may be one that constructs make, or one of its team', () => {
    expect(kindProblems(fleet, app, [...tenantKinds.map(({ group, kind }) => (group === '' ? kind : `${group}/${kind}`)), 'traefik.io/Middleware'])).toEqual([]);
  });

  it('and that its team may not deliver is told with the way to allow it', () => {
    expect(kindProblems(fleet, { ...app, team: 'shop' }, ['Service', 'traefik.io/Middleware']).map(describeProblem)).toEqual([
      'apps/hello-tornado.ts: app hello-tornado renders a traefik.io/Middleware, which team shop may not deliver\n    fix: list it in environments/index.ts: teams: { "shop": { kinds: ["traefik.io/Middleware"] } } if it has namespaces; otherwise it belongs to the platform',
    ]);
  });

  it('is a resource by its plural', () => {
    expect(fieldsAt({ kinds: Object.fromEntries(tenantKindsOf({ externalApps: [], teams: { x: { groups: [], clusterKinds: [], sourceRepos: [], kinds: ['a.example/Proxy', 'a.example/Gateway', 'a.example/Class', 'a.example/Box', 'a.example/Branch'] } } }, 'x').filter(({ group }) => group === 'a.example').map(({ kind, resource }) => [kind, resource])) }, 'kinds'))
      .toEqual({ Box: 'boxes', Branch: 'branches', Class: 'classes', Gateway: 'gateways', Proxy: 'proxies' });
  });
});
