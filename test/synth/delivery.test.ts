import { describe, expect, it } from 'vitest';
import { Manifest } from '../../lib/constructs/manifest.ts';
import type { KubeObject, RenderedUnit } from '../../lib/manifests/rendered.ts';
import { fileText } from '../../lib/manifests/text.ts';
import { assembleFleet } from '../../lib/model/assemble.ts';
import type { Fleet } from '../../lib/model/fleet.ts';
import { noticesOf } from '../../lib/synth/notices.ts';
import { renderFleet, type RenderOptions } from '../../lib/synth/render.ts';
import type { RenderProblem } from '../../lib/synth/render-problem.ts';
import type { AppChart } from '../../lib/constructs/app-chart.ts';
import { draft, sourcesOf, type Draft } from '../model/sources.ts';

const configMap = (name: string): KubeObject => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: {} });

/** The draft fleet, all of whose clusters read one runtime repo; each app makes a ConfigMap. */
function fleetOf(edit: (draft: Draft) => void = () => undefined): Fleet {
  const edited = draft();
  delete edited.environments['prod']?.['runtimeRepo'];
  for (const [name, app] of Object.entries(edited.apps)) app['build'] = (chart: AppChart) => { new Manifest(chart, 'a', configMap(name)); };
  edit(edited);
  const { fleet, problems } = assembleFleet(sourcesOf(edited));
  expect(problems).toEqual([]);
  return fleet;
}

function render(edit?: (draft: Draft) => void, options: RenderOptions = {}): { readonly units: RenderedUnit[]; readonly problems: string[] } {
  const problems: RenderProblem[] = [];
  const units = [...renderFleet(fleetOf(edit), options, problems)];
  return { units, problems: problems.map(({ where, message }) => `${where}: ${message}`) };
}

const textsOf = (units: readonly RenderedUnit[]): Map<string, string> => new Map(units.flatMap((unit) => unit.files.map((file) => [file.path, fileText(file)] as const)));
const texts = (edit?: (draft: Draft) => void, options?: RenderOptions): Map<string, string> => textsOf(render(edit, options).units);
const valueAt = (units: readonly RenderedUnit[], path: string): KubeObject | undefined => units.flatMap((unit) => unit.files).find((file) => file.path === path)?.objects[0]?.value;
const app = (edited: Draft, name: string): Record<string, unknown> => edited.apps[name] ?? {};

