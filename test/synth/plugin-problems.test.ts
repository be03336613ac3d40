import { describe, expect, it } from 'vitest';
import { pluginProblems } from '../../lib/synth/plugin-problems.ts';
import type { KubeObject } from '../../lib/manifests/rendered.ts';
import { addOn } from '../../lib/model/add-ons.ts';
import { assembleFleet } from '../../lib/model/assemble.ts';
import { gatewayApiPlugin } from '../../lib/model/rollouts-plugins.ts';
import { describeProblem } from '../../lib/values/errors.ts';
import { draft, sourcesOf } from '../model/sources.ts';

const rollout = (canary: object): KubeObject => ({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'web' }, spec: { strategy: { canary } } });
const byGateway = rollout({ trafficRouting: { plugins: { 'argoproj-labs/gatewayAPI': {} } } });

function told(addOns: readonly unknown[] | undefined, object: KubeObject): string[] {
  const edited = draft();
  if (addOns !== undefined) Object.assign(edited.environments['prod'] ?? {}, { addOns });
  const { fleet, problems } = assembleFleet(sourcesOf(edited));
  expect(problems).toEqual([]);
  return pluginProblems(fleet, 'prod', ['prod-onprem', 'prod-eu'], [object]).map(describeProblem);
}

describe('a Rollout that uses a plugin', () => {
  it('is refused where Argo Rollouts is installed without it, with the line to write', () => {
    expect(told(['argo-rollouts'], byGateway)).toEqual(['Rollout web: expected argo-rollouts with the plugin "argoproj-labs/gatewayAPI", which it uses, got it without on prod-eu, prod-onprem\n'
      + '    fix: write addOn(\'argo-rollouts\', { plugins: [gatewayApiPlugin()] }) into addOns of environments/prod.ts']);
  });

  it.each<[string, readonly unknown[] | undefined, KubeObject]>([
    ['where it is installed with it', [addOn('argo-rollouts', { plugins: [gatewayApiPlugin()] })], byGateway],
    ['where it is said to be in the controller\'s image', [addOn('argo-rollouts', { plugins: [{ name: 'argoproj-labs/gatewayAPI', location: 'file:///plugins/gateway' }] })], byGateway],
    ['where somebody else installs Argo Rollouts', undefined, byGateway],
    ['that it doesn\'t use', ['argo-rollouts'], rollout({ trafficRouting: { nginx: { stableIngress: 'web' } } })],
  ])('lands %s', (_, addOns, object) => {
    expect(told(addOns, object)).toEqual([]);
  });

  it('needs one of the very kind', () => {
    const object = rollout({ steps: [{ plugin: { name: 'acme/approve' } }, { plugin: { name: 'acme/approve' } }] });
    expect(told([addOn('argo-rollouts', { plugins: [{ name: 'acme/approve', location: 'file:///a' }] })], object)).toEqual([expect.stringContaining('{ name: \'acme/approve\', kind: \'step\'')]);
    expect(told([addOn('argo-rollouts', { plugins: [{ name: 'acme/approve', kind: 'step', location: 'file:///a' }] })], object)).toEqual([]);
  });
});
