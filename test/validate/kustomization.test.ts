import { describe, expect, it } from 'vitest';
import type { RenderedUnit } from '../../lib/manifests/rendered.ts';
import { at, brief, findingsOf, healthyApp, unitOf, type Loose } from './healthy-app.ts';

/** The healthy app with a change of its kustomization. */
function withKustomization(change: (kustomization: Loose) => void): RenderedUnit {
  const unit = unitOf(Object.values(healthyApp()));
  change(unit.files.at(-1)?.objects[0]?.value as unknown as Loose);
  return unit;
}

describe('a kustomization', () => {
  it.each<[string, string, (kustomization: Loose) => void]>([
    ['a file that is not there', 'resources[10]', (value) => void (value['resources'] as string[]).push('secret-database.yaml')],
    ['a file twice', 'resources[10]', (value) => void (value['resources'] as string[]).push('00-deployment.yaml')],
    ['a file that is not listed', 'resources', (value) => void (value['resources'] as string[]).pop()],
    ['a remote', 'resources[10]', (value) => void (value['resources'] as string[]).push('https://example.com/install.yaml')],
    ['a remote of Git', 'resources[10]', (value) => void (value['resources'] as string[]).push('github.com/acme/repo?ref=main')],
    ['a misspelt field', 'imags', (value) => void (value['imags'] = [])],
    ['an image that nothing runs', 'images[0].name', (value) => void (value['images'] = [{ name: 'registry.example.com/wbe', newTag: '2' }])],
    ['an image twice', 'images[1].name', (value) => void (value['images'] = [1, 2].map((tag) => ({ name: 'registry.example.com/web', newTag: `1.0.${tag}` })))],
    ['an entry that changes nothing', 'images[0]', (value) => void (value['images'] = [{ name: 'registry.example.com/web' }])],
    ['a digest that is none', 'images[0].digest', (value) => void (value['images'] = [{ name: 'registry.example.com/web', newTag: '1', digest: 'sha256:abc' }])],
  ])('with %s is a finding at %s', (_, field, change) => {
    expect(brief(findingsOf(withKustomization(change))).filter((text) => text.endsWith('kustomization-files'))).toEqual([`Kustomization ${field} kustomization-files`]);
  });

  it('may list the files of other units, and a folder that has a kustomization', () => {
    const unit = withKustomization((value) => void (value['resources'] as string[]).push('../../../upstream/argo-cd-3.2.11/install.yaml', 'pre'));
    const pre = unitOf([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'other', namespace: 'shop' } }], { id: 'apps/prod/shop/pre' });
    expect(findingsOf({ ...unit, files: [...unit.files, ...pre.files] })).toEqual([]);
  });

  it('may use a file as a patch instead of a resource', () => {
    const patched = withKustomization((value) => {
      value['patches'] = [{ path: (value['resources'] as string[]).pop() ?? '' }];
    });
    expect(findingsOf(patched)).toEqual([]);
  });

  it('is no object of a cluster', () => {
    const unit = withKustomization((value) => void (value['apiVersion'] = 'kustomize.config.k8s.io/v1beta1'));
    expect(at(unit.files.at(-1)?.objects[0]?.value as unknown as Loose)['kind']).toBe('Kustomization');
    expect(findingsOf(unit)).toEqual([]);
  });
});
