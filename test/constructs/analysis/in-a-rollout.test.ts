import type { IAnalysisTemplate } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/AnalysisTemplate';
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../../../lib/manifests/rendered.ts';
import { imagesIn, kustomization } from '../../../lib/manifests/kustomization.ts';
import { withImages } from '../../../lib/manifests/kustomize/transformers.ts';
import { podSecurityBreaches } from '../../../lib/validate/scope/pod-security.ts';
import { workloadOf } from '../../../lib/validate/scope/workload.ts';
import { findingsOf, unitOf, type Loose } from '../../validate/healthy-app.ts';
import { readyMadeExamples } from './examples.ts';
import { judgedBy } from './in-a-rollout.ts';

const smoke = judgedBy(readyMadeExamples['smoke-test'] ?? { kind: 'analysis', name: 'none' });
const named = (objects: readonly KubeObject[], kind: string, name: string): KubeObject | undefined => objects.find((object) => object.kind === kind && object.metadata?.name === name);

describe('a canary judged by', () => {
  it.each(Object.keys(readyMadeExamples))('%s passes validation', (name) => {
    const objects = judgedBy(readyMadeExamples[name] ?? { kind: 'analysis', name });
    const images = [{ name: 'registry.example/acme/storefront', newTag: '1.4.2' }];
    const findings = findingsOf(unitOf(objects as unknown as Loose[], { images })).map(({ object, field, rule }) => `${object.kind} ${field} ${rule}`);
    expect(findings).toEqual([]);
  });
});

describe('the pods of a smoke test', () => {
  const job = (named(smoke, 'AnalysisTemplate', 'storefront-web-smoke-test') as unknown as IAnalysisTemplate).spec.metrics?.[0]?.provider.job;

  it('meet the restricted Pod Security Standard, and all else that is asked of the pods of a Job', () => {
    const object = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'smoke', namespace: 'storefront-prod' }, spec: job?.spec };
    const workload = workloadOf('batch/Job', object);
    expect(workload === undefined ? ['no workload'] : podSecurityBreaches(workload)).toEqual([]);
    expect(findingsOf(unitOf([object as unknown as Loose], { images: [{ name: 'registry.example/acme/storefront', newTag: '1.4.2' }] }))).toEqual([]);
    expect(job?.spec).toMatchObject({ backoffLimit: 0, activeDeadlineSeconds: 300 });
    expect(job?.spec).not.toHaveProperty('ttlSecondsAfterFinished');
  });

  it('run the version of the image that the folder\'s kustomization says', () => {
    const template = named(smoke, 'AnalysisTemplate', 'storefront-web-smoke-test');
    expect([...imagesIn(template)]).toEqual(['registry.example/acme/storefront']);
    const { images } = kustomization([], [{ name: 'registry.example/acme/storefront', tag: '1.4.2' }]) as { readonly images?: readonly Record<string, unknown>[] };
    const built = template === undefined ? undefined : withImages(template, images ?? []) as unknown as IAnalysisTemplate;
    expect(built?.spec.metrics?.[0]?.provider.job?.spec.template.spec?.containers[0]?.image).toBe('registry.example/acme/storefront:1.4.2');
  });

  it('are no pods of the app to its Services and policies, and may reach it', () => {
    const labels = job?.spec.template.metadata?.labels ?? {};
    const selectors = smoke.filter(({ kind }) => kind === 'Service').map((service) => (service['spec'] as { readonly selector: Record<string, string> }).selector);
    for (const selector of selectors) expect(Object.entries(selector).every(([key, value]) => labels[key] === value)).toBe(false);
    const policy = named(smoke, 'NetworkPolicy', 'storefront-web') as unknown as INetworkPolicy;
    expect(policy.spec?.ingress).toContainEqual({ from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'storefront-web-smoke-test' } } }], ports: [{ protocol: 'TCP', port: 8000 }] });
    expect(named(smoke, 'NetworkPolicy', 'storefront-web-smoke-test')).toBeDefined();
  });
});

it('a check of the app lets Argo Rollouts in, and metrics are read from the pods of both versions', () => {
  const objects = judgedBy(readyMadeExamples['http-check'] ?? { kind: 'analysis', name: 'none' });
  const policy = named(objects, 'NetworkPolicy', 'storefront-web') as unknown as INetworkPolicy;
  expect(policy.spec?.ingress).toContainEqual({
    from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'argo-rollouts' } }, podSelector: { matchLabels: { 'app.kubernetes.io/name': 'argo-rollouts' } } }],
    ports: [{ protocol: 'TCP', port: 8000 }],
  });
  expect(named(objects, 'PodMonitor', 'storefront-web')?.['spec']).toMatchObject({ podTargetLabels: ['rollouts-pod-template-hash'] });
});
