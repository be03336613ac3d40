import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assembleFleet } from '../../lib/model/assemble.ts';
import { defineExternalApp, git, helm } from '../../lib/model/external-app.ts';
import { describeProblem } from '../../lib/values/errors.ts';
import { draft, sourcesOf, type Draft } from './sources.ts';

const folder = git({ url: 'https://github.com/acme/grafana.git', revision: 'main', path: 'deploy' });
const chart = helm({ repo: 'https://charts.acme.example', chart: 'redis', version: '20.6.1', values: { replica: { replicaCount: 2 } } });

/** The draft fleet with `apps/cache.ts`, whose fields a test replaces; what is thrown away by types is written as it would be without them. */
function assembled(fields: Readonly<Record<string, unknown>>, edit: (draft: Draft) => void = () => undefined): ReturnType<typeof assembleFleet> {
  const edited = draft();
  edit(edited);
  const good = defineExternalApp('cache', { team: 'shop', source: chart, to: { cluster: 'prod-eu', namespace: 'cache' } });
  edited.apps['cache'] = { ...good, ...fields };
  return assembleFleet(sourcesOf(edited));
}

function told(fields: Readonly<Record<string, unknown>>, edit?: (draft: Draft) => void): string[] {
  return assembled(fields, edit).problems.map(describeProblem);
}

