import { ApiObject } from 'cdk8s';
import { describe, expect, it } from 'vitest';
import { Manifest } from '../../lib/constructs/manifest.ts';
import type { KubeObject, RenderedUnit } from '../../lib/manifests/rendered.ts';
import { fileText } from '../../lib/manifests/text.ts';
import { renderFleet } from '../../lib/synth/render.ts';
import { mergeProblems, type RenderProblem } from '../../lib/synth/render-problem.ts';
import type { Problem } from '../../lib/values/errors.ts';
import { draft, digest, sourcesOf, type Draft } from '../model/sources.ts';
import type { AppChart } from '../../lib/constructs/app-chart.ts';
import { assembleFleet } from '../../lib/model/assemble.ts';
import type { ServiceEndpoint } from '../../lib/model/app.ts';
import { fleetWith } from './fleet-with.ts';

function configMap(name: string, data: Record<string, string> = {}): { apiVersion: string; kind: string; metadata: { name: string }; data: Record<string, string> } {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data };
}

function render(...given: Parameters<typeof fleetWith>): { units: RenderedUnit[]; problems: Problem[] } {
  const problems: RenderProblem[] = [];
  const units = [...renderFleet(fleetWith(...given), {}, problems)];
  return { units, problems: mergeProblems(problems) };
}

const unitOf = (units: readonly RenderedUnit[], id: string): RenderedUnit => {
  const unit = units.find((each) => each.id === id);
  if (unit === undefined) throw new Error(`no ${id} among ${units.map((each) => each.id).join(', ')}`);
  return unit;
};

