import { describe, expect, it } from 'vitest';
import type { Registered } from './mock-engine.ts';
import { kubeconfig } from './kubeconfig.ts';
import { memberStack, memberToken, only, type MemberStackOptions } from './hub-stack.ts';

const secretType = 'kubernetes:core/v1:Secret';
const role = 'arn:aws:iam::123456789012:role/central-argo-cd';
const registrationOf = (resources: readonly Registered[]): Registered => only(resources, secretType, 'central-cluster-edge');
const dataOf = ({ inputs }: Registered): { readonly name: string; readonly server: string; readonly config: Record<string, unknown> } => {
  const { config, ...rest } = (inputs['stringData'] as { readonly secret: { readonly name: string; readonly server: string; readonly config: string } }).secret;
  return { ...rest, config: JSON.parse(config) as Record<string, unknown> };
};
const withAuthority = (name: string): string => kubeconfig(name, 'the-token-of-edge').replace(`server: 'https://${name}.k8s.example'`, `server: 'https://${name}.k8s.example', certificate-authority-data: Q0E=, tls-server-name: kubernetes`);

describe('the stack of a cluster to which a hub delivers', () => {
  it('gives the hub an account and a token of the member\'s own, and makes no controller', async () => {
    const { resources } = await memberStack();
    const account = only(resources, 'kubernetes:core/v1:ServiceAccount', 'edge-hub-account');
    const token = only(resources, secretType, 'edge-hub-token');
    expect(account.inputs).toMatchObject({ metadata: { namespace: 'kube-system', name: 'argocd-manager' }, automountServiceAccountToken: false });
    expect(only(resources, 'kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding', 'edge-hub-account').inputs).toMatchObject({
      roleRef: { kind: 'ClusterRole', name: 'cluster-admin' }, subjects: [{ kind: 'ServiceAccount', namespace: 'kube-system', name: 'argocd-manager' }],
    });
    expect(token.inputs).toMatchObject({ type: 'kubernetes.io/service-account-token', metadata: { namespace: 'kube-system', annotations: { 'kubernetes.io/service-account.name': 'argocd-manager' } } });
    expect(token.dependsOn).toContain(account.urn);
    expect([account, token].map(({ provider }) => provider)).toEqual(['edge', 'edge']);
    expect(resources.map(({ type }) => type).filter((type) => /Bootstrap|ControllerSecrets|PrivateKey/.test(type))).toEqual([]);
  });

  it('leaves the name of the token\'s Secret to Pulumi, so that a new one is there before the former goes', async () => {
    expect(only((await memberStack()).resources, secretType, 'edge-hub-token').inputs['metadata']).not.toHaveProperty('name');
  });

  it('brings the hub the Secret by which Argo CD knows the member, all of its data secret', async () => {
    const { resources } = await memberStack({ config: { 'slipway:kubeconfig': withAuthority('edge') } });
    const registration = registrationOf(resources);
    expect(registration.inputs['metadata']).toEqual({ name: 'cluster-edge', namespace: 'argocd', labels: { tier: 'edge', 'app.kubernetes.io/managed-by': 'slipway', 'argocd.argoproj.io/secret-type': 'cluster' } });
    expect(dataOf(registration)).toEqual({ name: 'edge', server: 'https://edge.k8s.example', config: { bearerToken: memberToken, tlsClientConfig: { insecure: false, caData: 'Q0E=', serverName: 'kubernetes' } } });
    expect(registration.dependsOn).toEqual(expect.arrayContaining([only(resources, secretType, 'edge-hub-token').urn]));
    expect(registration.provider).toBe('edge-at-central');
    expect(only(resources, 'pulumi:providers:kubernetes', 'edge-at-central').inputs).toMatchObject({ kubeconfig: { secret: expect.stringContaining('the-token-of-central') }, clusterIdentifier: 'https://central.k8s.example', enableSecretMutable: 'true', enableServerSideApply: 'true' });
  });

  it('names the server as the definition does, where the hub reaches it by another URL', async () => {
    const { resources } = await memberStack({ member: { server: 'https://edge.internal.example:6443' } });
    expect(dataOf(registrationOf(resources)).server).toBe('https://edge.internal.example:6443');
  });

  it('reaches the hub by the kubeconfig that was set, without what other contexts hold', async () => {
    const { resources } = await memberStack({ config: { 'slipway:hubKubeconfig': kubeconfig('central', 'the-token-that-was-set') }, hubOutputs: {} });
    expect(JSON.stringify(only(resources, 'pulumi:providers:kubernetes', 'edge-at-central').inputs)).toContain('the-token-that-was-set');
    expect(JSON.stringify(resources)).not.toContain('the-token-of-the-other');
  });

  it('reaches the hub by a stack of another name or project', async () => {
    const { resources } = await memberStack({ config: { 'slipway:hubStack': 'acme/platform/the-hub' }, hubStack: 'acme/platform/the-hub' });
    expect(registrationOf(resources).provider).toBe('edge-at-central');
  });

  it('shows no credential in plain', async () => {
    const { resources } = await memberStack();
    const plain = JSON.stringify(resources, (key, value: unknown) => (key === 'secret' ? undefined : value));
    expect(JSON.stringify(resources)).toContain(memberToken);
    expect(plain).not.toMatch(/the-token/);
  });

  it('asks for the same on a second run', async () => {
    expect((await memberStack()).resources).toEqual((await memberStack()).resources);
  });

  it('has URNs that stay as they are, for ever: a new one is another credential', async () => {
    const { resources } = await memberStack();
    const below = 'slipway:clusters:HubRegistration$kubernetes';
    expect(resources.map(({ urn }) => urn.replace('urn:pulumi:edge::slipway::', '')).filter((urn) => urn !== 'pulumi:pulumi:Stack::slipway-edge')).toEqual([
      'pulumi:providers:kubernetes::edge',
      'pulumi:providers:kubernetes::edge-at-central',
      'slipway:clusters:Existing::edge',
      `${below}:core/v1:Secret::central-cluster-edge`,
      `${below}:core/v1:Secret::edge-hub-token`,
      `${below}:core/v1:ServiceAccount::edge-hub-account`,
      `${below}:rbac.authorization.k8s.io/v1:ClusterRoleBinding::edge-hub-account`,
      'slipway:clusters:HubRegistration::edge',
    ]);
  });

  it('previews before there is a token', async () => {
    const { resources } = await memberStack({ preview: true });
    expect(registrationOf(resources).inputs['stringData']).toBe('unknown');
  });

  it('leaves the registration to Git where Git has it, and tells what the store has to hold', async () => {
    const { resources, result, valueOf } = await memberStack({ member: { server: 'https://edge.k8s.example', credential: { kind: 'external-secret', key: 'clusters/edge' } }, hubOutputs: {} });
    expect(resources.filter(({ type }) => type === secretType).map(({ name }) => name)).toEqual(['edge-hub-token']);
    const { secret, value } = await valueOf(result['hubCredential']);
    expect([secret, JSON.parse(String(value))]).toEqual([true, { bearerToken: memberToken, tlsClientConfig: { insecure: false } }]);
  });
});

