import { describe, expect, it } from 'vitest';
import { addOn, addOnNames, addOnsOf, addOnVersions } from '../../lib/model/add-ons.ts';
import { gatewayApiPlugin } from '../../lib/model/rollouts-plugins.ts';
import { assembleFleet } from '../../lib/model/assemble.ts';
import { describeProblem } from '../../lib/values/errors.ts';
import { draft, sourcesOf } from './sources.ts';

/** The draft fleet whose environments list these add-ons; `shared` puts staging on the cluster of dev. */
function assembled(addOns: Readonly<Record<string, unknown>>, shared = false): ReturnType<typeof assembleFleet> {
  const edited = draft();
  for (const [environment, list] of Object.entries(addOns)) Object.assign(edited.environments[environment] ?? {}, { addOns: list });
  if (shared) Object.assign(edited.environments['staging'] ?? {}, { clusters: [edited.clusters['staging'], edited.clusters['dev']] });
  return assembleFleet(sourcesOf(edited));
}

const told = (addOns: Readonly<Record<string, unknown>>, shared?: boolean): string[] => assembled(addOns, shared).problems.map(describeProblem);
const dns = addOn('external-dns', { values: { provider: { name: 'aws' } } });

describe('the add-ons of an environment', () => {
  it('are listed by name, or with options, and get their versions', () => {
    const { fleet, problems } = assembled({ prod: ['argo-rollouts', addOn('cert-manager', { version: '1.20.3', values: { replicaCount: 2 } }), addOn('metrics-server', { resources: { cpu: '200m', memory: '300Mi' } })] });
    expect(problems).toEqual([]);
    expect(addOnsOf(fleet, { name: 'prod-eu' })).toEqual([
      { name: 'argo-rollouts', version: addOnVersions['argo-rollouts'], values: {} },
      { name: 'cert-manager', version: '1.20.3', values: { replicaCount: 2 } },
      { name: 'metrics-server', version: addOnVersions['metrics-server'], values: {}, resources: { cpu: '200m', memory: '300Mi' } },
    ]);
    expect(addOnsOf(fleet, { name: 'dev' })).toEqual([]);
  });

  it('may each be any of those that Slipway knows', () => {
    expect(told({ prod: addOnNames.map((name) => name === 'external-dns' ? dns : name) })).toEqual([]);
  });

  it('are joined on a cluster that environments share', () => {
    const { fleet, problems } = assembled({ dev: ['argo-rollouts'], staging: ['sealed-secrets', 'argo-rollouts'] }, true);
    expect(problems).toEqual([]);
    expect(addOnsOf(fleet, { name: 'dev' }).map(({ name }) => name)).toEqual(['argo-rollouts', 'sealed-secrets']);
  });

  it.each<[string, unknown, string]>([
    ['an unknown name', ['argo-rollout'], 'environments/prod.ts: addOns[0].name: expected an add-on that Slipway knows, got "argo-rollout". Did you mean "argo-rollouts"? Known: argo-rollouts, cert-manager, envoy-gateway, external-dns, external-secrets, kube-prometheus-stack, metrics-server, sealed-secrets.'],
    ['no list', 'argo-rollouts', 'environments/prod.ts: addOns: expected a list, got "argo-rollouts"'],
    ['a range of versions', [{ name: 'argo-rollouts', version: '^1.10' }], 'environments/prod.ts: addOns[0].version: expected a version such as 3.5.1, without a leading "v", got "^1.10"'],
    ['an unknown option', [{ name: 'argo-rollouts', value: {} }], 'environments/prod.ts: addOns[0].value: unknown field.\n    fix: remove it or spell it as the schema does. Did you mean "values"? Known: name, plugins, resources, values, version.'],
    ['values where there is no chart', [{ name: 'argo-rollouts', values: {} }], 'environments/prod.ts: addOns[0].values: expected none, because argo-rollouts is installed from upstream\'s manifest and not from a chart; what it takes is version and resources'],
    ['resources of a chart', [{ name: 'cert-manager', resources: { cpu: '1', memory: '1Gi' } }], 'environments/prod.ts: addOns[0].resources: expected none, because cert-manager is installed from a chart: write them into values as the chart has them'],
    ['a quantity that is none', [{ name: 'argo-rollouts', resources: { cpu: 'much', memory: '1Gi' } }], 'environments/prod.ts: addOns[0].resources.cpu: expected a'],
    ['external-dns without a provider', ['external-dns'], 'environments/prod.ts: addOns[0].values.provider.name: expected the DNS provider, such as addOn('],
    ['values that YAML can\'t hold', [{ name: 'cert-manager', values: { now: new Date(0) } }], 'environments/prod.ts: addOns[0].values.now: expected plain data'],
    ['a password among its values', [{ name: 'cert-manager', values: { a: [{ adminPassword: 'hunter2' }] } }], 'environments/prod.ts: addOns[0].values.a[0].adminPassword: expected no secret, which would come to Git, but its name says that it is a secret'],
    ['a token anywhere in them', [{ name: 'cert-manager', values: { url: 'https://me:hunter2hunter2@x.example' } }], 'environments/prod.ts: addOns[0].values.url: expected no secret'],
    ['plugins of another', [{ name: 'metrics-server', plugins: [gatewayApiPlugin()] }], 'environments/prod.ts: addOns[0].plugins: expected none, because only argo-rollouts starts plugins, and this is metrics-server'],
    ['a plugin that is fetched unchecked', [addOn('argo-rollouts', { plugins: [gatewayApiPlugin({ version: '0.18.0' })] })], 'environments/prod.ts: addOns[0].plugins[0].sha256: expected the SHA-256 of the executable, so that no other is ever started, got nothing'],
    ['a plugin for other nodes, unchecked', [addOn('argo-rollouts', { plugins: [gatewayApiPlugin({ architecture: 'arm64' })] })], 'environments/prod.ts: addOns[0].plugins[0].sha256: expected the SHA-256'],
    ['a checksum that Argo Rollouts would never find', [addOn('argo-rollouts', { plugins: [gatewayApiPlugin({ sha256: 'a597a017a9a1394a31b3cbc33e08a071c88f0bd8' })] })], 'environments/prod.ts: addOns[0].plugins[0].sha256: expected the 64 hexadecimal digits of a SHA-256 in lower case'],
    ['a plugin over plain HTTP', [addOn('argo-rollouts', { plugins: [{ name: 'a/b', location: 'http://x.example/y', sha256: '0'.repeat(64) }] })], 'environments/prod.ts: addOns[0].plugins[0].location: expected an https:// URL without a password, or a file:// path'],
    ['a plugin with a password in its URL', [addOn('argo-rollouts', { plugins: [{ name: 'a/b', location: 'https://me:word@x.example/y', sha256: '0'.repeat(64) }] })], 'environments/prod.ts: addOns[0].plugins[0].location: expected an https:// URL without a password'],
    ['a plugin without an owner', [addOn('argo-rollouts', { plugins: [{ name: 'b', location: 'file:///b' }] })], 'environments/prod.ts: addOns[0].plugins[0].name: expected the plugin\'s name with its owner'],
    ['a plugin twice', [addOn('argo-rollouts', { plugins: [gatewayApiPlugin(), gatewayApiPlugin()] })], 'environments/prod.ts: addOns[0].plugins[1]: expected each plugin once, got "argoproj-labs/gatewayAPI" again'],
    ['one of them twice', ['argo-rollouts', 'argo-rollouts'], 'environments/prod.ts: addOns: add-on "argo-rollouts" is listed twice'],
  ])('with %s are refused', (_, addOns, message) => {
    expect(told({ prod: addOns })).toEqual([expect.stringContaining(message)]);
  });

  it('may name Secrets and their keys in their values', () => {
    expect(told({ prod: [addOn('kube-prometheus-stack', { values: { grafana: { admin: { existingSecret: 'grafana-admin', passwordKey: 'admin-password' } }, extra: { secretName: 'cloudflare-token', key: 'api-token' } } })] })).toEqual([]);
  });

  it('that two environments want in different versions on one cluster are refused, naming both', () => {
    expect(told({ dev: [addOn('argo-rollouts', { version: '1.9.2' })], staging: ['argo-rollouts'] }, true)).toEqual([expect.stringContaining('environments/staging.ts: addOns: expected argo-rollouts as dev has it on cluster dev, which both share, got version 1.10.1 instead of 1.9.2')]);
  });

  it('that two environments want with different values on one cluster are refused', () => {
    expect(told({ dev: ['cert-manager'], staging: [addOn('cert-manager', { values: { replicaCount: 2 } })] }, true)).toEqual([expect.stringContaining('got other values')]);
    expect(told({ dev: ['argo-rollouts'], staging: [addOn('argo-rollouts', { resources: { cpu: '1', memory: '1Gi' } })] }, true)).toEqual([expect.stringContaining('got other resources')]);
  });

  it('may differ between environments that share nothing', () => {
    expect(told({ dev: [addOn('argo-rollouts', { version: '1.9.2' })], staging: ['argo-rollouts'] })).toEqual([]);
  });
});
