import { beforeAll, describe, expect, it } from 'vitest';
import { chooseDev } from '../../lib/dev/choose.ts';
import { devFleet, localVersions } from '../../lib/dev/fleet.ts';
import type { Fleet } from '../../lib/model/fleet.ts';
import { renderChecked } from '../../lib/synth/checked.ts';
import { isFailure } from '../../lib/validate/finding.ts';
import { SlipwayError } from '../../lib/values/errors.ts';
import { loadWorkspace } from '../../lib/workspace.ts';
import { root } from '../source-files.ts';

const url = 'http://127.0.0.1:9/runtime.git';
let fleet: Fleet;

beforeAll(async () => {
  fleet = await loadWorkspace(root);
});

describe('the choice of a cluster', () => {
  it('is the first of the first environment, with its own controller', () => {
    expect(chooseDev(fleet, {})).toEqual({ cluster: 'dev', controller: 'flux' });
  });

  it('is the one that is named, with the controller that is named', () => {
    expect(chooseDev(fleet, { cluster: 'prod-eu' })).toEqual({ cluster: 'prod-eu', controller: 'argo-cd' });
    expect(chooseDev(fleet, { cluster: 'prod-eu', controller: 'flux' })).toEqual({ cluster: 'prod-eu', controller: 'flux' });
  });

  it('refuses a name that the fleet doesn\'t have, with those that it has', () => {
    expect(() => chooseDev(fleet, { cluster: 'prod-ue' })).toThrow(new SlipwayError([{
      where: '--cluster', message: 'expected a cluster of the fleet, got "prod-ue".', fix: 'name one. Did you mean "prod-eu"? Known: dev, prod-eu, prod-onprem, staging.',
    }]));
  });

  it('refuses a cluster on which nothing runs', () => {
    const idle = { ...fleet, environments: fleet.environments.filter(({ name }) => name !== 'staging') };
    expect(() => chooseDev(idle, { cluster: 'staging' })).toThrow(/expected a cluster on which an environment runs, got staging[^]*name one of dev, prod-eu, prod-onprem/);
  });
});

describe('the fleet of a local control plane', () => {
  const clusters = ['dev', 'prod-eu', 'prod-onprem', 'staging'].flatMap((cluster) => (['argo-cd', 'flux'] as const).map((controller) => ({ cluster, controller })));

  it.each(clusters)('renders $cluster under $controller without a finding that fails', (choice) => {
    const local = devFleet(fleet, choice, url);
    const { kept, findings } = renderChecked(local.fleet, { environments: local.environments }, ({ id }) => id);
    expect(findings.filter(isFailure)).toEqual([]);
    expect(kept).toContain(`clusters/${choice.cluster}/${choice.controller}`);
    expect(kept).toContain(`clusters/${choice.cluster}/add-ons/argo-rollouts`);
    expect(kept.filter((id) => id.startsWith('clusters/') && !id.startsWith(`clusters/${choice.cluster}`))).toEqual([]);
  });

  it.each(clusters)('names the versions that are built and the local runtime repo for $cluster under $controller', (choice) => {
    const { fleet: { runtimeRepo }, cluster } = devFleet(fleet, choice, url);
    expect(runtimeRepo).toEqual({ url, branch: 'main', path: '' });
    expect(cluster.controller).toMatchObject({ kind: choice.controller, version: localVersions[choice.controller], imageAutomation: false });
  });

  it('publishes where people would approve or wait, and tells nobody', () => {
    const { fleet: { environments } } = devFleet(fleet, { cluster: 'prod-eu', controller: 'argo-cd' }, url);
    const prod = environments.find(({ name }) => name === 'prod');
    expect(prod?.promotion).toEqual({ approval: 'automatic', freeze: [], waves: [] });
    expect(prod?.alerts).toEqual([]);
    expect(prod?.clusters.map(({ name }) => name)).toEqual(['prod-eu']);
  });

  it('keeps settings of the cluster\'s own controller, and takes the defaults of another', () => {
    const own = fleet.clusters.find(({ name }) => name === 'prod-onprem')!;
    if (own.controller.kind !== 'flux') throw new Error('expected a cluster under Flux');
    const changed: Fleet = { ...fleet, clusters: fleet.clusters.map((each) => (each === own ? { ...own, controller: { ...own.controller, timeout: '7m', shards: 3 } } : each)) };
    expect(devFleet(changed, { cluster: 'prod-onprem', controller: 'flux' }, url).cluster.controller).toMatchObject({ timeout: '7m', shards: 1 });
    expect(devFleet(changed, { cluster: 'prod-onprem', controller: 'argo-cd' }, url).cluster.controller).toMatchObject({ kind: 'argo-cd', highAvailability: false });
  });

  it('gives every environment of the cluster Argo Rollouts as the cluster has it, but a plugin for Gateway API that is at hand', () => {
    const twice: Fleet = { ...fleet, environments: fleet.environments.map((each) => (each.name === 'staging' ? { ...each, clusters: fleet.environments.find(({ name }) => name === 'prod')!.clusters, addOns: [] } : each)) };
    const { fleet: local } = devFleet(twice, { cluster: 'prod-eu', controller: 'flux' }, url);
    const [staging, prod] = ['staging', 'prod'].map((name) => local.environments.find((each) => each.name === name)?.addOns);
    expect(prod).toEqual([{ name: 'argo-rollouts', version: localVersions['argo-rollouts'], values: {}, plugins: [{ name: 'argoproj-labs/gatewayAPI', kind: 'traffic-router', location: expect.stringMatching(/^file:\/\/\/.*\/gatewayapi$/) as string }] }]);
    expect(staging).toEqual(prod);
  });

  it('makes a member of a hub a cluster of its own', () => {
    const member: Fleet = { ...fleet, clusters: fleet.clusters.map((each) => (each.name === 'staging' ? { ...each, managedBy: 'prod-eu', server: 'https://staging.example' } : each)) };
    const { cluster } = devFleet(member, { cluster: 'staging', controller: 'argo-cd' }, url);
    expect(cluster.managedBy).toBe('self');
    expect(cluster.server).toBeUndefined();
  });

  it('leaves out an app that runs in the environment on other clusters alone', () => {
    const placed: Fleet = { ...fleet, apps: fleet.apps.map((app) => (app.name === 'hello-tornado' ? { ...app, clusters: { prod: ['prod-onprem'] } } : app)) };
    const environmentsOf = (cluster: string) => devFleet(placed, { cluster, controller: 'flux' }, url).fleet.apps.find(({ name }) => name === 'hello-tornado')?.environments;
    expect(environmentsOf('prod-eu')).not.toContain('prod');
    expect(environmentsOf('prod-onprem')).toContain('prod');
  });
});
