import fc from 'fast-check';
import { loadAll } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { applicationHealth } from '../../../lib/controllers/argo-cd/install/application-health.ts';
import { rbacData } from '../../../lib/controllers/argo-cd/install/rbac.ts';
import { luaProblem } from '../../../lib/model/argo-cd/lua.ts';
import { rbacActions, rbacSchema, type RbacResource } from '../../../lib/model/argo-cd/rbac.ts';
import type { KubeObject } from '../../../lib/manifests/rendered.ts';
import { secretsNamedBy } from '../../../lib/synth/secret-references.ts';
import type { ArgoCdOptions } from '../../../lib/model/argo-cd-options.ts';
import { richest, richestHa } from './richest.ts';
import { built, dataOf, find } from './upstream.ts';

const yamlOf = (text: string | undefined): unknown => loadAll(text ?? '')[0];
const own = (options: ArgoCdOptions, ...kinds: string[]): readonly KubeObject[] => built(options).objects.filter((object) => kinds.includes(object.kind));

describe('settings of Argo CD', () => {
  it('refer to Secrets as Argo CD reads them, and hold none of their values', () => {
    expect(yamlOf(dataOf(built(richest).objects, 'argocd-cm')['dex.config'])).toMatchObject({
      connectors: [{ type: 'github', config: { clientSecret: '$argocd-sso:github' } }, { type: 'ldap', config: { bindPW: '$argocd-sso:ldap', bindDN: 'cn=argocd,dc=acme,dc=example' } }],
    });
    expect(yamlOf(dataOf(built(richestHa).objects, 'argocd-cm')['oidc.config'])).toMatchObject({
      issuer: 'https://sso.acme.example/realms/acme', clientID: 'argocd', clientSecret: '$argocd-sso:oidc', requestedIDTokenClaims: { groups: { essential: true } }, enableUserInfoGroups: true, userInfoPath: '/userinfo', enablePKCEAuthentication: true,
    });
    const secret = dataOf(built(richest).objects, 'argocd-secret', 'Secret');
    expect(Object.fromEntries(Object.entries(secret).map(([key, value]) => [key, Buffer.from(value, 'base64').toString('utf8')]))).toEqual({
      'webhook.azuredevops.password': '$argocd-webhooks:azure', 'webhook.github.secret': '$argocd-webhooks:github',
    });
  });

  it('name every Secret that a rebuilt cluster has to be given', () => {
    const named = (options: ArgoCdOptions): string[] => [...new Set(built(options).objects.filter((object) => ['ConfigMap', 'Secret'].includes(object.kind)).flatMap((object) => secretsNamedBy(object, 'argocd')).map(({ name, key }) => `${name}/${key ?? ''}`))].sort();
    expect(named(richest)).toEqual(['argocd-sso/github', 'argocd-sso/ldap', 'argocd-webhooks/azure', 'argocd-webhooks/github']);
    expect(named(richestHa)).toEqual(['argocd-sso/oidc', 'argocd-webhooks/azure', 'argocd-webhooks/github']);
    expect(named({})).toEqual([]);
  });

  it('write each option where Argo CD looks for it', () => {
    expect(dataOf(built(richest).objects, 'argocd-cm')).toMatchObject({
      'accounts.ci': 'apiKey', 'accounts.support': 'apiKey, login', 'admin.enabled': 'false', 'application.resourceTrackingMethod': 'annotation+label',
      'application.sync.impersonation.enabled': 'true', 'helm.valuesFileSchemes': 'https', 'kustomize.buildOptions': '--enable-helm --load-restrictor=LoadRestrictionsRootOnly',
      'timeout.hard.reconciliation': '24h', 'timeout.reconciliation': '3m', 'timeout.reconciliation.jitter': '30s', url: 'https://argocd.acme.example', 'users.session.duration': '8h',
    });
    expect(dataOf(built(richest).objects, 'argocd-cmd-params-cm')).toEqual({
      'applicationsetcontroller.enable.leader.election': 'true', 'applicationsetcontroller.repo.server.timeout.seconds': '120', 'controller.diff.server.side': 'true',
      'controller.kubectl.parallelism.limit': '30', 'controller.operation.processors': '25', 'controller.repo.server.timeout.seconds': '120', 'controller.self.heal.timeout.seconds': '5',
      'controller.sharding.algorithm': 'consistent-hashing', 'controller.status.processors': '50', 'controller.sync.timeout.seconds': '1800', 'reposerver.enable.git.submodule': 'false',
      'reposerver.git.lsremote.parallelism.limit': '10', 'reposerver.git.request.timeout': '30s', 'reposerver.max.combined.directory.manifests.size': '20971520',
      'reposerver.parallelism.limit': '8', 'reposerver.repo.cache.expiration': '12h', 'server.insecure': 'true', 'server.repo.server.timeout.seconds': '120',
    });
  });

  it('leave upstream as it is where nothing is said, but for what delivery needs', () => {
    const { objects } = built({});
    expect(dataOf(objects, 'argocd-cmd-params-cm')).toEqual({});
    expect(dataOf(objects, 'argocd-rbac-cm')).toEqual({});
    expect(dataOf(objects, 'argocd-secret', 'Secret')).toEqual({});
    expect(Object.keys(dataOf(objects, 'argocd-cm')).sort()).toEqual(['application.resourceTrackingMethod', 'resource.customizations.health.argoproj.io_Application', 'resource.customizations.ignoreResourceUpdates.all', 'resource.exclusions', 'timeout.reconciliation', 'timeout.reconciliation.jitter']);
    expect(dataOf(objects, 'argocd-cm')).toMatchObject({ 'timeout.reconciliation': '1m', 'timeout.reconciliation.jitter': '10s' });
  });

  it('take a jitter of their own with an interval of their own', () => {
    expect(dataOf(built({ reconciliation: { interval: '5m' } }).objects, 'argocd-cm')).toMatchObject({ 'timeout.reconciliation': '5m' });
    expect(dataOf(built({ reconciliation: { interval: '5m' } }).objects, 'argocd-cm')).not.toHaveProperty(['timeout.reconciliation.jitter']);
  });

  it('restore the health of Applications unless a fleet brings its own', () => {
    const key = 'resource.customizations.health.argoproj.io_Application';
    expect(dataOf(built({}).objects, 'argocd-cm')[key]?.trim()).toBe(applicationHealth.trim());
    expect(luaProblem(applicationHealth)).toBeUndefined();
    const mine = 'return {status = obj.status.health.status}';
    expect(dataOf(built({ resources: { kinds: { 'argoproj.io/Application': { health: mine } } } }).objects, 'argocd-cm')[key]).toBe(mine);
  });

  it('add SSH keys to those that Argo CD knows', () => {
    const lines = (dataOf(built(richest).objects, 'argocd-ssh-known-hosts-cm')['ssh_known_hosts'] ?? '').trimEnd().split('\n');
    expect(lines.some((line) => line.includes('github.com ssh-ed25519 '))).toBe(true);
    expect(lines.at(-1)).toMatch(/^git\.acme\.example ssh-ed25519 /);
  });
});

