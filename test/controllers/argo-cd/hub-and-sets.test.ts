import { describe, expect, it } from 'vitest';
import { argoCdController } from '../../../lib/controllers/argo-cd/controller.ts';
import type { Hosted } from '../../../lib/controllers/controller.ts';
import { kustomization } from '../../../lib/manifests/kustomization.ts';
import { layout } from '../../../lib/manifests/layout.ts';
import type { KubeObject } from '../../../lib/manifests/rendered.ts';
import { applicationSet, type ApplicationSetInput } from '../../../lib/model/argo-cd/application-set.ts';
import { git, helm } from '../../../lib/model/external-app.ts';
import { requiredSecrets } from '../../../lib/synth/required-secrets.ts';
import { validateUnit } from '../../../lib/validate/fleet-validator.ts';
import { at, fieldsAt, listAt } from '../../../lib/values/fields.ts';
import { hostedIn } from '../../conformance/fixture.ts';
import { argoCdSubject } from '../../conformance/subjects.ts';

const ca = Buffer.from('-----BEGIN CERTIFICATE-----').toString('base64');

function hub(credential?: object, settings: Readonly<Record<string, unknown>> = {}): Hosted {
  return hostedIn(argoCdSubject, 'prod-eu', (drafted) => {
    Object.assign(drafted.clusters['prod-eu'] ?? {}, { controller: { kind: 'argo-cd', ...settings } });
    Object.assign(drafted.clusters['prod-onprem'] ?? {}, { managedBy: 'prod-eu', server: 'https://onprem.acme.example:6443', ...(credential !== undefined && { credential }) });
  });
}

function platform(input: Hosted, ...kinds: string[]): KubeObject[] {
  return argoCdController.platform(input).filter((object) => kinds.includes(object.kind));
}

function errorsIn(objects: readonly KubeObject[]): string[] {
  const files = objects.map((value, index) => ({ path: `all/${index}.yaml`, source: 'test', objects: [{ value, construct: value.kind }] }));
  return validateUnit({ id: 'all', clusters: ['prod-eu'], files, images: [] }, { minors: ['1.35'] })
    .filter(({ rule, severity }) => severity === 'error' && !['missing-namespace', 'missing-reference'].includes(rule)).map(({ rule, field, message }) => `${rule} ${field}: ${message}`);
}

