import { digest, type Draft } from './sources.ts';

/** A fault that can be planted: where it is reported, and how a draft gets it. Faults of one slot exclude each other. */
export interface KnownFault {
  readonly slot: string;
  readonly where: string;
  readonly message: RegExp;
  plant(draft: Draft): void;
}

function fault(slot: string, where: string, message: RegExp, plant: (draft: Draft) => void): KnownFault {
  return { slot, where, message, plant };
}

function environmentFaults(name: 'dev' | 'staging' | 'prod'): KnownFault[] {
  const at = `environments/${name}.ts`;
  const set = (field: string, value: unknown) => (draft: Draft): void => { (draft.environments[name] as Record<string, unknown>)[field] = value; };
  const pins = `environments/images/${name}/kustomization.yaml`;
  const editPins = (from: string | RegExp, to: string) => (draft: Draft): void => { draft.pins[name] = (draft.pins[name] ?? '').replace(from, to); };
  return [
    fault(`${name}.doman`, `${at}: doman`, /unknown field/, set('doman', 'x')),
    fault(`${name}.domain`, `${at}: domain`, /host/, set('domain', 'under_score..x')),
    fault(`${name}.domain`, `${at}: domain`, /expected string, got 7/, set('domain', 7)),
    fault(`${name}.registry`, `${at}: registry`, /expected a registry/, set('registry', 'https://ghcr.io/acme')),
    fault(`${name}.namespace`, `${at}: namespace`, /\{region\}/, set('namespace', '{app}-{environment}-{region}')),
    fault(`${name}.namespace`, `${at}: namespace`, /DNS label/, set('namespace', '{app}_{environment}')),
    fault(`${name}.sizes`, `${at}: sizes.small.cpu`, /quantity/i, set('sizes', { small: { cpu: '50 milli', memory: '1Gi' } })),
    fault(`${name}.sizes`, `${at}: sizes.small.memoryLimit`, /at least the request 1Gi, got 1Mi/, set('sizes', { small: { cpu: '50m', memory: '1Gi', memoryLimit: '1Mi' } })),
    fault(`${name}.sync`, `${at}: sync`, /automated, none/, set('sync', 'manual')),
    fault(`${name}.images`, `${at}: images.digests`, /optional, required/, set('images', { digests: 'sometimes' })),
    fault(`${name}.promotion`, `${at}: promotion.approval`, /automatic, pull-request/, set('promotion', { approval: 'email' })),
    fault(`${name}.promotion`, `${at}: promotion.from`, /expected an environment of the fleet, got "qa"/, set('promotion', { from: 'qa' })),
    fault(`${name}.promotion`, `${at}: promotion.freeze[0].timeZone`, /IANA/, set('promotion', { freeze: [{ name: 'x', days: ['fri'], from: '16:00', until: '18:00', timeZone: 'Mars/Olympus' }] })),
    fault(`${name}.runtimeRepo`, `${at}: runtimeRepo.url`, /without user name/, set('runtimeRepo', { url: 'https://me:hunter2@git.acme.example/r.git' })),
    fault(`${name}.runtimeRepo`, `${at}: runtimeRepo.branch`, /branch/, set('runtimeRepo', { url: 'https://git.acme.example/r.git', branch: 'a..b' })),
    fault(`${name}.pins.flask`, `${pins}: images[0].digest`, /digest/, editPins(digest('flask-api'), 'sha256:abc')),
    fault(`${name}.pins.flask`, pins, /expected a pin of image "flask-api"/, editPins('- name: flask-api', '- name: flask-apu')),
    fault(`${name}.pins.hello`, `${pins}: images[1].newTag`, /expected a string, got 1.1/, editPins(/(- name: hello-tornado\n +newTag: )1\.4\.2/, '$11.10')),
    fault(`${name}.pins.hello`, `${pins}: images[1].newTag`, /latest/, editPins(/(- name: hello-tornado\n +newTag: )1\.4\.2/, '$1latest')),
    fault(`${name}.pins.store`, `${pins}: images[2].newtag`, /unknown field/, editPins(/(- name: storefront\n +)newTag/, '$1newtag')),
    fault(`${name}.pins.top`, `${pins}: resources`, /unknown field/, editPins('images:', 'resources: []\nimages:')),
    fault(`${name}.pins.more`, `${pins}: images[3].name`, /pinned twice/, (draft) => { draft.pins[name] += `  - name: storefront\n    digest: ${digest('x')}\n`; }),
  ];
}

