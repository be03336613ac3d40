import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { argoCdInstall } from '../../../lib/controllers/argo-cd/install/install.ts';
import { clusterWith, hostedBy, problemsOf, richest, richestHa, smallest } from './richest.ts';

const reference = { fromSecret: { name: 'argocd-sso', key: 'oidc' } };
const oidc = { issuer: 'https://sso.acme.example', clientId: 'argocd', clientSecret: reference };
const ui = { host: 'argocd.acme.example' };
const rbac = { defaultRole: 'readonly' };
const github = { type: 'github', id: 'github', name: 'GitHub', config: { clientID: 'abc', clientSecret: reference } };
const role = (value: object): object => ({ rbac: { roles: { shop: { allow: [{ resource: 'logs', actions: ['get'] }], ...value } } } });
const lua = 'return {status = obj.kind}';

/** Options, the field that is named, and what is said of it. */
const faults: readonly (readonly [where: string, options: object, message: RegExp])[] = [
  ['controller.version', { version: '2.14.3' }, /3\.2\.0 or a later 3\.x.*got 2\.14\.3/],
  ['controller.version', { version: 'v3.5.1' }, /without a leading "v"/],
  ['controller.highAvailable', { highAvailable: true }, /unknown field.*Did you mean "highAvailability"/],
  ['controller.components.server.replicas', { components: { server: { replicas: 0 } } }, /more than 0, got 0/],
  ['controller.components.server.replicas', { highAvailability: true, components: { server: { replicas: 1 } } }, /at least 2 with highAvailability/],
  ['controller.components.repoServer.replicas', { highAvailability: true, components: { repoServer: { replicas: 1 } } }, /at least 2/],
  ['controller.components.dex.replicas', { components: { dex: { replicas: 2 } } }, /unknown field/],
  ['controller.components.server', { components: { server: false } }, /expected an object, got false/],
  ['controller.components.redisProxy', { components: { redisProxy: { resources: { cpu: '1', memory: '1Gi' } } } }, /without highAvailability/],
  ['controller.components.server.resources.cpu', { components: { server: { resources: { cpu: 'much', memory: '1Gi' } } } }, /quantity/],
  ['controller.components.server.resources.memoryLimit', { components: { server: { resources: { cpu: '1', memory: '1Gi', memoryLimit: '1Mi' } } } }, /at least the request 1Gi/],
  ['controller.placement.tolerations[0].value', { placement: { tolerations: [{ key: 'a', operator: 'Exists', value: 'b' }] } }, /no value with operator Exists/],
  ['controller.placement.tolerations[0].key', { placement: { tolerations: [{ effect: 'NoSchedule' }] } }, /expected a key/],
  ['controller.placement.tolerations[0].tolerationSeconds', { placement: { tolerations: [{ key: 'a', tolerationSeconds: 5 }] } }, /NoExecute/],
  ['controller.placement.nodeSelector["not a key"]', { placement: { nodeSelector: { 'not a key': 'x' } } }, /label key/],
  ['controller.controller.shards', { controller: { shards: 0 } }, /more than 0/],
  ['controller.controller.sharding', { controller: { sharding: 'random' } }, /consistent-hashing, legacy, round-robin/],
  ['controller.controller.syncTimeout', { controller: { syncTimeout: '1500ms' } }, /whole seconds/],
  ['controller.controller.statusProcessors', { controller: { statusProcessors: 1.5 } }, /whole number/],
  ['controller.repoServer.execTimeout', { repoServer: { execTimeout: '2 minutes' } }, /duration/],
  ['controller.repoServer.maxManifestSize', { repoServer: { maxManifestSize: 'big' } }, /quantity/],
  ['controller.reconciliation.jitter', { reconciliation: { interval: '1m', jitter: '2m' } }, /at most the interval of 1m, got 2m/],
  ['controller.ui.host', { ui: { host: 'https://argocd.acme.example' } }, /host name/],
  ['controller.ui.grpcHost', { ui: { ...ui, grpcHost: ui.host } }, /host name of its own/],
  ['controller.ui.ingress', { ui: { ...ui, gateway: {}, ingress: { className: 'nginx' } } }, /either gateway or ingress, got both/],
  ['controller.ui.from[0]', { ui: { ...ui, from: [{ namespace: 'a', cidr: '10.0.0.0/8' }] } }, /either a namespace/],
  ['controller.ui.from[0].cidr', { ui: { ...ui, from: [{ cidr: '10.0.0.0' }] } }, /CIDR/],
  ['controller.sso', { sso: { oidc }, rbac }, /expected `ui` beside it/],
  ['controller.sso', { ui, rbac, sso: {} }, /either oidc or dex, got neither/],
  ['controller.sso', { ui, rbac, sso: { oidc, dex: { connectors: [github] } } }, /got both/],
  ['controller.rbac', { ui, sso: { oidc } }, /nobody who signs in sees anything/],
  ['controller.sso.oidc.issuer', { ui, rbac, sso: { oidc: { ...oidc, issuer: 'http://sso.acme.example' } } }, /https:\/\//],
  ['controller.sso.oidc.clientSecret', { ui, rbac, sso: { oidc: { ...oidc, clientSecret: 'hunter2' } } }, /expected an object, got "hunter2"/],
  ['controller.sso.oidc.clientSecret', { ui, rbac, sso: { oidc: { ...oidc, clientSecret: undefined } } }, /fromSecret.*pkce/],
  ['controller.sso.oidc.clientSecret.fromSecret.name', { ui, rbac, sso: { oidc: { ...oidc, clientSecret: { fromSecret: { name: 'Not A Name', key: 'x' } } } } }, /DNS subdomain/],
  ['controller.sso.oidc.scopes', { ui, rbac, sso: { oidc: { ...oidc, scopes: ['groups'] } } }, /"openid"/],
  ['controller.sso.dex.connectors[0].type', { ui, rbac, sso: { dex: { connectors: [{ ...github, type: 'githup' }] } } }, /Did you mean "github"/],
  ['controller.sso.dex.connectors[0].config.clientSecret', { ui, rbac, sso: { dex: { connectors: [{ ...github, config: { clientID: 'a', clientSecret: 'hunter2' } }] } } }, /fromSecret: \{ name, key \}.*it is secret/],
  ['controller.sso.dex.connectors[0].config.clientID', { ui, rbac, sso: { dex: { connectors: [{ ...github, config: { clientSecret: reference } }] } } }, /github connector needs/],
  ['controller.sso.dex.connectors[0].config.redirectURI', { ui, rbac, sso: { dex: { connectors: [{ ...github, config: { ...github.config, redirectURI: 'https://x' } }] } } }, /Argo CD sets it/],
  ['controller.sso.dex.connectors[1].id', { ui, rbac, sso: { dex: { connectors: [github, github] } } }, /id of its own/],
  ['controller.components.dex', { ui, rbac, components: { dex: false }, sso: { dex: { connectors: [github] } } }, /sso\.dex needs/],
  ['controller.rbac.defaultRole', { rbac: { defaultRole: 'reader' } }, /expected a role, got "reader"/],
  ['controller.rbac.roles["role:x"]', { rbac: { roles: { 'role:x': { inherits: ['admin'] } } } }, /without "role:"/],
  ['controller.rbac.roles.shop', { rbac: { roles: { shop: { subjects: ['a'] } } } }, /may do nothing/],
  ['controller.rbac.roles.admin.allow', { rbac: { roles: { admin: { allow: [{ resource: 'logs', actions: ['get'] }] } } } }, /takes subjects only/],
  ['controller.rbac.roles.shop.subjects[1]', role({ subjects: ['a', 'a'] }), /listed twice/],
  ['controller.rbac.roles.shop.subjects[0]', role({ subjects: ['a, role:admin'] }), /without commas/],
  ['controller.rbac.roles.shop.subjects[0]', role({ subjects: ['role:admin'] }), /stand in inherits/],
  ['controller.rbac.roles.shop.inherits[0]', role({ inherits: ['readnly'] }), /Did you mean "readonly"/],
  ['controller.rbac.roles.shop.inherits[0]', role({ inherits: ['shop'] }), /without a cycle/],
  ['controller.rbac.roles.shop.allow[0].resource', role({ allow: [{ resource: 'pods', actions: ['get'] }] }), /applications/],
  ['controller.rbac.roles.shop.allow[0].actions[0]', role({ allow: [{ resource: 'applications', actions: ['synchronise'] }] }), /"synchronise".*Known: action, create/],
  ['controller.rbac.roles.shop.allow[0].actions[0]', role({ allow: [{ resource: 'applications', actions: ['sync/x'] }] }), /sync without more/],
  ['controller.rbac.roles.shop.allow[0].objects[0]', role({ allow: [{ resource: 'applications', actions: ['get'], objects: ['shop'] }] }), /<project>\/<application>/],
  ['controller.rbac.roles.shop.deny[0]', role({ deny: [{ resource: 'logs', actions: ['get'] }] }), /allows and denies the same: get logs \*\/\*/],
  ['controller.accounts.admin', { accounts: { admin: ['login'] } }, /built in/],
  ['controller.accounts.ci[0]', { accounts: { ci: ['token'] } }, /apiKey, login/],
  ['controller.webhooks.github', { webhooks: { github: 'hunter2' } }, /expected an object/],
  ['controller.webhooks.githup', { webhooks: { githup: reference } }, /Did you mean "github"/],
  ['controller.resources.kinds["apps/v1/Deployment"]', { resources: { kinds: { 'apps/v1/Deployment': { health: lua } } } }, /without version/],
  ['controller.resources.kinds["*/*"]', { resources: { kinds: { '*/*': { health: lua } } } }, /wildcard/],
  ['controller.resources.kinds.Pod.health', { resources: { kinds: { Pod: { health: 'hs = {}' } } } }, /no `return`/],
  ['controller.resources.kinds.Pod.health', { resources: { kinds: { Pod: { health: 'if obj.status then return {} ' } } } }, /1 blocks.*got 0/],
  ['controller.resources.kinds.Pod.ignoreDifferences.jsonPointers[0]', { resources: { kinds: { Pod: { ignoreDifferences: { jsonPointers: ['spec.replicas'] } } } } }, /JSON pointer/],
  ['controller.resources.kinds.Pod.ignoreDifferences', { resources: { kinds: { Pod: { ignoreDifferences: {} } } } }, /at least one field/],
  ['controller.resources.tracking', { resources: { tracking: 'label' } }, /annotation, annotation\+label/],
  ['controller.resources.exclusions[0].kinds', { resources: { exclusions: [{ apiGroups: ['x'], kinds: [] }] } }, /at least 1/],
  ['controller.kustomize.buildOptions[0]', { kustomize: { buildOptions: ['--enable-helms'] } }, /Did you mean "--enable-helm"/],
  ['controller.kustomize.buildOptions[0]', { kustomize: { buildOptions: ['--enable-exec'] } }, /runs programs/],
  ['controller.kustomize.buildOptions[0]', { kustomize: { buildOptions: ['--load-restrictor LoadRestrictionsNone'] } }, /after "="/],
  ['controller.helm.valuesFileSchemes[0]', { helm: { valuesFileSchemes: ['https://'] } }, /URL scheme/],
  ['controller.images.mirror', { images: { mirror: 'mirror' } }, /registry\.acme\.example/],
  ['controller.images.argocd', { images: { argocd: 'registry.acme.example/argocd:v3' } }, /without a tag/],
  ['controller.images.haproxy', { images: { haproxy: 'registry.acme.example/haproxy' } }, /without highAvailability/],
  ['controller.repositories.knownHosts[0]', { repositories: { knownHosts: ['git.acme.example'] } }, /known_hosts/],
  ['controller.repositories.certificates["git.acme.example"]', { repositories: { certificates: { 'git.acme.example': '-----BEGIN PRIVATE KEY-----' } } }, /got a private key/],
];

describe('options of Argo CD', () => {
  it('are right in all the examples', () => {
    for (const options of [{}, richest, richestHa, smallest]) expect(problemsOf(options)).toEqual([]);
  });

  it.each(faults.map(([where, options, message]) => [where, message, options] as const))('with one fault report it alone, by its field: %s %s', (where, message, options) => {
    const problems = problemsOf(options);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.startsWith(`${where}: `), problems[0]).toBe(true);
    expect(problems[0]).toMatch(message);
  });

  it('never write a character of a secret into a message', () => {
    const secret = ['gh', 'p_aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5'].join('');
    const config = { clientID: 'a', clientSecret: reference, extra: { deep: [secret] } };
    const problems = problemsOf({ ui, rbac, sso: { dex: { connectors: [{ ...github, config }] } } });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('config.extra.deep[0]');
    expect(problems.join()).not.toContain(secret.slice(4, 12));
  });

  it('made of anything at all are judged, never a crash', () => {
    const names = ['components', 'placement', 'controller', 'repoServer', 'reconciliation', 'ui', 'sso', 'rbac', 'webhooks', 'resources', 'kustomize', 'images', 'repositories', 'accounts'];
    fc.assert(fc.property(fc.constantFrom(...names), fc.anything(), (name, value) => {
      fc.pre(value !== undefined);
      problemsOf({ [name]: value });
    }), { numRuns: 2_000, seed: 5 });
  });
});

describe('an install', () => {
  it('of a cluster that runs another controller is an error', () => {
    const cluster = clusterWith({});
    const flux = { ...cluster, controller: { ...cluster.controller, kind: 'flux' } } as unknown as typeof cluster;
    expect(() => argoCdInstall(hostedBy(flux))).toThrow(/expected a cluster that runs Argo CD, got flux/);
  });
});