describe('an external app', () => {
  it('of a chart gets its defaults, and no app of ours is made of it', () => {
    const { fleet, problems } = assembled({});
    expect(problems).toEqual([]);
    expect(fleet.apps.map((app) => app.name)).toEqual(['flask-api', 'hello-tornado', 'storefront']);
    expect(fleet.externalApps).toEqual([{
      name: 'cache', team: 'shop', sync: 'automated', cluster: 'prod-eu', namespace: 'cache', podSecurity: 'restricted', kinds: [], file: 'apps/cache.ts',
      sources: [{ kind: 'helm', repo: 'https://charts.acme.example', chart: 'redis', version: '20.6.1', values: { replica: { replicaCount: 2 } } }],
    }]);
  });

  it.each([
    ['a Git folder', folder],
    ['the root of a repository at a tag', git({ url: 'git@github.com:acme/x.git', revision: 'v1.4.2' })],
    ['a commit', git({ url: 'https://github.com/acme/x', revision: 'a'.repeat(40), path: 'a/b' })],
    ['a chart of a registry', helm({ repo: 'oci://ghcr.io/acme/charts', chart: 'podinfo', version: '6.7.0' })],
    ['a chart whose version has a "v"', helm({ repo: 'https://charts.jetstack.io', chart: 'cert-manager', version: 'v1.18.2' })],
    ['a folder and a chart', [folder, chart]],
  ])('may come from %s', (_, source) => {
    expect(told({ source })).toEqual([]);
  });

  it('finds its cluster by the URL of its server', () => {
    expect(assembled({ to: { server: 'https://onprem.acme.example:6443', namespace: 'cache' } }).fleet.externalApps[0]?.cluster).toBe('prod-onprem');
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['an unknown sync policy', { sync: 'manual' }, 'apps/cache.ts: sync: expected one of automated, none, got "manual"\n    fix: choose one. Known: automated, none.'],
    ['a misspelt sync policy', { sync: 'automatic' }, 'apps/cache.ts: sync: expected one of automated, none, got "automatic"\n    fix: choose one. Did you mean "automated"? Known: automated, none.'],
    ['both a Git folder and a chart', { source: { kind: 'git', url: 'https://github.com/acme/x', revision: 'main', chart: 'redis' } }, 'apps/cache.ts: source: expected a Git folder or a chart, got both (chart, revision, url)\n    fix: write git({ url, revision, path }) or helm({ repo, chart, version, values }); an app of both takes a list of them'],
    ['both, one inside the other', { source: { git: folder, helm: chart } }, 'apps/cache.ts: source: expected a Git folder or a chart, got both (git, helm)\n    fix: write git({ url, revision, path }) or helm({ repo, chart, version, values }); an app of both takes a list of them'],
    ['both, in a list', { source: [chart, { ...folder, chart: 'redis' }] }, 'apps/cache.ts: source[1]: expected a Git folder or a chart, got both (chart, path, revision, url)\n    fix: write git({ url, revision, path }) or helm({ repo, chart, version, values }); an app of both takes a list of them'],
    ['a chart without version', { source: { kind: 'helm', repo: 'https://charts.acme.example', chart: 'redis' } }, 'apps/cache.ts: source.version: expected the exact version of the chart, got nothing\n    fix: write version: \'6.7.0\', with the version to install'],
    ['a password among the values of a chart', { source: { ...chart, values: { auth: { password: 'hunter2hunter2' } } } }, 'apps/cache.ts: source.values.auth.password: expected no secret, which would come to Git, but its name says that it is a secret; name a Secret that exists on the cluster instead, as the chart\'s values allow'],
    ['a token among the values of a chart in Git', { source: { ...folder, helm: { values: { env: [{ name: 'x', value: 'ghp_' + 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8' }] } } } }, 'apps/cache.ts: source.helm.values.env[0].value: expected no secret, which would come to Git, but the value has the shape of a GitHub token; name a Secret that exists on the cluster instead, as the chart\'s values allow'],
    ['a field that only the other kind of source has', { source: [{ ...chart, values: {}, refresh: '1h' }] }, 'apps/cache.ts: source[0].refresh: unknown field.\n    fix: remove it or spell it as the schema does. Known: chart, kind, repo, values, version.'],
    ['a range of versions', { source: { ...chart, version: '^20' } }, 'apps/cache.ts: source.version: expected an exact chart version such as 6.7.0 (no range: a new release would install itself), got "^20"'],
    ['the newest version, whatever it is', { source: { ...chart, version: '*' } }, 'apps/cache.ts: source.version: expected an exact chart version such as 6.7.0 (no range: a new release would install itself), got "*"'],
    ['a Git folder without revision', { source: { kind: 'git', url: 'https://github.com/acme/x' } }, 'apps/cache.ts: source.revision: expected a branch, a tag or a commit, got nothing\n    fix: write revision: \'v1.4.2\', or the branch to follow'],
    ['HEAD', { source: { ...folder, revision: 'HEAD' } }, 'apps/cache.ts: source.revision: expected a branch, a tag or a commit (no range, and not HEAD, which a server may move), got "HEAD"'],
    ['a password in a URL', { source: { ...chart, repo: 'https://me:hunter2@charts.acme.example' } }, 'apps/cache.ts: source.repo: expected a URL without user name and password: the controller has the credential by reference'],
    ['no source', { source: [] }, 'apps/cache.ts: source: expected at least 1 items, got a list of 0'],
    ['a destination with both server and name', { to: { cluster: 'prod-eu', server: 'https://onprem.acme.example:6443', namespace: 'cache' } }, 'apps/cache.ts: to: expected a cluster or a server, got both (cluster "prod-eu", server "https://onprem.acme.example:6443")\n    fix: name the cluster only: its server is known'],
    ['a destination with neither', { to: { namespace: 'cache' } }, 'apps/cache.ts: to: expected a cluster or a server, got neither\n    fix: write cluster: \'<name of a cluster of the fleet>\''],
    ['an unknown cluster', { to: { cluster: 'prod-ue', namespace: 'cache' } }, 'apps/cache.ts: to.cluster: expected a cluster of the fleet, got "prod-ue".\n    fix: name one. Did you mean "prod-eu"? Known: dev, prod-eu, prod-onprem, staging.'],
    ['an unknown server', { to: { server: 'https://onprem.acme.example:6444', namespace: 'cache' } }, 'apps/cache.ts: to.server: expected the server of a cluster of the fleet, got "https://onprem.acme.example:6444".\n    fix: name one, or the cluster by its name. Did you mean "https://onprem.acme.example:6443"? Known: https://onprem.acme.example:6443.'],
    ['a server that every cluster calls itself', { to: { server: 'https://kubernetes.default.svc', namespace: 'cache' } }, 'apps/cache.ts: to.server: expected the server of a cluster of the fleet, got "https://kubernetes.default.svc", which every cluster calls itself\n    fix: name the cluster: cluster: \'<name>\'. Known: dev, prod-eu, prod-onprem, staging.'],
    ['a namespace of Kubernetes', { to: { cluster: 'prod-eu', namespace: 'kube-system' } }, 'apps/cache.ts: to.namespace: expected a namespace of the team\'s own, got kube-system, which is not for apps\n    fix: name another: the platform makes it'],
    ['another team\'s namespace', { to: { cluster: 'prod-eu', namespace: 'hello-tornado-prod' } }, 'apps/cache.ts: to.namespace: expected a namespace of team shop, got hello-tornado-prod, in which hello-tornado of team web runs on prod-eu\n    fix: name another namespace'],
    ['a name that an app has', { name: 'storefront' }, 'apps/cache.ts: name: app "storefront" is defined by apps/storefront.ts already\n    fix: give one of them another name'],
    ['a team that is a project of Argo CD', { team: 'default' }, 'apps/cache.ts: team: expected the name of a team, got "default", which is the name of a project of Argo CD itself\n    fix: name the team otherwise'],
    ['a kind that steers the controller', { kinds: ['argoproj.io/Application'] }, 'apps/cache.ts: kinds[0]: expected a kind that steers no controller, got argoproj.io/Application: who may deliver it may deliver anything; tracking objects are rendered, never delivered by a team'],
    ['a cluster-scoped kind', { kinds: ['rbac.authorization.k8s.io/ClusterRole'] }, 'apps/cache.ts: kinds[0]: expected a kind that has namespaces, got rbac.authorization.k8s.io/ClusterRole; an app team delivers none other: it belongs to the platform'],
    ['an unknown field', { valeus: {} }, 'apps/cache.ts: valeus: unknown field.\n    fix: remove it or spell it as the schema does. Known: kind, kinds, name, podSecurity, source, sync, team, to.'],
  ])('with %s is told so, once', (_, fields, message) => {
    expect(told(fields)).toEqual([message]);
  });

  it('made of anything at all is judged, never a crash', () => {
    const odd = fc.oneof(fc.anything(), fc.record({ kind: fc.constantFrom('git', 'helm', 'svn'), url: fc.anything(), chart: fc.anything(), version: fc.anything(), cluster: fc.anything(), server: fc.anything(), namespace: fc.anything() }, { requiredKeys: [] }));
    fc.assert(fc.property(odd, odd, odd, odd, (source, to, sync, team) => {
      expect(assembled({ source, to, sync, team }).problems.every((problem) => problem.where.startsWith('apps/cache.ts'))).toBe(true);
    }), { numRuns: 300, seed: 5 });
  });

  it('with several mistakes is told all of them', () => {
    expect(assembled({ sync: 'manual', source: { kind: 'helm', repo: 'charts', chart: 'redis' }, to: { namespace: 'Cache' } }).problems.map((problem) => problem.where).sort())
      .toEqual(['apps/cache.ts: source.repo', 'apps/cache.ts: source.version', 'apps/cache.ts: sync', 'apps/cache.ts: to']);
  });
});

describe('a cluster', () => {
  const hub = (from: string, to: string) => (drafted: Draft): void => { Object.assign(drafted.clusters[from] ?? {}, { managedBy: to, server: 'https://x.acme.example' }); };

  it('without a manager is told who can be one', () => {
    expect(told({}, (drafted) => { delete drafted.clusters['staging']?.['controller']; })).toEqual(['environments/clusters/staging.ts: controller: expected an object, got nothing']);
    expect(told({}, (drafted) => { Object.assign(drafted.clusters['staging'] ?? {}, { controller: { kind: 'jenkins' } }); }))
      .toEqual(['environments/clusters/staging.ts: controller.kind: expected one of argo-cd, flux, got "jenkins"']);
  });

  it('whose hub is managed by itself in turn is told, both of them', () => {
    expect(told({}, (drafted) => { hub('staging', 'prod-onprem')(drafted); hub('prod-onprem', 'staging')(drafted); }).filter((line) => line.includes('managedBy'))).toEqual([
      'environments/clusters/staging.ts: managedBy: expected a hub that manages itself, got prod-onprem, which staging manages\n    fix: name another hub, or let prod-onprem manage itself',
      'environments/clusters/prod-onprem.ts: managedBy: expected a hub that manages itself, got staging, which prod-onprem manages\n    fix: name another hub, or let staging manage itself',
    ]);
  });

  it('of a hub can\'t run another controller than the hub', () => {
    expect(told({}, (drafted) => { hub('staging', 'prod-eu')(drafted); Object.assign(drafted.clusters['staging'] ?? {}, { controller: { kind: 'flux' } }); }))
      .toEqual(['environments/clusters/staging.ts: controller: expected argoCd(), by which prod-eu delivers to it, got flux()\n    fix: write controller: argoCd(), or let the cluster manage itself']);
  });

  it('that manages itself has no credential for a hub', () => {
    expect(told({}, (drafted) => { Object.assign(drafted.clusters['staging'] ?? {}, { credential: { kind: 'external-secret', key: 'clusters/staging' } }); }))
      .toEqual(['environments/clusters/staging.ts: credential: expected none on a cluster that manages itself: it is how a hub reaches a member\n    fix: remove it, or name the hub in managedBy']);
  });
});