describe('a render', () => {
  it('gives each app and environment a folder with one file per object and a kustomization that lists them', () => {
    const { units, problems } = render((chart) => { new Manifest(chart, 'b', configMap('b')); new Manifest(chart, 'a', configMap('a')); });
    expect(problems).toEqual([]);
    expect(units.map((unit) => unit.id)).toEqual([
      'apps/dev/storefront', 'apps/staging/storefront', 'apps/prod/storefront',
      'clusters/dev', 'clusters/dev/flux', 'clusters/dev/platform', 'clusters/dev/dev',
      'clusters/prod-eu', 'clusters/prod-eu/argo-cd', 'clusters/prod-eu/platform', 'clusters/prod-eu/prod',
      'clusters/prod-eu/members/prod-onprem', 'clusters/prod-onprem/platform', 'clusters/prod-eu/members/prod-onprem/prod',
      'clusters/staging', 'clusters/staging/argo-cd', 'clusters/staging/platform', 'clusters/staging/staging',
    ]);
    const unit = unitOf(units, 'apps/prod/storefront');
    expect(unit.files.map((file) => file.path)).toEqual(['apps/prod/storefront/configmap-a.yaml', 'apps/prod/storefront/configmap-b.yaml', 'apps/prod/storefront/kustomization.yaml']);
    expect(unit.files.map(fileText).at(-1)).toBe([
      '# Rendered by Slipway from apps/storefront.ts. Edit that instead of this file.',
      'apiVersion: kustomize.config.k8s.io/v1beta1', 'kind: Kustomization', 'resources:', '- configmap-a.yaml', '- configmap-b.yaml', '',
    ].join('\n'));
  });

  it('puts image versions into the kustomization, under the name that the manifests use', () => {
    const pod = (image: string): Parameters<typeof fleetWith>[0] => (chart) => {
      new Manifest(chart, 'pod', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { containers: [{ name: 'c', image }] } });
    };
    const images = (image: string): unknown => unitOf(render(pod(image)).units, 'apps/dev/storefront').files.find((file) => file.path.endsWith('kustomization.yaml'))?.objects[0]?.value['images'];
    const version = { newTag: '1.4.2', digest: digest('storefront') };
    expect(images('ghcr.io/acme/storefront')).toEqual([{ name: 'ghcr.io/acme/storefront', ...version }]);
    expect(images('storefront')).toEqual([{ name: 'storefront', newName: 'ghcr.io/acme/storefront', ...version }]);
    expect(images('redis:7')).toBeUndefined();
  });

  it('names the namespace in the file of an object outside the app\'s own', () => {
    const { units } = render((chart) => { new Manifest(chart, 'x', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'kube-system' } }); });
    expect(unitOf(units, 'apps/dev/storefront').files[0]?.path).toBe('apps/dev/storefront/configmap-kube-system.a.yaml');
  });

  it('marks volume claims, and nothing else, so that neither controller removes them; what the app says itself counts', () => {
    const claim = (name: string, annotations?: Record<string, string>): KubeObject => ({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name, ...(annotations !== undefined && { annotations }) }, spec: { accessModes: ['ReadWriteOnce'] } });
    const { units } = render((chart) => {
      new Manifest(chart, 'a', claim('a'));
      new Manifest(chart, 'b', claim('b', { 'argocd.argoproj.io/sync-options': 'Prune=confirm', team: 'shop' }));
      new Manifest(chart, 'c', configMap('c'));
    });
    const kept = { 'argocd.argoproj.io/compare-options': 'IgnoreExtraneous', 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false', 'kustomize.toolkit.fluxcd.io/prune': 'disabled' };
    const annotations = unitOf(units, 'apps/dev/storefront').files.flatMap((file) => file.objects).map(({ value }) => [value.metadata?.name, value.metadata?.annotations]);
    expect(annotations).toEqual([['c', undefined], [undefined, undefined], ['a', kept], ['b', { ...kept, 'argocd.argoproj.io/sync-options': 'Prune=confirm', team: 'shop' }]]);
  });

  it('keeps what must be there before the app in its pre/ folder', () => {
    const { units } = render((chart) => { new Manifest(chart, 'a', configMap('a')).beforeApp(); new Manifest(chart, 'b', configMap('b')); });
    expect(unitOf(units, 'apps/dev/storefront').files.map((file) => file.path.slice('apps/dev/storefront/'.length))).toEqual(['configmap-b.yaml', 'kustomization.yaml', 'pre/configmap-a.yaml', 'pre/kustomization.yaml']);
  });

  it('refuses two objects for one file and names both constructs', () => {
    const { problems } = render((chart) => { new Manifest(chart, 'one', configMap('a')); new Manifest(chart, 'two', configMap('a')); });
    expect(problems.map((problem) => problem.where)).toEqual(['apps/storefront.ts: storefront/two']);
    expect(problems[0]?.message).toContain('storefront/one');
  });

  it('refuses a dependency between objects, which one file per object would lose', () => {
    const { problems } = render((chart) => { const a = new ApiObject(chart, 'a', configMap('a')); new ApiObject(chart, 'b', configMap('b')).addDependency(a); });
    expect(problems[0]?.message).toMatch(/addDependency/);
  });

  it('reports what a build throws with its app and goes on with the others', () => {
    const { problems, units } = render(() => { throw new RangeError('no such thing'); });
    expect(problems.map((problem) => problem.message)).toEqual(['build threw RangeError: no such thing']);
    expect(units.length).toBe(18);
  });

  it('refuses an async build, whose later constructs would be lost', () => {
    const { problems } = render(async (chart) => { await Promise.resolve(); new Manifest(chart, 'late', configMap('late')); throw new Error('later'); });
    expect(problems.map((problem) => [problem.where, problem.message])).toEqual([['apps/storefront.ts: build', 'expected a build that is done when it returns, got an async one']]);
  });

  it('reports a value that YAML can\'t hold instead of dropping it', () => {
    const { problems } = render((chart) => { new Manifest(chart, 'a', { ...configMap('a'), data: { when: new Date(0), fine: undefined, f: () => 1 } as never }); });
    expect(problems.map((problem) => problem.message).slice(0, 2)).toEqual(['data.when: expected plain data, got an instance of Date', 'data.f: expected plain data, got a function']);
  });

  it('refuses an environment that the fleet does not have', () => {
    expect(() => [...renderFleet(fleetWith(() => undefined), { environments: ['prd'] }, [])]).toThrow(/Did you mean "prod"\?/);
  });

  it('refuses a key of select that is no environment', () => {
    const { problems } = render((_, { select }) => { select({ produktion: 1, default: 2 }); });
    expect(problems[0]?.message).toContain('"produktion"');
  });

  it('tells a mistake once, and the environments where not all have it', () => {
    const everywhere = render(() => { throw new Error('odd'); });
    const inProd = render((_, { environment }) => { if (environment.name !== 'dev') throw new Error('odd'); });
    expect([everywhere, inProd].map(({ problems }) => problems.map((problem) => problem.message))).toEqual([['build threw Error: odd'], ['build threw Error: odd (in staging, prod)']]);
  });
});

