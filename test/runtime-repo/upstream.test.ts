import { describe, expect, it } from 'vitest';
import { publish, planPublish } from '../../lib/runtime-repo/publish.ts';
import type { PublishUnit } from '../../lib/runtime-repo/unit.ts';
import { appUnit, bareRepo, commitFile, configRepo, filesOf, foreignCommit, git, publishOptions } from './fixture.ts';

function upstream(version: string, text = `# ${version}\n`): PublishUnit {
  const id = `upstream/argo-cd-${version}`;
  return { id, images: [], files: [{ path: `${id}/install.yaml`, text }, { path: `${id}/kustomization.yaml`, text: 'resources: [install.yaml]\n' }] };
}

function install(cluster: string, version: string): PublishUnit {
  const id = `clusters/${cluster}/argo-cd`;
  return { id, cluster, images: [], needs: [`upstream/argo-cd-${version}`], files: [{ path: `${id}/kustomization.yaml`, text: `resources: [../../../upstream/argo-cd-${version}]\n` }] };
}

const shop = appUnit('shop', 'prod', { 'a.yaml': 'a: 1\n' });
const paths = (repository: string): string[] => Object.keys(filesOf(repository)).sort();

describe('an upstream manifest in the runtime repo', () => {
  it('is written with what stands on it, and not without', async () => {
    const [folder, url] = [configRepo(), bareRepo()];
    await publish(publishOptions(folder, [shop, install('eu', '1.0.0'), upstream('1.0.0'), upstream('9.9.9')], { target: { url } }));
    expect(paths(url)).toEqual(['apps/prod/shop/a.yaml', 'clusters/eu/argo-cd/kustomization.yaml', 'upstream/argo-cd-1.0.0/install.yaml', 'upstream/argo-cd-1.0.0/kustomization.yaml']);
  });

  it('is kept byte for byte, however large', async () => {
    const [folder, url] = [configRepo(), bareRepo()];
    const text = `${'# a line of upstream\r\n'.repeat(80_000)}é\u2028 \t\n\n`;
    await publish(publishOptions(folder, [install('eu', '1.0.0'), upstream('1.0.0', text)], { target: { url } }));
    expect(filesOf(url)['upstream/argo-cd-1.0.0/install.yaml']).toBe(text);
    expect((await publish(publishOptions(folder, [install('eu', '1.0.0'), upstream('1.0.0', text)], { target: { url } }))).outcome).toBe('unchanged');
  });

  it('that is neither rendered nor there leaves out what stands on it, by name, and nothing else', async () => {
    const [folder, url] = [configRepo(), bareRepo()];
    const result = await publish(publishOptions(folder, [shop, install('eu', '1.0.0')], { target: { url } }));
    expect(result.outcome).toBe('published');
    expect(paths(url)).toEqual(['apps/prod/shop/a.yaml']);
    expect(result.plan.units.filter((unit) => unit.change === 'left-out')).toEqual([expect.objectContaining({ id: 'clusters/eu/argo-cd', missing: ['upstream/argo-cd-1.0.0'] })]);
  });

  it('lets through what was left out as soon as it is rendered, from the same commit', async () => {
    const [folder, url] = [configRepo(), bareRepo()];
    await publish(publishOptions(folder, [shop, install('eu', '1.0.0')], { target: { url } }));
    await publish(publishOptions(folder, [shop, install('eu', '1.0.0'), upstream('1.0.0')], { target: { url } }));
    expect(paths(url)).toContain('clusters/eu/argo-cd/kustomization.yaml');
    expect(paths(url)).toContain('upstream/argo-cd-1.0.0/install.yaml');
  });

  it('stays where a publisher has none of it at hand, which publishes what stands on it nevertheless', async () => {
    const [folder, url] = [configRepo(), bareRepo()];
    await publish(publishOptions(folder, [install('eu', '1.0.0'), upstream('1.0.0')], { target: { url } }));
    commitFile(folder, 'environments/us.ts', 'new');
    const result = await publish(publishOptions(folder, [install('eu', '1.0.0'), install('us', '1.0.0')], { target: { url } }));
    expect(result.plan.units.filter((unit) => unit.change === 'left-out')).toEqual([]);
    expect(paths(url)).toEqual(['clusters/eu/argo-cd/kustomization.yaml', 'clusters/us/argo-cd/kustomization.yaml', 'upstream/argo-cd-1.0.0/install.yaml', 'upstream/argo-cd-1.0.0/kustomization.yaml']);
  });

  it('keeps the earlier install as it is while the new version is missing', async () => {
    const [folder, url] = [configRepo(), bareRepo()];
    await publish(publishOptions(folder, [install('eu', '1.0.0'), upstream('1.0.0')], { target: { url } }));
    const before = filesOf(url);
    commitFile(folder, 'environments/eu.ts', '2.0.0');
    const result = await publish(publishOptions(folder, [install('eu', '2.0.0')], { target: { url } }));
    expect(result.outcome).toBe('unchanged');
    expect(filesOf(url)).toEqual(before);
  });

  it('goes with the last cluster that refers to it, and not before', async () => {
    const [folder, url] = [configRepo(), bareRepo()];
    await publish(publishOptions(folder, [install('eu', '1.0.0'), install('us', '1.0.0'), upstream('1.0.0')], { target: { url } }));
    commitFile(folder, 'environments/eu.ts', '2.0.0');
    await publish(publishOptions(folder, [install('eu', '2.0.0'), install('us', '1.0.0'), upstream('1.0.0'), upstream('2.0.0')], { target: { url } }));
    expect(paths(url)).toContain('upstream/argo-cd-1.0.0/install.yaml');
    commitFile(folder, 'environments/us.ts', '2.0.0');
    await publish(publishOptions(folder, [install('eu', '2.0.0'), install('us', '2.0.0'), upstream('2.0.0')], { target: { url } }));
    expect(paths(url).filter((path) => path.startsWith('upstream/'))).toEqual(['upstream/argo-cd-2.0.0/install.yaml', 'upstream/argo-cd-2.0.0/kustomization.yaml']);
    expect(Object.keys(filesOf(url, 'main', true)).filter((path) => path.includes('argo-cd-1.0.0'))).toEqual([]);
  });

  it('to which only clusters out of the scope refer stays', async () => {
    const [folder, url] = [configRepo(), bareRepo()];
    await publish(publishOptions(folder, [install('eu', '1.0.0'), install('us', '1.0.0'), upstream('1.0.0')], { target: { url } }));
    commitFile(folder, 'environments/eu.ts', '2.0.0');
    await publish(publishOptions(folder, [install('eu', '2.0.0'), upstream('2.0.0')], { target: { url }, scope: { environments: ['prod'], clusters: ['eu'] } }));
    expect(paths(url)).toContain('upstream/argo-cd-1.0.0/install.yaml');
    expect(paths(url)).toContain('upstream/argo-cd-2.0.0/install.yaml');
  });

  it('with definitions of custom resources goes without being asked for by name: nobody applies it as it lies there', async () => {
    const [folder, url] = [configRepo(), bareRepo()];
    const crd = 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: apps.example.com\n';
    await publish(publishOptions(folder, [install('eu', '1.0.0'), upstream('1.0.0', crd)], { target: { url } }));
    commitFile(folder, 'environments/eu.ts', '2.0.0');
    await publish(publishOptions(folder, [install('eu', '2.0.0'), upstream('2.0.0', crd)], { target: { url } }));
    expect(paths(url)).not.toContain('upstream/argo-cd-1.0.0/install.yaml');
  });

  it('that somebody edited in the runtime repo is refused by name', async () => {
    const [folder, url] = [configRepo(), bareRepo()];
    await publish(publishOptions(folder, [install('eu', '1.0.0'), upstream('1.0.0')], { target: { url } }));
    foreignCommit(url, { 'upstream/argo-cd-1.0.0/install.yaml': 'evil: true\n' });
    await expect(publish(publishOptions(folder, [install('eu', '1.0.0'), upstream('1.0.0')], { target: { url } }))).rejects.toThrow('upstream/argo-cd-1.0.0/install.yaml');
  });

  it('comes back with a cluster that returns to it', async () => {
    const [folder, url] = [configRepo(), bareRepo()];
    const scope = { environments: ['prod'], clusters: ['eu'] };
    await publish(publishOptions(folder, [install('eu', '1.0.0'), upstream('1.0.0')], { target: { url }, scope }));
    commitFile(folder, 'environments/eu.ts', '2.0.0');
    await publish(publishOptions(folder, [install('eu', '2.0.0'), upstream('2.0.0')], { target: { url }, scope }));
    commitFile(folder, 'environments/eu.ts', '1.0.0 again');
    await publish(publishOptions(folder, [install('eu', '1.0.0'), upstream('1.0.0')], { target: { url }, scope }));
    expect(paths(url)).toEqual(['clusters/eu/argo-cd/kustomization.yaml', 'upstream/argo-cd-1.0.0/install.yaml', 'upstream/argo-cd-1.0.0/kustomization.yaml']);
  });

  it('isn\'t brought back by a late run of an earlier commit', async () => {
    const [folder, url] = [configRepo(), bareRepo()];
    await publish(publishOptions(folder, [install('eu', '1.0.0'), upstream('1.0.0')], { target: { url } }));
    const first = commitFile(folder, 'environments/eu.ts', '2.0.0');
    commitFile(folder, 'environments/eu.ts', '3.0.0');
    await publish(publishOptions(folder, [install('eu', '3.0.0'), upstream('3.0.0')], { target: { url } }));
    git(folder, 'checkout', '--quiet', first);
    expect((await publish(publishOptions(folder, [install('eu', '2.0.0'), upstream('2.0.0')], { target: { url } }))).outcome).toBe('superseded');
    expect(paths(url).filter((path) => path.startsWith('upstream/'))).toEqual(['upstream/argo-cd-3.0.0/install.yaml', 'upstream/argo-cd-3.0.0/kustomization.yaml']);
  });

  it('goes along in a pull request that needs it', async () => {
    const [folder, url] = [configRepo(), bareRepo()];
    await publish(publishOptions(folder, [shop], { target: { url }, scope: { environments: ['prod'], clusters: [] } }));
    const scope = { environments: ['prod'], clusters: ['eu'] };
    const result = await publish(publishOptions(folder, [shop, install('eu', '1.0.0'), upstream('1.0.0')], { target: { url }, scope, pullRequest: {} }));
    expect(result.outcome).toBe('pull-request');
    expect(Object.keys(filesOf(url, 'slipway/prod')).filter((path) => path.startsWith('upstream/'))).toEqual(['upstream/argo-cd-1.0.0/install.yaml', 'upstream/argo-cd-1.0.0/kustomization.yaml']);
    expect(paths(url)).toEqual(['apps/prod/shop/a.yaml']);
  });

  it('is told in a plan, which writes nothing', async () => {
    const [folder, url] = [configRepo(), bareRepo()];
    const { plan } = await planPublish(publishOptions(folder, [install('eu', '1.0.0')], { target: { url } }));
    expect(plan.units.map((unit) => [unit.id, unit.change])).toEqual([['clusters/eu/argo-cd', 'left-out']]);
  });
});
