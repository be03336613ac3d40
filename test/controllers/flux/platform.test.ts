import { describe, expect, it } from 'vitest';
import { fluxController } from '../../../lib/controllers/flux/controller.ts';
import { slack } from '../../../lib/model/alerts.ts';
import type { FluxOptions } from '../../../lib/model/flux-options.ts';
import { faultsOf, hostedAfter } from '../hosted.ts';
import { find, hostedWith, namesOf } from './upstream.ts';

const platform = (options: FluxOptions = {}, edit?: Parameters<typeof hostedAfter>[1]) => fluxController.platform(hostedWith(options, edit));

describe('teams under Flux', () => {
  it('have an account beside Flux without a token of its own, bound in their namespaces to one common role', () => {
    const objects = platform();
    expect(find(objects, 'ServiceAccount', 'team-shop')).toMatchObject({ metadata: { namespace: 'flux-system' }, automountServiceAccountToken: false });
    const bindings = objects.filter(({ kind }) => kind === 'RoleBinding').map((object) => [object.metadata?.namespace, object.metadata?.name, object['roleRef'], object['subjects']]);
    expect(bindings).toContainEqual(['storefront-prod', 'flux-team-shop', { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'slipway-team' }, [{ kind: 'ServiceAccount', name: 'team-shop', namespace: 'flux-system' }]]);
    expect(faultsOf(objects)).toEqual([]);
  });

  it('may do nothing to roles, namespaces, definitions or Flux, and nothing at all across the cluster', () => {
    const objects = platform();
    expect(namesOf(objects, 'ClusterRoleBinding')).toEqual([]);
    const { rules } = find(objects, 'ClusterRole', 'slipway-team') as unknown as { readonly rules: readonly { readonly apiGroups: string[]; readonly resources: string[]; readonly verbs: string[] }[] };
    const writable = rules.filter(({ verbs }) => verbs.includes('create')).flatMap(({ apiGroups, resources }) => apiGroups.flatMap((group) => resources.map((resource) => `${group}/${resource}`)));
    expect(writable).toEqual(expect.arrayContaining(['/configmaps', 'apps/deployments', 'argoproj.io/rollouts', 'external-secrets.io/externalsecrets']));
    expect(writable.filter((name) => /rbac|toolkit|namespaces|\*|pods$|customresource/.test(name))).toEqual([]);
    expect(rules.flatMap(({ verbs }) => verbs)).not.toContain('*');
  });

  it('outlive their apps, whose objects are deleted in their name', () => {
    for (const object of platform()) expect(object.metadata?.annotations).toMatchObject({ 'kustomize.toolkit.fluxcd.io/prune': 'disabled' });
  });

  it('get cluster-scoped kinds by a role of their own only where the fleet says so', () => {
    const objects = platform({}, (drafted) => {
      drafted.apps['operator'] = { kind: 'external-app', name: 'operator', team: 'data', source: { kind: 'git', url: 'https://git.acme.example/o.git', revision: 'main' }, to: { cluster: 'prod-eu', namespace: 'operator' } };
      drafted.fleet['teams'] = { data: { kinds: ['rbac.authorization.k8s.io/Role'], clusterKinds: ['apiextensions.k8s.io/CustomResourceDefinition'] } };
    });
    expect(find(objects, 'ClusterRole', 'slipway-team-data')['rules']).toEqual([expect.objectContaining({ apiGroups: ['rbac.authorization.k8s.io'], resources: ['roles'] })]);
    expect(find(objects, 'ClusterRole', 'slipway-team-data-cluster')['rules']).toEqual([expect.objectContaining({ apiGroups: ['apiextensions.k8s.io'], resources: ['customresourcedefinitions'] })]);
    expect(find(objects, 'ClusterRoleBinding', 'slipway-team-data-cluster')['subjects']).toEqual([{ kind: 'ServiceAccount', name: 'team-data', namespace: 'flux-system' }]);
    expect(namesOf(objects, 'ClusterRole')).not.toContain('ClusterRole/slipway-team-shop');
  });
});

describe('webhooks of Flux', () => {
  it('tell of commits to the runtime repo, by a Secret that is named', () => {
    const objects = platform({ receivers: [{ type: 'github', secret: 'hook' }, { name: 'generic', type: 'generic-hmac', secret: 'other', events: ['push'] }] });
    expect(find(objects, 'Receiver', 'runtime-repo')).toMatchObject({ metadata: { namespace: 'flux-system' }, spec: { type: 'github', events: ['ping', 'push'], secretRef: { name: 'hook' }, resources: [{ kind: 'GitRepository', name: 'flux-system' }] } });
    expect(find(objects, 'Receiver', 'generic')).toMatchObject({ spec: { type: 'generic-hmac', events: ['push'] } });
    expect(faultsOf(objects)).toEqual([]);
  });
});

describe('alerts of Flux', () => {
  it('need the controller that sends them', () => {
    const alerting = (options: FluxOptions) => platform(options, (drafted) => { Object.assign(drafted.clusters['prod-eu'] ?? {}, { alerts: [slack({ name: 'ops', channel: '#ops', secret: 'slack' })] }); });
    expect(namesOf(alerting({}), 'Alert').length).toBeGreaterThan(0);
    expect(() => alerting({ components: { notifications: false } })).toThrow('cluster prod-eu: controller.components.notifications: expected the notification controller, which sends alerts, got false');
  });
});