describe('a change', () => {
  const textsOf = (edit: (draft: Draft) => void): Map<string, string> => {
    const edited = draft();
    for (const [name, app] of Object.entries(edited.apps)) app['build'] = (chart: AppChart) => { new Manifest(chart, 'a', configMap(name)); };
    edit(edited);
    const { fleet, problems } = assembleFleet(sourcesOf(edited));
    expect(problems).toEqual([]);
    return new Map([...renderFleet(fleet, {}, [])].flatMap((unit) => unit.files.map((file) => [file.path, fileText(file)] as const)));
  };

  it('that adds an app of a team that is there already touches its folders, namespaces and tracking objects, and nothing else', () => {
    const before = textsOf((edited) => { delete edited.apps['flask-api']; });
    const after = textsOf(() => undefined);
    const touched = [...after].filter(([path, text]) => before.get(path) !== text).map(([path]) => path);
    expect(touched.filter((path) => !/\/[\w-]*flask-api[\w.-]*(\/|$)|\/(platform|\w+)\/kustomization\.yaml$|\/platform\/appproject-shop\.yaml$/.test(path))).toEqual([]);
    expect(touched.length).toBeGreaterThan(6);
    expect([...before.keys()].filter((path) => !after.has(path))).toEqual([]);
  });

  it('of the order in which files are found changes no byte', () => {
    const reversed = <T>(values: Record<string, T>): void => {
      const entries = Object.entries(values).reverse();
      for (const key of Object.keys(values)) delete values[key];
      for (const [key, value] of entries) values[key] = value;
    };
    expect([...textsOf((edited) => { reversed(edited.apps); reversed(edited.clusters); reversed(edited.environments); })]).toEqual([...textsOf(() => undefined)]);
  });
});

describe('apps that call each other', () => {
  const service = (port: number, targetPort: number | string): Parameters<typeof fleetWith>[0] => (chart) => {
    const labels = { app: 'x' };
    new Manifest(chart, 's', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'storefront' }, spec: { selector: labels, ports: [{ port, targetPort }] } });
    new Manifest(chart, 'd', { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'd' }, spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [{ name: 'c', ports: [{ name: 'http', containerPort: 8000 }] }] } } } });
  };
  const provide = (build: Parameters<typeof fleetWith>[0], endpoint: object): string[] => render(build, (draft) => {
    (draft.apps['storefront'] as Record<string, unknown>)['endpoints'] = { http: { app: 'storefront', team: 'shop', environments: ['dev'], endpoint: 'http', service: 'storefront', port: 80, targetPort: 8000, scheme: 'http', ...endpoint } };
  }).problems.map((problem) => `${problem.where}: ${problem.message}`);

  it.each([[8000], ['http']])('find the Service that is provided, by its pods\' port %s', (target) => {
    expect(provide(service(80, target), {})).toEqual([]);
  });

  it('break the render when the Service is renamed, removed or moved to other ports', () => {
    expect(provide(() => undefined, {})).toEqual(['apps/storefront.ts: provides.http: expected a Service "storefront" among what the app makes, got none.']);
    expect(provide(service(80, 'http'), { service: 'shop' })).toEqual(['apps/storefront.ts: provides.http: expected a Service "shop" among what the app makes, got none.']);
    expect(provide(service(8080, 'http'), {})).toEqual(['apps/storefront.ts: provides.http.port: expected a port of Service storefront (8080), got 80']);
    expect(provide(service(80, 'http'), { targetPort: 80 })).toEqual(['apps/storefront.ts: provides.http.targetPort: expected the pods\' port behind port 80 of Service storefront, 8000, got 80']);
  });

  const callee = { app: 'flask-api', team: 'shop', environments: ['dev', 'staging', 'prod'], endpoint: 'http', service: 'flask-api', port: 80, targetPort: 80, scheme: 'http' as const };
  const calling = (endpoint: Partial<ServiceEndpoint>, edit: (draft: Draft) => void = () => undefined): string[] => {
    const problems: RenderProblem[] = [];
    const { fleet } = assembleFleet(sourcesOf((() => {
      const edited = draft();
      (edited.apps['flask-api'] as Record<string, unknown>)['endpoints'] = { http: callee };
      (edited.apps['storefront'] as Record<string, unknown>)['build'] = (chart: AppChart) => { new Manifest(chart, 'a', configMap('a', { url: chart.resolve({ ...callee, ...endpoint }).url })); };
      edit(edited);
      return edited;
    })()));
    const units = [...renderFleet({ ...fleet, apps: fleet.apps.map((app) => (app.name === 'flask-api' ? { ...app, build: (chart) => { service(80, 80)(chart, undefined as never); } } : app)) }, {}, problems)];
    const text = units.find((unit) => unit.id === 'apps/staging/storefront')?.files.map(fileText).join('') ?? '';
    return [...mergeProblems(problems).filter((problem) => problem.where.startsWith('apps/storefront')).map((problem) => problem.message), ...[...text.matchAll(/url: (\S+)/g)].map((match) => match[1] ?? '')];
  };

  it('get an address in the callee\'s namespace and the cluster\'s own DNS domain', () => {
    expect(calling({})).toEqual(['http://flask-api.flask-api-staging.svc.staging.local:80']);
  });

  it('break the render when the callee is gone, provides something else, or runs elsewhere', () => {
    expect(calling({ app: 'flask-apo' })[0]).toContain('calls an app that is not in the fleet: "flask-apo"');
    expect(calling({ endpoint: 'grpc' })[0]).toContain('endpoint "grpc", which it does not provide');
    expect(calling({}, (draft) => { (draft.apps['flask-api'] as Record<string, unknown>)['environments'] = ['staging']; })[0]).toContain('where it does not run');
  });
});