describe('the way to the UI', () => {
  it('is an HTTPRoute on the HTTPS listener, a redirect from the other, and a route for gRPC under its own name', () => {
    const routes = own(richest, 'GRPCRoute', 'HTTPRoute');
    expect(routes.map((route) => [route.kind, route.metadata?.name, (route['spec'] as { hostnames: string[]; parentRefs: { sectionName: string }[] }).hostnames, (route['spec'] as { parentRefs: { sectionName: string }[] }).parentRefs[0]?.sectionName]).sort()).toEqual([
      ['GRPCRoute', 'argocd-server-grpc', ['argocd-cli.acme.example'], 'https'],
      ['HTTPRoute', 'argocd-server', ['argocd.acme.example'], 'https'],
      ['HTTPRoute', 'argocd-server-redirect', ['argocd.acme.example', 'argocd-cli.acme.example'], 'http'],
    ]);
    expect(own({ ui: { host: 'argocd.acme.example', gateway: { redirectFrom: false } } }, 'HTTPRoute')).toHaveLength(1);
  });

  it('is an Ingress to the port on which the server speaks as it is told', () => {
    const port = (backendTls: boolean): unknown => own({ ui: { host: 'argocd.acme.example', ingress: { className: 'nginx', backendTls } } }, 'Ingress').map((each) => JSON.stringify(each['spec']).match(/"port":\{"name":"(\w+)"\}/)?.[1]);
    expect(port(false)).toEqual(['http']);
    expect(port(true)).toEqual(['https']);
    expect(dataOf(built({ ui: { host: 'argocd.acme.example', ingress: { className: 'nginx', backendTls: true } } }).objects, 'argocd-cmd-params-cm')).toEqual({});
    expect(own(richestHa, 'Ingress').map((each) => each.metadata?.annotations)).toEqual([{ 'acme.example/a': '1', 'acme.example/protocol': 'grpc' }, { 'acme.example/a': '1' }]);
  });

  it('is open to nobody but those who are named, and metrics stay open to the cluster', () => {
    expect(find(built(richest).objects, 'NetworkPolicy', 'argocd-server-network-policy')['spec']).toMatchObject({
      ingress: [
        { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'gateways' } }, podSelector: { matchLabels: { app: 'envoy' } } }, { ipBlock: { cidr: '10.20.0.0/16' } }], ports: [{ port: 8080 }] },
        { from: [{ namespaceSelector: {} }], ports: [{ port: 8083 }] },
      ],
    });
    expect(find(built({}).objects, 'NetworkPolicy', 'argocd-server-network-policy')['spec']).toMatchObject({ ingress: [{}] });
  });
});

