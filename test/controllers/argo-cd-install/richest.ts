import { argoCd, type ArgoCdOptions } from '../../../lib/model/argo-cd-options.ts';
import { clusterSchema, type Cluster } from '../../../lib/model/cluster.ts';
import { parseWith } from '../../../lib/model/schema.ts';
import { throwProblems } from '../../../lib/values/errors.ts';
import type { Hosted } from '../../../lib/controllers/controller.ts';

/** Every option at once, as far as they go together. */
export const richest: ArgoCdOptions = {
  components: {
    applicationController: { resources: { cpu: '1', memory: '2Gi' }, priorityClass: 'platform-critical' },
    applicationSet: { replicas: 2, resources: { cpu: '100m', memory: '256Mi' } },
    dex: { resources: { cpu: '50m', memory: '128Mi', cpuLimit: '1' } },
    notifications: { resources: { cpu: '50m', memory: '128Mi' } },
    redis: { resources: { cpu: '100m', memory: '256Mi', memoryLimit: '512Mi' } },
    repoServer: { replicas: 3, resources: { cpu: '500m', memory: '1Gi', ephemeralStorage: '5Gi' }, tolerations: [{ key: 'heavy', operator: 'Exists' }] },
    server: { replicas: 3, resources: { cpu: '200m', memory: '256Mi' }, nodeSelector: { 'acme.example/pool': 'edge' } },
  },
  placement: {
    nodeSelector: { 'acme.example/pool': 'platform' },
    tolerations: [{ key: 'dedicated', operator: 'Equal', value: 'platform', effect: 'NoSchedule' }],
    priorityClass: 'platform',
  },
  controller: {
    shards: 3, sharding: 'consistent-hashing', statusProcessors: 50, operationProcessors: 25, kubectlParallelism: 30,
    repoServerTimeout: '2m', selfHealTimeout: '5s', syncTimeout: '30m', serverSideDiff: true,
  },
  repoServer: { parallelism: 8, execTimeout: '3m', gitTimeout: '30s', lsRemoteParallelism: 10, cacheExpiration: '12h', submodules: false, maxManifestSize: '20Mi' },
  reconciliation: { interval: '3m', jitter: '30s', hardInterval: '24h' },
  ui: {
    host: 'argocd.acme.example',
    grpcHost: 'argocd-cli.acme.example',
    gateway: { name: 'internal', namespace: 'gateways', annotations: { 'acme.example/owner': 'platform' } },
    from: [{ namespace: 'gateways', pods: { app: 'envoy' } }, { cidr: '10.20.0.0/16' }],
  },
  admin: false,
  accounts: { ci: ['apiKey'], support: ['login', 'apiKey'] },
  sessionDuration: '8h',
  sso: {
    dex: {
      connectors: [
        { type: 'github', id: 'github', name: 'GitHub', config: { clientID: 'abc', clientSecret: { fromSecret: { name: 'argocd-sso', key: 'github' } }, orgs: [{ name: 'acme', teams: ['shop', 'platform'] }] } },
        { type: 'ldap', id: 'ldap', name: 'LDAP', config: { host: 'ldap.acme.example:636', bindDN: 'cn=argocd,dc=acme,dc=example', bindPW: { fromSecret: { name: 'argocd-sso', key: 'ldap' } }, userSearch: { baseDN: 'dc=acme,dc=example', username: 'uid', idAttr: 'uid', emailAttr: 'mail' } } },
      ],
    },
  },
  rbac: {
    defaultRole: 'readonly',
    claims: ['groups', 'email'],
    roles: {
      admin: { subjects: ['acme:platform'] },
      deployer: {
        subjects: ['acme:shop', 'ci'],
        inherits: ['readonly'],
        allow: [
          { resource: 'applications', actions: ['sync', 'action/argoproj.io/Rollout/*', 'delete/*/Pod/*/*'], objects: ['shop/*'] },
          { resource: 'logs', actions: ['get'], objects: ['shop/*'] },
        ],
        deny: [{ resource: 'exec', actions: ['create'] }],
      },
    },
  },
  webhooks: { github: { fromSecret: { name: 'argocd-webhooks', key: 'github' } }, azureDevOpsPassword: { fromSecret: { name: 'argocd-webhooks', key: 'azure' } } },
  resources: {
    tracking: 'annotation+label',
    kinds: {
      'argoproj.io/Rollout': { ignoreResourceUpdates: { jsonPointers: ['/metadata/resourceVersion'] } },
      'cert-manager.io/Certificate': {
        health: 'local hs = {}\nif obj.status ~= nil and obj.status.conditions ~= nil then\n  for _, c in ipairs(obj.status.conditions) do\n    if c.type == "Ready" and c.status == "True" then\n      hs.status = "Healthy"\n      return hs\n    end\n  end\nend\nhs.status = "Progressing"\nreturn hs\n',
        openLibs: true,
      },
      ConfigMap: { ignoreResourceUpdates: { jqPathExpressions: ['.metadata.annotations."acme.example/touched"'] } },
      'batch/CronJob': { actions: { discovery: 'local actions = {}\nactions["suspend"] = {["disabled"] = obj.spec.suspend == true}\nreturn actions\n', definitions: { suspend: 'obj.spec.suspend = true\nreturn obj\n' } } },
      'acme.example/Fleet': { knownTypeFields: [{ field: 'spec.template.spec', type: 'core/v1/PodSpec' }], ignoreDifferences: { managedFieldsManagers: ['fleet-operator'] } },
    },
    everyKind: { ignoreDifferences: { jsonPointers: ['/metadata/annotations/acme.example~1touched'] }, ignoreResourceUpdates: { jsonPointers: ['/metadata/generation'] } },
    exclusions: [{ apiGroups: ['tekton.dev'], kinds: ['TaskRun', 'PipelineRun'], clusters: ['*'] }],
    inclusions: [{ apiGroups: ['*'], kinds: ['*'] }],
  },
  kustomize: { buildOptions: ['--enable-helm', '--load-restrictor=LoadRestrictionsRootOnly'] },
  helm: { valuesFileSchemes: ['https'] },
  images: { mirror: 'registry.acme.example/mirror', dex: 'registry.acme.example/own/dex', pullSecrets: ['registry'] },
  repositories: {
    knownHosts: ['git.acme.example ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl'],
    certificates: { 'git.acme.example': '-----BEGIN CERTIFICATE-----\nMIIBhTCCASugAwIBAgIQ\n-----END CERTIFICATE-----\n' },
  },
  impersonation: true,
};