describe('clusters of one environment', () => {
  const folders = (build: Parameters<typeof fleetWith>[0]): unknown => unitOf(render(build).units, 'apps/prod/storefront').folders?.map(({ path, clusters }) => ({ path, clusters }));
  const both = [{ path: 'apps/prod/storefront', clusters: ['prod-eu', 'prod-onprem'] }];

  it('share one render when the build reads nothing of them', () => {
    let builds = 0;
    expect(folders((chart) => { builds += 1; new Manifest(chart, 'a', configMap('a')); })).toEqual(both);
    expect(builds).toBe(3);
  });

  it('share one render when what the build reads is the same on all', () => {
    expect(folders((chart, { cluster }) => { new Manifest(chart, 'a', configMap('a', { domain: cluster.dnsDomain })); })).toEqual(both);
  });

  it('share one render when builds read different things and come out the same', () => {
    expect(folders((chart, { cluster }) => { new Manifest(chart, 'a', configMap('a', { cloud: String(cluster.provider.length > 1) })); })).toEqual(both);
  });

  it('get a complete render each where a value differs', () => {
    expect(folders((chart, { selectCluster }) => { new Manifest(chart, 'a', configMap('a', { disk: selectCluster({ 'prod-onprem': 'local', default: 'gp3' }) })); })).toEqual([
      { path: 'apps/prod/storefront', clusters: ['prod-eu'] }, { path: 'apps/prod/storefront@prod-onprem', clusters: ['prod-onprem'] },
    ]);
  });

  it('cost one build per different answer, however many they are', () => {
    let builds = 0;
    const fleet = fleetWith((chart, { selectCluster }) => {
      builds += 1;
      new Manifest(chart, 'a', configMap('a', { disk: selectCluster({ 'edge-7': 'local', default: 'gp3' }) }));
    }, (draft) => {
      for (let index = 0; index < 1_000; index += 1) draft.clusters[`edge-${index}`] = { ...draft.clusters['prod-eu'], name: `edge-${index}` };
      (draft.environments['prod'] as Record<string, unknown>)['clusters'] = Object.keys(draft.clusters).filter((name) => name.startsWith('edge-')).map((name) => draft.clusters[name]);
    });
    const unit = unitOf([...renderFleet(fleet, { environments: ['prod'] }, [])], 'apps/prod/storefront');
    expect(builds).toBe(2);
    expect(unit.folders?.map((folder) => [folder.path, folder.clusters.length])).toEqual([['apps/prod/storefront', 999], ['apps/prod/storefront@edge-7', 1]]);
  });
});