describe('the registration of a member', () => {
  it('whose credential isn\'t named is left to whoever holds it: Git has no Secret', () => {
    expect(platform(hub(), 'Secret', 'ExternalSecret')).toEqual([]);
  });

  it('of a credential in a store is an ExternalSecret: the name and the server stand in Git, the rest comes from the store', () => {
    const [secret, ...rest] = platform(hub({ kind: 'external-secret', key: 'clusters/prod-onprem', store: { name: 'vault' } }), 'Secret', 'ExternalSecret');
    expect(rest).toEqual([]);
    expect(secret?.['spec']).toEqual({
      refreshInterval: '1h',
      secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' },
      target: {
        name: 'cluster-prod-onprem', creationPolicy: 'Owner', deletionPolicy: 'Retain',
        template: { engineVersion: 'v2', metadata: { labels: { tier: 'prod-onprem', 'argocd.argoproj.io/secret-type': 'cluster' } }, data: { name: 'prod-onprem', server: 'https://onprem.acme.example:6443', config: '{{ .config }}' } },
      },
      data: [{ secretKey: 'config', remoteRef: { key: 'clusters/prod-onprem' } }],
    });
    expect(errorsIn(secret === undefined ? [] : [secret])).toEqual([]);
  });

  it.each<[string, object, readonly string[]]>([
    ['a store', { kind: 'external-secret', key: 'clusters/prod-onprem' }, ['spec', 'target', 'template', 'metadata', 'labels']],
    ['EKS', { kind: 'eks', ca }, ['metadata', 'labels']],
  ])('of %s carries the labels of its cluster, by which a generator selects', (_, credential, path) => {
    const input = hostedIn(argoCdSubject, 'prod-eu', (drafted) => {
      Object.assign(drafted.clusters['prod-onprem'] ?? {}, { managedBy: 'prod-eu', server: 'https://onprem.acme.example:6443', credential, labels: { tier: 'edge', 'argocd.argoproj.io/secret-type': 'repository' } });
    });
    const [secret] = platform(input, 'Secret', 'ExternalSecret');
    expect(fieldsAt(secret, ...path)).toMatchObject({ tier: 'edge', 'argocd.argoproj.io/secret-type': 'cluster' });
  });

  it('of an EKS cluster is a plain Secret, in which nothing is secret: Argo CD signs in as itself', () => {
    const secrets = platform(hub({ kind: 'eks', cluster: 'acme-onprem', role: 'arn:aws:iam::123456789012:role/argocd', ca }), 'Secret', 'ExternalSecret');
    expect(secrets.map((secret) => secret.metadata?.name)).toEqual(['cluster-prod-onprem']);
    expect(JSON.parse(String(at(secrets[0], 'stringData', 'config')))).toEqual({ awsAuthConfig: { clusterName: 'acme-onprem', roleARN: 'arn:aws:iam::123456789012:role/argocd' }, tlsClientConfig: { caData: ca } });
    expect(errorsIn(secrets)).toEqual([]);
  });

  it('of a hub with several controller pods says which of them takes it, and is no secret for that', () => {
    const secrets = platform(hub({ kind: 'eks', ca }, { controller: { shards: 3 } }), 'Secret');
    expect(String(at(secrets[0], 'stringData', 'shard'))).toMatch(/^[012]$/);
    expect(errorsIn(secrets)).toEqual([]);
  });

  it('that Git itself makes is nothing that a person has to bring; one without a credential is', () => {
    const brought = (input: Hosted): string[] => {
      const objects = [...input.tracked.filter(({ role }) => role === 'member').flatMap((tracked) => argoCdController.track(tracked, input)), ...argoCdController.platform(input)];
      const folder = layout.root(input.cluster.name);
      const files = new Map(objects.map((object, index) => [`${folder}/${index}.yaml`, [object]]));
      files.set(layout.kustomization(folder), [kustomization(objects.map((_, index) => `${index}.yaml`), [])]);
      return requiredSecrets({ cluster: input.cluster, namespace: argoCdController.namespace, source: (path) => files.get(path) }).filter(({ purpose }) => purpose === 'member').map(({ name }) => name);
    };
    expect(brought(hub())).toEqual(['cluster-prod-onprem']);
    expect(brought(hub({ kind: 'external-secret', key: 'clusters/prod-onprem' }))).toEqual([]);
    expect(brought(hub({ kind: 'eks', ca }))).toEqual([]);
  });

  it.each([
    ['a token', { stringData: { name: 'x', server: 'https://x', config: JSON.stringify({ bearerToken: 'eyJhbGciOi' }) } }],
    ['a private key', { stringData: { name: 'x', server: 'https://x', config: JSON.stringify({ tlsClientConfig: { keyData: 'abcd', caData: ca } }) } }],
    ['something that isn\'t JSON', { stringData: { name: 'x', server: 'https://x', config: 'bearerToken: x' } }],
    ['a shard that is no number', { stringData: { name: 'x', server: 'https://x', config: '{}', shard: 'hunter2' } }],
    ['a further key', { stringData: { name: 'x', server: 'https://x', config: '{}', password: 'hunter2' } }],
    ['a key inherited by every object', { stringData: { name: 'x', server: 'https://x', config: '{"constructor":{"length":"hunter2"}}' } }],
  ])('with %s is refused like every Secret in Git', (_, data) => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'cluster-x', namespace: 'argocd', labels: { 'argocd.argoproj.io/secret-type': 'cluster' } }, ...data };
    expect(errorsIn([secret]).filter((line) => line.startsWith('secret-in-git'))).not.toEqual([]);
  });
});

