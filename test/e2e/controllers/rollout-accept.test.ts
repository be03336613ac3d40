import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { awaitDefinitions, installCrds } from '../../../lib/control-plane/crds.ts';
import { ensureNamespace } from '../../../lib/control-plane/controllers/install.ts';
import { PythonApp } from '../../../lib/constructs/python-app/python-app.ts';
import type { PythonAppProps } from '../../../lib/constructs/python-app/props.ts';
import { gunicorn } from '../../../lib/constructs/servers/gunicorn.ts';
import type { KubeObject } from '../../../lib/manifests/rendered.ts';
import { rolloutSamples } from '../../constructs/rollout/samples.ts';
import { objectsOf, pin, problemsOf, testChart } from '../../constructs/support.ts';
import { applyObject, objectUrl } from '../harness/canary/apply.ts';
import { awaitRollout, startStage, type Stage } from '../harness/canary/stage.ts';
import { istioDefinitions } from '../harness/controllers/written-objects.ts';
import { named, whyWithout } from '../harness/need.ts';
import { lostFields } from '../harness/objects.ts';

const reason = await whyWithout('supervise', 'pki', 'etcd', 'kubernetes', 'kwok', 'argo-rollouts');
/** What a Rollout's controller needs of others: a mesh, a proxy or a plugin that isn't here. */
const needsOthers = ['every step, by Istio', 'Istio by hosts', 'Traefik', 'the Gateway API'];

/** The objects of a sample, in a namespace of its own. */
function rendered(namespace: string, sample: (typeof rolloutSamples)[keyof typeof rolloutSamples]): KubeObject[] {
  const chart = testChart({ namespace });
  new PythonApp(chart, 'web', { image: pin('storefront'), server: gunicorn('storefront.main:app'), replicas: 5, ...sample.props, rollout: sample.rollout } as PythonAppProps);
  expect(problemsOf(chart)).toEqual([]);
  return JSON.parse(JSON.stringify(objectsOf(chart))) as KubeObject[];
}

/** The ClusterAnalysisTemplates that objects name. */
function sharedTemplates(objects: readonly KubeObject[]): KubeObject[] {
  const uses = [...JSON.stringify(objects).matchAll(/\{[^{}]*"clusterScope":true[^{}]*\}/g)].map(([use]) => (JSON.parse(use) as { readonly templateName: string }).templateName);
  return [...new Set(uses)].map((name) => ({ apiVersion: 'argoproj.io/v1alpha1', kind: 'ClusterAnalysisTemplate', metadata: { name }, spec: { metrics: [{ name: `of-${name}`, provider: { web: { url: 'http://shared.test' } } }] } }));
}

describe.skipIf(reason)(named('what is rendered for Argo Rollouts', reason), () => {
  let stage: Stage;
  /** Applies an object strictly, and tells what the server didn't keep of it. */
  const lost = async (namespace: string, object: KubeObject): Promise<string[]> => {
    await applyObject(stage.plane, namespace, object);
    return lostFields(object, await stage.plane.api.get(objectUrl(namespace, object)), `${object.kind} ${object.metadata?.name ?? ''}`);
  };

  beforeAll(async () => {
    stage = await startStage();
    await installCrds(stage.plane, [{ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute' }, { apiVersion: 'monitoring.coreos.com/v1', kind: 'PodMonitor' }, { apiVersion: 'monitoring.coreos.com/v1', kind: 'ServiceMonitor' }, { apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule' }]);
    for (const definition of istioDefinitions) await stage.plane.kubectl(['apply', '--server-side', '-f', '-'], { input: JSON.stringify(definition) });
    await awaitDefinitions(stage.plane, 'crd', '--all');
  });
  afterAll(() => stage?.stop());

  it.each(Object.entries(rolloutSamples).map(([name, sample], index) => ({ name, sample, index })))('is accepted, kept whole and found valid by the controller: $name', async ({ name, sample, index }) => {
    const namespace = `sample-${index}`;
    await ensureNamespace(stage.plane, namespace);
    const objects = rendered(namespace, sample).filter(({ apiVersion }) => !/^traefik\./.test(apiVersion));
    for (const object of objects.filter(({ kind }) => kind !== 'Rollout')) expect(await lost(namespace, object)).toEqual([]);
    // What the sample says that somebody else makes.
    const own = objects.find(({ kind }) => kind === 'Ingress');
    if (own !== undefined) await applyObject(stage.plane, namespace, { ...own, metadata: { name: 'shop-inside' } });
    for (const shared of sharedTemplates(objects)) await applyObject(stage.plane, namespace, shared);
    const rollout = objects.find(({ kind }) => kind === 'Rollout')!;
    expect(await lost(namespace, rollout)).toEqual([]);
    if (needsOthers.includes(name)) return;
    const { status } = await awaitRollout(stage, namespace, rollout.metadata?.name ?? '', 'looked at by its controller', ({ phase }) => phase !== undefined);
    expect(status?.message ?? '').not.toContain('InvalidSpec');
  });
});
