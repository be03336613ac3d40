import { describe, expect, it } from 'vitest';
import { memberObservability, observabilityObjects } from '../../../lib/controllers/observability/objects.ts';
import type { KubeObject } from '../../../lib/manifests/rendered.ts';
import { at, faultsOf, hostedAfter, problemsAfter } from '../hosted.ts';
import { argoCdServices, fluxPods, rolloutsServices } from './upstream-facts.ts';

function objectsOf(cluster: string, monitoring: unknown = true, controller?: object): KubeObject[] {
  return observabilityObjects(hostedAfter(cluster, (draft) => {
    draft.clusters[cluster]!['monitoring'] = monitoring;
    if (controller !== undefined) draft.clusters[cluster]!['controller'] = controller;
  }));
}

const named = (objects: readonly KubeObject[], kind: string, name: string): unknown => at(objects.find((object) => object.kind === kind && object.metadata?.name === name), 'spec');

describe('what watches a cluster', () => {
  it('is nothing unless asked for', () => {
    expect(observabilityObjects(hostedAfter('prod-eu', () => undefined))).toEqual([]);
    expect(objectsOf('prod-eu', false)).toEqual([]);
  });

  it.each(['prod-eu', 'dev'])('is taken by API servers, on %s', (cluster) => {
    const objects = objectsOf(cluster);
    expect(faultsOf(objects)).toEqual([]);
    expect(new Set(objects.map((object) => `${object.kind}/${object.metadata?.name ?? ''}`)).size).toBe(objects.length);
  });

  it('reads every part of Argo CD that serves metrics, by the labels and the port that its manifest has', () => {
    const spec = named(objectsOf('prod-eu'), 'ServiceMonitor', 'argo-cd');
    const values = at(spec, 'selector', 'matchExpressions', 0, 'values') as string[];
    expect(values).toEqual(Object.keys(argoCdServices).sort());
    for (const service of values) expect(argoCdServices[service]).toContain(at(spec, 'endpoints', 0, 'port'));
  });

  it('leaves out the parts that the cluster doesn\'t run', () => {
    const spec = named(objectsOf('prod-eu', true, { kind: 'argo-cd', components: { dex: false } }), 'ServiceMonitor', 'argo-cd');
    expect(at(spec, 'selector', 'matchExpressions', 0, 'values')).not.toContain('argocd-dex-server');
  });

  it('reads every controller of Flux, by the label and the port that all its pods have', () => {
    const spec = named(objectsOf('dev'), 'PodMonitor', 'flux');
    const [label, value] = Object.entries(at(spec, 'selector', 'matchLabels') as Record<string, string>)[0] ?? [];
    for (const { labels, ports } of fluxPods) {
      expect(labels[label ?? '']).toBe(value);
      expect(ports).toContain(at(spec, 'podMetricsEndpoints', 0, 'port'));
    }
  });

  it('reads Argo Rollouts where it runs', () => {
    const spec = named(objectsOf('dev', { rolloutsNamespace: 'rollouts' }), 'ServiceMonitor', 'argo-rollouts');
    expect(at(spec, 'namespaceSelector', 'matchNames')).toEqual(['rollouts']);
    expect(rolloutsServices[at(spec, 'selector', 'matchLabels', 'app.kubernetes.io/name') as string]).toContain(at(spec, 'endpoints', 0, 'port'));
  });

  it('keeps the namespace that a metric itself names: it is the app\'s', () => {
    for (const object of objectsOf('prod-eu').filter(({ kind }) => kind === 'ServiceMonitor')) expect(at(object, 'spec', 'endpoints', 0, 'honorLabels')).toBe(true);
  });

  it('carries the labels by which Prometheus and Grafana find it, and the periods that were asked for', () => {
    const objects = objectsOf('prod-eu', { labels: { release: 'kube-prometheus-stack' }, dashboardLabels: { grafana: 'yes' }, dashboardNamespace: 'monitoring', outOfSync: '2h' });
    for (const { kind, metadata } of objects) {
      expect(metadata?.labels).toEqual(kind === 'ConfigMap' ? { grafana: 'yes' } : { release: 'kube-prometheus-stack' });
      expect(metadata?.namespace).toBe(kind === 'ConfigMap' ? 'monitoring' : 'argocd');
    }
    const rules = at(named(objects, 'PrometheusRule', 'slipway-argo-cd'), 'groups', 0, 'rules') as { alert: string; for: string }[];
    expect(rules.find(({ alert }) => alert === 'ArgoCdAppOutOfSync')?.for).toBe('2h');
  });

  it('watches the apps and canaries of a hub\'s member on the member itself, the controller on the hub', () => {
    const input = hostedAfter('prod-eu', (draft) => { draft.clusters['prod-onprem']!['monitoring'] = true; });
    const member = input.clusters.find(({ name }) => name === 'prod-onprem');
    const objects = member === undefined ? [] : memberObservability(member);
    expect(objects.map(({ kind, metadata }) => `${kind}/${metadata?.namespace ?? ''}/${metadata?.name ?? ''}`)).toEqual([
      'ServiceMonitor/argo-rollouts/argo-rollouts', 'PrometheusRule/argo-rollouts/slipway-rollouts', 'ConfigMap/argo-rollouts/dashboard-slipway-canaries', 'ConfigMap/argo-rollouts/dashboard-slipway-traffic',
    ]);
    expect(faultsOf(objects)).toEqual([]);
  });

  it('refuses what is no duration of Prometheus and what is no option', () => {
    expect(problemsAfter((draft) => { draft.clusters['dev']!['monitoring'] = { outOfSync: '1.5h' }; })).toEqual([expect.stringContaining('expected a Prometheus duration such as 30m or 1h30m, got "1.5h"')]);
    expect(problemsAfter((draft) => { draft.clusters['dev']!['monitoring'] = { outOfSnc: '1h' }; })).toEqual([expect.stringContaining('outOfSync')]);
  });
});