describe('the tree of a cluster', () => {
  it('is the same, byte for byte, when only some environments are rendered', () => {
    const whole = texts();
    for (const environment of ['dev', 'staging', 'prod']) {
      const part = texts(undefined, { environments: [environment] });
      expect(part.size).toBeGreaterThan(10);
      for (const [path, text] of part) expect(text, path).toBe(whole.get(path));
    }
  });

  it('alone is rendered anew when its controller is another one', () => {
    const [before, after] = [texts(), texts((edited) => { Object.assign(edited.clusters['staging'] ?? {}, { controller: { kind: 'flux' } }); })];
    const changed = [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path));
    expect(changed.filter((path) => !path.startsWith('clusters/staging/'))).toEqual([]);
    expect(changed.length).toBeGreaterThan(10);
  });

  it('tells the controller what it has to know of an app: what comes first, whose replicas are not its own', () => {
    const { units } = render((edited) => {
      app(edited, 'storefront')['build'] = (chart: AppChart) => {
        new Manifest(chart, 'first', configMap('first')).beforeApp();
        new Manifest(chart, 'scaler', { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'web' }, spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, minReplicas: 1, maxReplicas: 2 } });
        new Manifest(chart, 'rollout', { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'worker', namespace: 'elsewhere' }, spec: {} });
      };
    });
    const unit = units.find(({ id }) => id === 'apps/dev/storefront');
    expect(unit?.folders?.map(({ facts }) => facts)).toEqual([{
      namespace: 'storefront-dev', namespaces: ['elsewhere', 'storefront-dev'], kinds: ['ConfigMap', 'argoproj.io/Rollout', 'autoscaling/HorizontalPodAutoscaler'], pre: true,
      autoscaled: [{ group: 'apps', kind: 'Deployment', name: 'web' }], rollouts: [{ group: 'argoproj.io', kind: 'Rollout', name: 'worker', namespace: 'elsewhere' }], ignored: [], encrypted: false,
    }]);
    const application = valueAt(units, 'clusters/staging/staging/application-storefront-staging.yaml')?.['spec'] as { sources: { path: string }[]; ignoreDifferences: unknown[] };
    expect(application.sources.map(({ path }) => path)).toEqual(['rendered/apps/staging/storefront/pre', 'rendered/apps/staging/storefront']);
    expect(application.ignoreDifferences).toHaveLength(1);
    const kustomization = valueAt(units, 'clusters/dev/dev/kustomization-storefront-dev.yaml')?.['spec'] as { path: string; dependsOn: { name: string }[] };
    expect([kustomization.path, kustomization.dependsOn.map(({ name }) => name)]).toEqual(['./rendered/apps/dev/storefront', expect.arrayContaining(['platform'])]);
  });

  it('has the add-ons of all its environments, their namespaces, and apps that wait for those whose custom resources they use', () => {
    const { units } = render((edited) => {
      Object.assign(edited.environments['dev'] ?? {}, { addOns: ['argo-rollouts', 'cert-manager'] });
      app(edited, 'storefront')['build'] = (chart: AppChart) => { new Manifest(chart, 'rollout', { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'web' }, spec: {} }); };
    });
    expect(units.filter(({ id }) => id.startsWith('clusters/dev/add-ons/')).map(({ id, needs }) => [id, needs?.map((need) => need.replace(/[\d.]+$/, '')).join()])).toEqual([
      ['clusters/dev/add-ons/argo-rollouts', 'upstream/argo-rollouts-'], ['clusters/dev/add-ons/cert-manager', 'upstream/cert-manager-'],
    ]);
    expect(['argo-rollouts', 'cert-manager'].map((name) => valueAt(units, `clusters/dev/platform/namespace-${name}.yaml`)?.kind)).toEqual(['Namespace', 'Namespace']);
    const dependsOn = (name: string): unknown => (valueAt(units, `clusters/dev/dev/kustomization-${name}-dev.yaml`)?.['spec'] as { dependsOn: { name: string }[] }).dependsOn.map((each) => each.name);
    expect([dependsOn('storefront'), dependsOn('flask-api')]).toEqual([['argo-rollouts', 'platform'], ['platform']]);
  });

  it('of a hub lists its members, whose tracking objects lie in folders of their own and carry their names', () => {
    const { units } = render();
    expect(valueAt(units, 'clusters/prod-eu/application-prod-onprem.yaml')?.['spec']).toMatchObject({ source: { path: 'rendered/clusters/prod-eu/members/prod-onprem' } });
    const member = valueAt(units, 'clusters/prod-eu/members/prod-onprem/prod/application-prod-onprem-storefront-prod.yaml');
    expect(member?.['spec']).toMatchObject({ destination: { name: 'prod-onprem', namespace: 'storefront-prod' }, source: { path: 'rendered/apps/prod/storefront' } });
    expect(units.find(({ id }) => id === 'clusters/prod-eu/members/prod-onprem')).toMatchObject({ cluster: 'prod-onprem', clusters: ['prod-eu'] });
    expect(units.some(({ id }) => id.startsWith('clusters/prod-onprem/argo-cd'))).toBe(false);
  });
});

describe('an app that names its clusters', () => {
  const onEuAlone = (edited: Draft): void => { app(edited, 'storefront')['clusters'] = { prod: ['prod-eu'] }; };

  it('lands, has a namespace and is tracked there only', () => {
    const { units } = render(onEuAlone);
    expect(units.find(({ id }) => id === 'apps/prod/storefront')?.clusters).toEqual(['prod-eu']);
    const paths = [...textsOf(units).keys()].filter((path) => path.startsWith('clusters/') && path.includes('storefront-prod'));
    expect(paths.filter((path) => path.includes('prod-onprem'))).toEqual([]);
    expect(paths).toEqual(expect.arrayContaining(['clusters/prod-eu/platform/namespace-storefront-prod.yaml', 'clusters/prod-eu/prod/application-storefront-prod.yaml']) as string[]);
  });

  it('can\'t be called where it doesn\'t run', () => {
    const endpoint = { app: 'storefront', team: 'shop', environments: ['dev', 'staging', 'prod'], endpoint: 'http', service: 'storefront', port: 80, targetPort: 80, scheme: 'http' };
    const { problems } = render((edited) => {
      onEuAlone(edited);
      app(edited, 'storefront')['endpoints'] = { http: endpoint };
      app(edited, 'flask-api')['build'] = (chart: AppChart) => { chart.resolve(endpoint as never); };
    });
    expect(problems.filter((problem) => problem.startsWith('apps/flask-api.ts'))).toEqual(['apps/flask-api.ts: calls storefront on cluster prod-onprem, where it does not run in prod']);
  });
});