function clusterFaults(name: 'dev' | 'staging' | 'prod-onprem'): KnownFault[] {
  const at = `environments/clusters/${name}.ts`;
  const set = (field: string, value: unknown) => (draft: Draft): void => { (draft.clusters[name] as Record<string, unknown>)[field] = value; };
  return [
    fault(`${name}/provider`, `${at}: provider`, /ack, doks, eks, existing/, set('provider', 'gke')),
    fault(`${name}/kubernetes`, `${at}: kubernetes`, /1\.32, 1\.33, 1\.34, 1\.35, 1\.36.*docs\/validation/, set('kubernetes', '1.27')),
    fault(`${name}/labels`, `${at}: labels.tier`, /label/, set('labels', { tier: 'not a label!' })),
    fault(`${name}/labels`, `${at}: labels["a tier"]`, /label key/, set('labels', { 'a tier': 'x' })),
    fault(`${name}/workers`, `${at}: workers`, /.+/, set('workers', 0)),
    fault(`${name}/workers`, `${at}: workers`, /a whole number/, set('workers', 2.5)),
    fault(`${name}/dnsDomain`, `${at}: dnsDomain`, /host|DNS/, set('dnsDomain', 'cluster local')),
    fault(`${name}/controller`, `${at}: controller.kind`, /argo-cd/, set('controller', { kind: 'jenkins' })),
    fault(`${name}/controller`, `${at}: controller.replicas`, /unknown field/, set('controller', { kind: 'argo-cd', replicas: 2 })),
    fault(`${name}/managed`, `${at}: managedBy`, /"self" or a cluster of the fleet, got "hub-9"/, (draft) => { set('managedBy', 'hub-9')(draft); set('server', 'https://x.example')(draft); }),
    // A hub takes members of its own kind only, and dev runs Flux.
    ...(name === 'dev' ? [] : [
      fault(`${name}/managed`, `${at}: server`, /.+/, (draft) => { set('managedBy', 'prod-eu')(draft); set('server', 'http://x.example')(draft); }),
      fault(`${name}/managed`, `${at}: server`, /URL of the API server/, (draft) => { set('managedBy', 'prod-eu')(draft); set('server', undefined)(draft); set('credential', { kind: 'external-secret', key: 'x' })(draft); }),
    ]),
    fault(`${name}/extra`, `${at}: zone`, /unknown field/, set('zone', 'a')),
  ];
}

function appFaults(name: 'flask-api' | 'hello-tornado' | 'storefront'): KnownFault[] {
  const at = `apps/${name}.ts`;
  const set = (field: string, value: unknown) => (draft: Draft): void => { (draft.apps[name] as Record<string, unknown>)[field] = value; };
  return [
    fault(`${name}:team`, `${at}: team`, /.+/, set('team', 'Shop Team')),
    fault(`${name}:team`, `${at}: team`, /expected string, got nothing/, set('team', undefined)),
    fault(`${name}:source`, `${at}: source`, /Git URL/, set('source', 'acme/app')),
    fault(`${name}:environments`, `${at}: environments[3]`, /got "stagin"/, set('environments', ['dev', 'staging', 'prod', 'stagin'])),
    fault(`${name}:environments`, `${at}: environments[3]`, /listed twice/, set('environments', ['dev', 'staging', 'prod', 'dev'])),
    fault(`${name}:build`, `${at}: build`, /function/, set('build', 'yes')),
    fault(`${name}:provides`, `${at}: provides.http.port`, /.+/, set('provides', { http: { port: 70_000 } })),
    fault(`${name}:provides`, `${at}: provides.http.prot`, /unknown field/, set('provides', { http: { port: 80, prot: 1 } })),
    fault(`${name}:podSecurity`, `${at}: podSecurity`, /baseline, privileged, restricted/, set('podSecurity', 'strict')),
    fault(`${name}:extra`, `${at}: replicas`, /unknown field/, set('replicas', 2)),
  ];
}

/** Every fault that the model's property test plants. */
export const knownFaults: readonly KnownFault[] = [
  ...(['dev', 'staging', 'prod'] as const).flatMap(environmentFaults),
  ...(['dev', 'staging', 'prod-onprem'] as const).flatMap(clusterFaults),
  ...(['flask-api', 'hello-tornado', 'storefront'] as const).flatMap(appFaults),
  fault('fleet.repo', 'environments/index.ts: runtimeRepo.path', /relative path/, (draft) => { draft.fleet['runtimeRepo'] = { url: 'https://git.acme.example/r.git', path: '../out' }; }),
  fault('fleet.repo', 'environments/index.ts: runtimeRepo.url', /Git URL/, (draft) => { draft.fleet['runtimeRepo'] = { url: 'runtime' }; }),
  fault('duplicate', 'apps/zweit.ts: name', /defined by apps\/storefront\.ts already/, (draft) => { draft.apps['zweit'] = { ...draft.apps['storefront'], team: 'shop', source: 'https://github.com/acme/x', environments: ['dev'], build: () => undefined, provides: {}, podSecurity: 'baseline', replicas: undefined }; delete draft.apps['zweit']['replicas']; }),
];