describe('the stack of a cluster of EKS to which a hub delivers', () => {
  const eks = (options: MemberStackOptions): ReturnType<typeof memberStack> => memberStack({ provider: 'eks', ...options });
  const entry = 'aws:eks/accessEntry:AccessEntry';
  const kubeconfigs = { kubeconfig: kubeconfig('central', 'the-token-of-central') };

  it.each<[string, MemberStackOptions]>([
    ['that was set', { config: { 'slipway:hubRole': role } }],
    ['that the hub\'s stack tells', { hubOutputs: { ...kubeconfigs, argoCdRoleArn: role } }],
  ])('lets the hub in by the IAM role %s: no token is made', async (_, options) => {
    const { resources } = await eks(options);
    expect(only(resources, entry, 'edge-hub').inputs).toMatchObject({ principalArn: role });
    const association = only(resources, 'aws:eks/accessPolicyAssociation:AccessPolicyAssociation', 'edge-hub');
    expect(dataOf(registrationOf(resources))).toEqual({ name: 'edge', server: 'https://edge.eks.example', config: { awsAuthConfig: { clusterName: 'edge' }, tlsClientConfig: { insecure: false, caData: 'Q0E=' } } });
    expect(registrationOf(resources).dependsOn).toContain(association.urn);
    expect(resources.filter(({ type }) => /ServiceAccount|ClusterRoleBinding/.test(type) || type === secretType).map(({ name }) => name)).toEqual(['central-cluster-edge']);
  });

  it('gives the hub a token where it has no role', async () => {
    const { resources } = await eks({});
    expect(dataOf(registrationOf(resources)).config).toHaveProperty('bearerToken', memberToken);
    expect(resources.filter(({ type }) => type === entry)).toEqual([]);
  });

  it('has the account that impersonating syncs run as, whoever signs in', async () => {
    const { resources } = await eks({ config: { 'slipway:hubRole': role }, hub: { impersonation: true }, member: { server: 'https://edge.eks.example' } });
    expect(only(resources, 'kubernetes:core/v1:ServiceAccount', 'edge-hub-account').inputs).toMatchObject({ metadata: { name: 'argocd-manager' } });
    expect(dataOf(registrationOf(resources)).config).not.toHaveProperty('bearerToken');
  });

  it('makes one entry for a role that administers it anyway', async () => {
    const { resources } = await eks({ provider: { kind: 'eks', admins: [role] } as never, config: { 'slipway:hubRole': role } });
    expect(resources.filter(({ type }) => type === entry).map(({ inputs }) => inputs['principalArn'])).toEqual([role]);
  });

  it('lets in the role that Git\'s registration names', async () => {
    const credential = { kind: 'eks', role: 'arn:aws:iam::123456789012:role/from-git', ca: 'Q0E=' };
    const { resources } = await eks({ member: { server: 'https://edge.eks.example', credential }, hubOutputs: {} });
    expect(only(resources, entry, 'edge-hub').inputs).toMatchObject({ principalArn: credential.role });
    expect(resources.filter(({ type }) => type === secretType)).toEqual([]);
  });

  it('previews before there is a cluster', async () => {
    const { resources } = await eks({ preview: true, config: { 'slipway:hubRole': role } });
    expect(registrationOf(resources).inputs['stringData']).toBe('unknown');
  });
});