describe('a fleet that can\'t be delivered', () => {
  it('has two things of one name on a controller', () => {
    const { problems } = render((edited) => { Object.assign(edited.clusters['prod-onprem'] ?? {}, { name: 'storefront-prod' }); });
    expect(problems.filter((problem) => problem.includes('would be tracked as'))).toEqual([
      'apps/storefront.ts: app storefront in prod would be tracked as "storefront-prod" on prod-eu, as cluster storefront-prod is',
    ]);
  });

  it('has an ApplicationSet whose Applications could take over what is tracked', () => {
    const set = (name: string): string[] => render((edited) => {
      const application = { name, source: { kind: 'git', url: 'https://github.com/acme/previews', revision: 'main', path: '{{ .path.path }}' }, to: { cluster: 'prod-eu', namespace: 'previews' } };
      const previews = { name: 'previews', team: 'shop', generators: [{ kind: 'git-folders', url: 'https://github.com/acme/previews', revision: 'main', folders: ['*'] }], application, namespaces: ['previews'] };
      Object.assign(edited.clusters['prod-eu'] ?? {}, { controller: { kind: 'argo-cd', applicationSets: [previews] } });
    }).problems;
    expect(set('preview-{{ .path.basename }}')).toEqual([]);
    expect(set('hello-{{ .path.basename }}')).toEqual([
      'environments/clusters/prod-eu.ts: controller.applicationSets[0].application.name: expected names that nothing else can have on prod-eu, got "hello-…": app hello-tornado in prod is tracked as "hello-tornado-prod", and the set would take it over',
    ]);
  });

  it('has a name that is too long for a label', () => {
    const name = 'a'.repeat(46);
    const { problems } = render((edited) => { Object.assign(edited.clusters['prod-onprem'] ?? {}, { name }); });
    expect(problems).toContain(`apps/hello-tornado.ts: app hello-tornado in prod would be tracked as "${name}-hello-tornado-prod" on prod-eu: expected at most 63 characters, got 65`);
  });

  it('has two runtime repos for one controller', () => {
    const { problems } = render((edited) => { Object.assign(edited.clusters['prod-onprem'] ?? {}, { runtimeRepo: { url: 'https://git.acme.example/other.git' } }); });
    expect(problems[0]).toMatch(/prod-eu\.ts: runtimeRepo: expected one runtime repo for all that the controller of prod-eu delivers, got git@github.com:acme\/runtime.git \(main, rendered\) and https:\/\/git.acme.example\/other.git \(main\)/);
  });

  it('is told of a runtime repo that no cluster can read, and by one line for each command that mends something', () => {
    const fleet = fleetOf((edited) => { delete edited.fleet['runtimeRepo']; });
    const missing = (name: string, reason: 'absent' | 'unpinned') => ({ name, version: '1.0.0', unit: `upstream/${name}-1.0.0`, reason, where: 'x', message: 'y', fix: reason === 'absent' ? 'slipway vendor' : 'slipway pins update' });
    expect(noticesOf(fleet, {}, [missing('a', 'absent'), missing('b', 'absent'), missing('c', 'unpinned')])).toEqual([
      'not vendored here: a 1.0.0, b 1.0.0 (what stands on them is rendered): slipway vendor',
      'nobody has had the bytes of c 1.0.0 (what stands on it is rendered): slipway pins update',
      'no cluster can read the embedded runtime repo (dev, prod-eu, staging): name yours as runtimeRepo in environments/index.ts',
    ]);
    expect(textsOf([...renderFleet(fleet, {}, [])]).get('clusters/dev/gitrepository-flux-system.yaml')).toContain('https://runtime-repo.invalid/runtime.git');
  });
});

describe('a wave', () => {
  const waves = (edited: Draft): void => { Object.assign(edited.environments['prod']?.['promotion'] ?? {}, { waves: [['prod-onprem']] }); };

  it('renders what its clusters take beside what the others have, and nothing else', () => {
    const { units } = render(waves, { environments: ['prod'], wave: 1 });
    expect(units.find(({ id }) => id === 'apps/prod/storefront')).toMatchObject({ partial: true, clusters: ['prod-onprem'], folders: [{ path: 'apps/prod/storefront@next', clusters: ['prod-onprem'] }] });
    expect([...textsOf(units).keys()].filter((path) => path.startsWith('apps/') && !path.includes('@next/'))).toEqual([]);
    expect(units.filter(({ environment }) => environment === 'prod').map(({ id }) => id).filter((id) => id.startsWith('clusters/'))).toEqual(['clusters/prod-eu/members/prod-onprem/prod']);
    expect(valueAt(units, 'clusters/prod-eu/members/prod-onprem/prod/application-prod-onprem-storefront-prod.yaml')?.['spec']).toMatchObject({ source: { path: 'rendered/apps/prod/storefront@next' } });
  });

  it('that is the last one renders everything as it is without waves', () => {
    expect([...texts(waves, { environments: ['prod'], wave: 2 })]).toEqual([...texts(waves, { environments: ['prod'] })]);
  });
});