describe('the policy', () => {
  it('denies, allows, inherits and names who has a role', () => {
    expect(dataOf(built(richest).objects, 'argocd-rbac-cm')).toEqual({
      'policy.csv': [
        'g, acme:platform, role:admin',
        'p, role:deployer, exec, create, */*, deny',
        'p, role:deployer, applications, sync, shop/*, allow',
        'p, role:deployer, applications, action/argoproj.io/Rollout/*, shop/*, allow',
        'p, role:deployer, applications, delete/*/Pod/*/*, shop/*, allow',
        'p, role:deployer, logs, get, shop/*, allow',
        'g, role:deployer, role:readonly',
        'g, acme:shop, role:deployer',
        'g, ci, role:deployer',
        '',
      ].join('\n'),
      'policy.default': 'role:readonly',
      scopes: '[groups, email]',
    });
  });

  it('is made of whole lines, one for each thing that is said, whatever the names', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ':', '@', '.', '-', '*', ' ', ',', '"', '\n', '#'), minLength: 1, maxLength: 8 });
    const resource = fc.constantFrom(...(Object.keys(rbacActions) as RbacResource[]));
    fc.assert(fc.property(fc.array(text, { maxLength: 4 }), resource, text, (subjects, kind, object) => {
      const parsed = rbacSchema.safeParse({ roles: { shop: { subjects, allow: [{ resource: kind, actions: ['*'], objects: [`${object}/x`] }] } } });
      if (!parsed.success) return;
      const lines = (rbacData(parsed.data)['policy.csv'] ?? '').trimEnd().split('\n').map((line) => line.split(', '));
      expect(lines).toEqual([['p', 'role:shop', kind, '*', `${object}/x`, 'allow'], ...subjects.map((subject) => ['g', subject, 'role:shop'])]);
    }), { numRuns: 2_000, seed: 11 });
  });
});