/** The same on upstream's manifest for high availability, with OIDC and an Ingress. */
export const richestHa: ArgoCdOptions = {
  ...richest,
  highAvailability: true,
  components: { ...richest.components, redisProxy: { resources: { cpu: '50m', memory: '64Mi' } } },
  images: { ...richest.images, haproxy: 'registry.acme.example/own/haproxy' },
  ui: { host: 'argocd.acme.example', grpcHost: 'argocd-cli.acme.example', ingress: { className: 'nginx', tlsSecret: 'argocd-tls', annotations: { 'acme.example/a': '1' }, grpcAnnotations: { 'acme.example/protocol': 'grpc' } } },
  sso: {
    oidc: {
      name: 'Keycloak', issuer: 'https://sso.acme.example/realms/acme', clientId: 'argocd', clientSecret: { fromSecret: { name: 'argocd-sso', key: 'oidc' } }, cliClientId: 'argocd-cli',
      essentialClaims: ['groups'], userInfoGroups: '/userinfo', logoutUrl: 'https://sso.acme.example/logout', rootCa: '-----BEGIN CERTIFICATE-----\nMIIBhTCCASugAwIBAgIQ\n-----END CERTIFICATE-----\n', pkce: true,
    },
  },
};

/** Every part removed that can be. */
export const smallest: ArgoCdOptions = { components: { applicationSet: false, dex: false, notifications: false }, disruptionBudgets: false };

/** A cluster with Argo CD, checked as a fleet's would be; throws every problem. */
export function clusterWith(options: ArgoCdOptions): Cluster {
  const { value, problems } = parseWith(clusterSchema, { name: 'prod-eu', provider: 'existing', kubernetes: '1.35', controller: argoCd(options) }, 'environments/clusters/prod-eu.ts');
  throwProblems(problems);
  if (value === undefined) throw new Error('a cluster without problems has a value');
  return value;
}

/** The problems that options have, each as `<field>: <message>` from `controller` on. */
export function problemsOf(options: unknown): string[] {
  const { problems } = parseWith(clusterSchema, { name: 'prod-eu', provider: 'existing', kubernetes: '1.35', controller: { ...(options as object), kind: 'argo-cd' } }, 'cluster.ts');
  return problems.map(({ where, message, fix }) => `${where.replace('cluster.ts: ', '')}: ${message}${fix === undefined ? '' : ` ${fix}`}`);
}

/** A host that runs it and delivers nothing. */
export function hostedBy(cluster: Cluster): Hosted {
  return {
    cluster,
    clusters: [cluster],
    fleet: { environments: [], clusters: [cluster], apps: [], externalApps: [], deliveries: [], teams: {}, pins: new Map(), files: new Map() },
    runtimeRepo: { url: 'https://git.acme.example/runtime.git', branch: 'main', path: '' },
    tracked: [],
    tenants: [],
  };
}
