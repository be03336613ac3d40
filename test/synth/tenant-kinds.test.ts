import { describe, expect, it } from 'vitest';
import { Manifest } from '../../lib/constructs/manifest.ts';
import { renderApp } from '../../lib/synth/app-unit.ts';
import type { RenderProblem } from '../../lib/synth/render-problem.ts';
import { fleetWith } from './fleet-with.ts';
import type { Draft } from '../model/sources.ts';

function told(value: object, edit?: (draft: Draft) => void): string[] {
  const fleet = fleetWith((chart) => { new Manifest(chart, 'extra', value as never); }, edit);
  const [app] = fleet.apps;
  const [environment] = fleet.environments;
  if (app === undefined || environment === undefined) throw new Error('the fleet is empty');
  const problems: RenderProblem[] = [];
  renderApp(fleet, app, environment, problems);
  return problems.map(({ where, message }) => `${where}: ${message}`);
}

const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'reader' }, rules: [] };

describe('an app', () => {
  it('that renders a kind which its team may not deliver is told so at synth, before a cluster refuses it', () => {
    expect(told(role)).toEqual(['apps/storefront.ts: app storefront renders a rbac.authorization.k8s.io/Role, which team shop may not deliver']);
  });

  it('may render it once its team may deliver it', () => {
    expect(told(role, (drafted) => { drafted.fleet['teams'] = { shop: { kinds: ['rbac.authorization.k8s.io/Role'] } }; })).toEqual([]);
  });
});