describe('an ApplicationSet', () => {
  const generators: ApplicationSetInput['generators'] = [
    { kind: 'list', elements: [{ name: 'a', size: 2 }] },
    { kind: 'git-folders', url: 'https://github.com/acme/previews', revision: 'main', folders: ['apps/*'], exclude: ['apps/old'] },
    { kind: 'git-files', url: 'https://github.com/acme/previews', revision: 'main', files: ['**/config.yaml'] },
    { kind: 'clusters', labels: { tier: 'edge' } },
    { kind: 'pull-requests', owner: 'acme', repo: 'storefront', labels: ['preview'], tokenSecret: { name: 'github', key: 'token' } },
    { kind: 'matrix', generators: [{ kind: 'clusters', labels: { tier: 'edge' } }, { kind: 'list', elements: [{ a: '1' }] }] },
  ];
  const set = (name: string, more: Partial<ApplicationSetInput> = {}): unknown => applicationSet(name, {
    team: 'shop', generators,
    application: { name: 'preview-{{ .path.basename }}', source: git({ url: 'https://github.com/acme/previews', revision: 'main', path: '{{ .path.path }}' }), to: { cluster: 'prod-eu', namespace: 'previews' } },
    namespaces: ['previews'], ...more,
  });
  const input = hub(undefined, { applicationSets: [
    set('folders'),
    set('edge', { application: { name: 'agent-{{ .name }}', source: helm({ repo: 'oci://ghcr.io/acme/charts', chart: 'agent', version: '1.2.3', values: { cluster: '{{ .name }}' } }), to: { cluster: '{{ .name }}', namespace: 'previews' }, sync: 'none' }, clusters: ['prod-onprem'] }),
  ] });
  const [folders, edge] = platform(input, 'ApplicationSet');

  it('never deletes an Application, whatever its generators give, and takes a missing parameter for a mistake', () => {
    for (const each of [folders, edge]) {
      expect(at(each, 'spec', 'syncPolicy')).toEqual({ applicationsSync: 'create-update', preserveResourcesOnDeletion: true });
      expect([at(each, 'spec', 'goTemplate'), at(each, 'spec', 'goTemplateOptions')]).toEqual([true, ['missingkey=error']]);
      expect(at(each, 'spec', 'template', 'metadata', 'finalizers')).toBeUndefined();
    }
  });

  it('with every kind of generator is what API servers take', () => {
    expect(listAt(folders, 'spec', 'generators').map((generator) => Object.keys(generator as object)[0])).toEqual(['list', 'git', 'git', 'clusters', 'pullRequest', 'matrix']);
    expect(errorsIn(platform(input, 'ApplicationSet'))).toEqual([]);
  });

  it('makes Applications of its team alone, on the cluster that it names', () => {
    expect(fieldsAt(folders, 'spec', 'template', 'spec')).toMatchObject({ project: 'shop', destination: { server: 'https://kubernetes.default.svc', namespace: 'previews' }, syncPolicy: { automated: { prune: true, selfHeal: true } } });
    expect(fieldsAt(edge, 'spec', 'template', 'spec')).toMatchObject({ destination: { name: '{{ .name }}', namespace: 'previews' }, source: { repoURL: 'ghcr.io/acme/charts', chart: 'agent', targetRevision: '1.2.3' } });
    expect(at(edge, 'spec', 'template', 'spec', 'syncPolicy', 'automated')).toBeUndefined();
  });

  it('widens its team\'s project to its namespaces, clusters and repositories, and no other\'s', () => {
    const project = (team: string): KubeObject | undefined => platform(input, 'AppProject').find((object) => object.metadata?.name === team);
    expect(listAt(project('shop'), 'spec', 'destinations').filter((each) => at(each, 'namespace') === 'previews')).toEqual([{ server: 'https://kubernetes.default.svc', namespace: 'previews' }, { name: 'prod-onprem', namespace: 'previews' }]);
    expect(listAt(project('shop'), 'spec', 'sourceRepos')).toEqual(['ghcr.io/acme/charts', 'git@github.com:acme/runtime.git', 'https://github.com/acme/previews']);
    expect(listAt(project('web'), 'spec', 'sourceRepos')).toEqual(['git@github.com:acme/runtime.git']);
  });
});
