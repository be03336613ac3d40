import { describe, expect, it } from 'vitest';
import { FleetValidator } from '../../../lib/validate/fleet-validator.ts';
import type { RenderedUnit } from '../../../lib/manifests/rendered.ts';
import { at, unitOf, type Loose } from '../healthy-app.ts';
import { canary, rollout, service, template, use } from '../rules/rollout-objects.ts';

const shared = template({ count: undefined }, {}, 'shared', 'ClusterAnalysisTemplate');
const waiting = canary({ steps: [{ setWeight: 20 }, { analysis: { templates: [{ templateName: 'shared', clusterScope: true }] } }] });
const platform = (...objects: readonly Loose[]): RenderedUnit => unitOf(objects, { id: 'clusters/prod/platform', app: null });
const app = (...objects: readonly Loose[]): RenderedUnit => unitOf(objects);

/** Rules and fields of what is found in some units, in any order of them. */
function found(...units: readonly RenderedUnit[]): string[] {
  const verdicts = [units, [...units].reverse()].map((order) => {
    const validator = new FleetValidator();
    for (const unit of order) validator.add(unit, { minors: ['1.35'] });
    return validator.finish().filter(({ severity, rule }) => severity === 'error' && !['duplicate-object', 'two-owners'].includes(rule)).map(({ rule, field }) => `${rule} ${field}`);
  });
  expect(verdicts[1]).toEqual(verdicts[0]);
  return verdicts[0] ?? [];
}

describe('rollouts and what other units make', () => {
  it('are judged by a ClusterAnalysisTemplate of the platform', () => {
    expect(found(platform(shared), app(waiting))).toEqual(['endless-analysis spec.strategy.canary.steps[1].analysis', 'analysis-arguments spec.strategy.canary.steps[1].analysis.args']);
  });

  it('are not judged by one that lands on another cluster, nor by one that nobody renders', () => {
    expect(found(unitOf([shared], { id: 'clusters/dev/platform', app: null, clusters: ['dev'] }), app(waiting))).toEqual([]);
    expect(found(app(waiting))).toEqual([]);
  });

  it('are judged by the template of their own folder before one of the same name elsewhere', () => {
    const other = unitOf([template({ count: undefined })], { id: 'apps/prod/other', app: 'other' });
    const own = app(canary({ steps: [{ setWeight: 20 }, { analysis: use() }] }), template());
    expect(found(other, own)).toEqual([]);
  });

  it('are held to the quota that the platform gives their namespace', () => {
    const quota = { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'room', namespace: 'shop' }, spec: { hard: { pods: 8 } } };
    expect(found(platform(quota), app(rollout({ blueGreen: { activeService: 'live' } }), service('live')))).toEqual(['rollout-quota spec.strategy']);
    const elsewhere = structuredClone(quota);
    at(elsewhere, 'metadata')['namespace'] = 'other';
    expect(found(platform(elsewhere), app(rollout({ blueGreen: { activeService: 'live' } }), service('live')))).toEqual([]);
  });

  it('are left alone where their schema is broken: that is mended first', () => {
    const broken = structuredClone(waiting);
    at(broken, 'spec')['replicas'] = 'many';
    expect(found(platform(shared), app(broken))).toEqual(['wrong-type spec.replicas']);
  });
});
